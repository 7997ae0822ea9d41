"""The life of an erasure in one table: it is ordered and done at once, and stays on record."""

from dataclasses import dataclass
from enum import StrEnum

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart


class Erasing(StrEnum):
    """An erasure has no life of its own."""

    DONE = "done"


@dataclass(frozen=True, slots=True)
class OrderingErasure:
    """`erasure.ordered`: whose certificate, which entries of the log lost their salt, and why."""

    certificate: str
    leaves: tuple[int, ...]
    ground: str


ERASERS = frozenset({Role.DIRECTOR, Role.ADMIN})

ERASURE = Chart(
    "erasure", Erasing.DONE, (), opened_by=ERASERS, opening=OrderingErasure, opens_as="ordered"
)
