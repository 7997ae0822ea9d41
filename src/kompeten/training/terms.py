"""The words and shapes of preparation sessions (bimtap, bimtek)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """The life of a session: planned, open for names, held, and closed when the list is final."""

    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class EnrolmentState(StrEnum):
    """The life of one candidate's place."""

    ENROLLED = "enrolled"
    ATTENDED = "attended"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


# A candidate has at most one of these: a place, or an attendance.
LIVE = (EnrolmentState.ENROLLED, EnrolmentState.ATTENDED)


class Zone(StrEnum):
    """The three time zones of the country, by their IANA names."""

    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a session is to be: times are instants, `zone` is the one it is announced in.

    `place` is where to go, `link` where to connect; one of them is needed, both make it hybrid.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    zone: Zone
    quota: int
    place: str = ""
    link: str = ""
    trainers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Planning:
    """`session.opened`, `session.revised`: when, how many, and the trainers' person keys."""

    starts_at: datetime
    ends_at: datetime
    zone: Zone
    quota: int
    trainers: tuple[int, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrolling:
    """`session.enrolled`: how many places were given, and how many are left."""

    given: int
    left: int


@dataclass(frozen=True, slots=True)
class Holding:
    """`session.held`, `session.corrected`: how many attended and how many did not."""

    attended: int
    absent: int


@dataclass(frozen=True, slots=True)
class Cancelling:
    """`session.cancelled`: why, in the coordinator's words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """`enrolment.*`: which session; `own` says that the candidate gave the place back."""

    session: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What became of a list of names: places given, and who had one here or elsewhere before."""

    given: int
    here_before: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as the calendar shows it."""

    ref: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: Zone
    place: str
    link: str
    quota: int
    taken: int
    state: State
    trainers: tuple[str, ...]

    @property
    def left(self) -> int:
        """Return how many places are free."""
        return self.quota - self.taken


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A candidate on a session's list; no NIK. `enrolment_id` is what an attendance list names."""

    enrolment_id: int
    application_ref: str
    name: str
    region_code: str
    person_id: int
    state: EnrolmentState


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A candidate's own place."""

    ref: str
    application_ref: str
    state: EnrolmentState
    session: SessionRow


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A candidate who has no place yet."""

    application_id: int
    ref: str
    name: str
    region_code: str
    scheme_code: str
    person_id: int
