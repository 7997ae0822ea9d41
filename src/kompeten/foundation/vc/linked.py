"""What are the bytes of a JSON-LD document that a signature covers? Its statements, canonical."""

from collections.abc import Mapping
from typing import Any

from kompeten.foundation.vc import rdfc, statements


def canonical(document: Mapping[str, Any]) -> bytes:
    """Return what `document` states as canonical N-Quads; about 0.5 ms for a certificate's credential.

    :raises Unsafe: it would lose something, cannot be read, or cannot be put into order
    """
    return rdfc.canonical(statements.of(document))
