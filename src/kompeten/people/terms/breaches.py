"""A failure to protect personal data: who answers for it, what is told, and to whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompeten.kernel.roles import Role

# Who answers for personal data: reads requests to erase, and keeps the register of breaches.
DATA_KEEPERS = frozenset({Role.DIRECTOR, Role.REGISTRAR})
# Who may enter a breach: whoever runs the house is often the first to see it.
BREACH_NOTERS = DATA_KEEPERS | {Role.ADMIN}
DATA_READERS = BREACH_NOTERS | {Role.AUDITOR}


class BreachState(StrEnum):
    """The life of a breach: it is worked on until everybody who must know has been told."""

    OPEN = "open"
    CLOSED = "closed"


class ConcernedState(StrEnum):
    """Whether a person whom a breach concerns has been told."""

    NAMED = "named"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What those concerned and the authority are told of a breach (UU 27/2022, art. 46(2)).

    `disclosed`: which personal data; `happened`: when and how; `measures`: what is done about it and
    for its repair.
    """

    disclosed: str
    happened: str
    measures: str


@dataclass(frozen=True, slots=True)
class Naming:
    """`breach.named`: how many more persons are known to be concerned."""

    persons: int


@dataclass(frozen=True, slots=True)
class AuthorityTold:
    """`breach.authority_told`: under which number of letter or receipt."""

    number: str


@dataclass(frozen=True, slots=True)
class PeopleTold:
    """`breach.people_told`: to how many letters were sent."""

    persons: int


@dataclass(frozen=True, slots=True)
class BreachClosing:
    """`breach.closed`: whether all was told, and what is noted; `named` are the persons concerned."""

    is_authority_told: bool
    named: int
    untold: int
    note: str


@dataclass(frozen=True, slots=True)
class BreachRow:
    """A breach as the register lists it; `due_at` is the end of the 3 × 24 hours."""

    ref: str
    state: BreachState
    title: str
    noticed_at: datetime
    due_at: datetime
    authority_told_at: datetime | None
    people_told_at: datetime | None
    named: int
    untold: int

    @property
    def is_told(self) -> bool:
        """Whether authority and people have been told, as far as they are named."""
        return self.authority_told_at is not None and self.named > 0 and self.untold == 0
