"""Who lets the log forget a person, and where does such a wish stand?"""

from enum import StrEnum

from kompeten.certificates.terms import KEEPERS
from kompeten.kernel.roles import Role

ERASERS = frozenset({Role.DIRECTOR, Role.ADMIN})
PROPOSERS = KEEPERS | ERASERS


class Erasing(StrEnum):
    """Where an erasure stands."""

    PROPOSED = "proposed"
    DONE = "done"
    DROPPED = "dropped"
