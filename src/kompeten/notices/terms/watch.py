"""What an office hears of the certificates of its people, and by which way."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompeten.register.terms import Status


class WatchChannel(StrEnum):
    """By which way an office hears of its people."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class Group(StrEnum):
    """By what an office looks through the certificates of its people."""

    ALL = "all"
    VALID = "valid"
    ENDING = "ending"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    OUT = "out"


class WatchState(StrEnum):
    """Whether an office still wants to hear."""

    ACTIVE = "active"
    ENDED = "ended"


class PingState(StrEnum):
    """The life of one message to one watch; one that does not arrive for now stays queued."""

    QUEUED = "queued"
    SENT = "sent"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Watching:
    """`watch.opened`: which office, by which way."""

    organization: int
    channel: WatchChannel


@dataclass(frozen=True, slots=True)
class Ending:
    """`watch.ended`: why, as a code; `watch.by_hand` when somebody of the office ended it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Pinging:
    """`ping.opened`: to which watch, and of which event."""

    watch: str
    event: int


@dataclass(frozen=True, slots=True)
class Told:
    """What anybody may know of one event, as it is told to an office: nothing that is not on the public page.

    `state` is what the certificate has become, `day` when, where the body sits.
    """

    kind: str
    number: str
    name: str
    state: str
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """Messages for one watch, in order: the key by which each is known for good, and its bytes."""

    url: str
    secret: str
    messages: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One certificate of an office's people as the public may see it; `days_left` counts to the last day."""

    ref: str
    number: str
    name: str
    title: str
    status: Status
    valid_until: date
    days_left: int
    is_added: bool


@dataclass(frozen=True, slots=True)
class WatchRow:
    """One watch as its office reads it; `waiting` messages have not arrived yet."""

    ref: str
    channel: WatchChannel
    state: WatchState
    to: str
    by: str
    opened_at: datetime
    failures: int
    trouble: str
    next_try_at: datetime
    waiting: int
