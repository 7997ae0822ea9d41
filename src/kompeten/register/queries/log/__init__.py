"""What stands in the log, what has the world seen of it, and what proves it?"""

from kompeten.register.queries.log.proofs import (
    bundle,
    has_bundle,
    leaves,
    opening,
    places,
    proof,
    witnessed_before,
)
from kompeten.register.queries.log.published import (
    HEAD,
    entries_seen,
    examine,
    fault,
    flaws,
    names,
    read,
    seen,
)
from kompeten.register.queries.log.tree import (
    growth,
    head,
    note,
    root,
    signed_today,
    size,
    state,
    tile,
)

__all__ = [
    "HEAD",
    "bundle",
    "entries_seen",
    "examine",
    "fault",
    "flaws",
    "growth",
    "has_bundle",
    "head",
    "leaves",
    "names",
    "note",
    "opening",
    "places",
    "proof",
    "read",
    "root",
    "seen",
    "signed_today",
    "size",
    "state",
    "tile",
    "witnessed_before",
]
