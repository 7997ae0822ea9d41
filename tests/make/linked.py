"""What do other implementations make of a document? PyLD and Oxigraph, as readers that are not ours."""

from collections.abc import Iterable
from typing import Any

import pyoxigraph
from pyld import jsonld

from kompeten.foundation.vc import held


def held_loader(url: str, _options: object) -> dict[str, Any]:
    """Give PyLD the contexts that are held here; there are no others."""
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": {"@context": held.document(url)},
    }


def by_pyld(document: dict[str, Any]) -> bytes:
    """Return what PyLD reads, with the contexts that are held here, in the canonical form of Oxigraph.

    PyLD's own canonical form is an older one, which names nodes that point at themselves otherwise.
    """

    options = {"format": "application/n-quads", "documentLoader": held_loader, "base": ""}
    return by_oxigraph([str(jsonld.to_rdf(document, options))])


def by_oxigraph(quads: Iterable[str]) -> bytes:
    """Return lines of N-Quads in their canonical form by Oxigraph."""
    parsed = pyoxigraph.parse("".join(quads).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    dataset = pyoxigraph.Dataset(parsed)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    written = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(line + b"\n" for line in written.split(b"\n") if line))
