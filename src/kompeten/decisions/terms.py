"""What does a committee meet about, and what does it decide?"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kompeten.kernel.canonical import LATER
from kompeten.kernel.roles import Role

# Who may call a meeting and put results on its agenda.
CONVENERS = frozenset({Role.COORDINATOR, Role.REGISTRAR})
# Who may give lists with personal data out of the house.
RELEASERS = frozenset({Role.REGISTRAR, Role.DIRECTOR})


class MeetingState(StrEnum):
    """A meeting is convened with its members and closed with its minutes."""

    CONVENED = "convened"
    CLOSED = "closed"


class State(StrEnum):
    """A decision is proposed to the committee, then granted (K) or deferred (BK) for good."""

    PROPOSED = "proposed"
    GRANTED = "granted"
    DEFERRED = "deferred"


class DecreeState(StrEnum):
    """A decree is drawn up from a closed meeting and signed by the director."""

    DRAWN_UP = "drawn_up"
    SIGNED = "signed"


class PaperKind(StrEnum):
    """A list about the people of a decree, with personal data, that is given out of the house."""

    BNSP = "bnsp"
    HANDOVER = "handover"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Convening:
    """`meeting.opened`: how many members."""

    members: int


@dataclass(frozen=True, slots=True)
class Closing:
    """`meeting.closed`: how many decisions of each kind, and the digest of the minutes."""

    granted: int
    deferred: int
    minutes: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """`decision.proposed`: the sheet that is decided on, with its digest, and what it recommends."""

    sheet: str
    digest: str
    recommended: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """`decision.granted` and `decision.deferred`: the components not met, and why it departs, if so."""

    not_met: tuple[str, ...] = ()
    against_recommendation: str = ""


@dataclass(frozen=True, slots=True)
class DrawingUp:
    """`decree.drawn_up`: number and how many people it names."""

    number: str
    granted: int
    deferred: int


@dataclass(frozen=True, slots=True)
class Signing:
    """`decree.signed`: digest of the paper, the day, and the digest of the minutes' paper.

    `minutes` is empty where the minutes were not yet kept as a paper.
    """

    digest: str
    on: date
    minutes: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True)
class Releasing:
    """`decree.released`: which list left the house, on how many people, and the digest of its bytes."""

    kind: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Departure:
    """A committee decides otherwise than recommended; `reason` is written for the candidate to read."""

    competent: bool
    reason: str


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One decision as lists show it."""

    ref: str
    person_id: int
    name: str
    scheme_code: str
    route: str
    recommended: bool
    state: str
    components: tuple[tuple[str, int, int, bool], ...]
    reason: str
    application_ref: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting as lists show it, with what became of its agenda and its decree, if any."""

    ref: str
    held_at: datetime
    zone: str
    place: str
    state: str
    proposed: int
    granted: int
    deferred: int
    decree_ref: str
    decree_number: str
    decree_state: str
