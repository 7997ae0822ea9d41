"""How much is there to send for a route: as its limits allow, and once a phone has made photos smaller?"""

from dataclasses import dataclass

from kompeten.schemes.terms.content import SchemeContent
from kompeten.schemes.terms.requirements import DocumentKind
from kompeten.schemes.terms.words import Route

# What a photographed document weighs once the phone has cropped and shrunk it: four documents are
# to come over a slow line in 400 kB.
SHRUNK_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of all that a route asks for: at its limits, and with every photo made smaller."""

    most: int
    shrunk: int


def weigh(content: SchemeContent, route: Route) -> Weight:
    """Return the weight of what `route` asks for; of a group, of which one suffices, the heaviest."""
    asked = content.routes[route].documents
    groups = [(code,) for code in asked.required] + list(asked.one_of.values())
    kinds = [[content.document(code) for code in group] for group in groups]
    return Weight(
        most=sum(max(kind.max_bytes for kind in group) for group in kinds),
        shrunk=sum(max(map(shrunk, group)) for group in kinds),
    )


def shrunk(kind: DocumentKind) -> int:
    """Return the bytes of one document as a photo made smaller, where it may be a photo at all."""
    may_be_photo = any(media.startswith("image/") for media in kind.media_types)
    return min(kind.max_bytes, SHRUNK_BYTES) if may_be_photo else kind.max_bytes
