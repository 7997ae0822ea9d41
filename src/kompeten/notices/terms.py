"""The words and shapes of notices: what people are told, and how it reaches them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from kompeten.journey.terms import Target
from kompeten.register.terms import Status
from kompeten.schemes.terms import Service


class Channel(StrEnum):
    """By which way a notice leaves the house; within the house everybody finds theirs at once."""

    MAIL = "mail"
    PAPER = "paper"


class LinkKind(StrEnum):
    """To what a short address in a message or on a letter leads."""

    INVITATION = "invitation"
    STATUS = "status"


class MessageKind(StrEnum):
    """What an office writes to a person itself, by WhatsApp, SMS or mail."""

    MEND = "mend"
    CONFIRM = "confirm"


class Placeholder(StrEnum):
    """What is put into a message for each person, as it is written between braces."""

    NAME = "nama"
    OFFICE = "kantor"
    LINK = "tautan"
    DAY = "tanggal"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a message costs as SMS: how many parts, of how many characters, and whether of the small alphabet."""

    parts: int
    characters: int
    is_small_alphabet: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of a message as it is in force; `version` 0 is the one that the house brings along."""

    kind: MessageKind
    language: str
    text: str
    version: int
    written_at: datetime | None = None
    account_id: int | None = None


class PaperKind(StrEnum):
    """Of what a letter on paper tells."""

    RETURNED = "returned"
    RESULT = "result"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class PaperPart:
    """Which letters are meant; `region` is a province or a district, empty is everywhere.

    Without `again` those are meant that have gone out by no way yet: no mail reaches the person.
    """

    kind: PaperKind
    region: str = ""
    list_ref: str = ""
    application_ref: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One thing to mend, as a letter lists it."""

    about: str
    fault: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One letter as it is printed, in the language at hand; `address` has a line each.

    `code` is that of the application's status; the caller knows its short address.
    """

    notice_id: int
    ref: str
    application_ref: str
    name: str
    address: tuple[str, ...]
    subject: str
    body: tuple[str, ...]
    items: tuple[PaperItem, ...] = ()


class DeliveryState(StrEnum):
    """The life of a delivery; one that fails for now stays queued."""

    QUEUED = "queued"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as it is announced: in a zone of the country, by its IANA name."""

    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Code:
    """A reason code, to be read as its sentence."""

    code: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is to be told because of one event.

    `kind` is the event's type and names the text in `labels.TEXT`; `values` are raw (dates, codes,
    names) and become words when the text is rendered.
    """

    event_id: int
    kind: str
    person_id: int
    values: Mapping[str, Any]
    target: Target
    target_ref: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it goes out; `key` names it for good, so that a receiver knows it again."""

    to: str
    subject: str
    body: str
    key: str


@dataclass(frozen=True, slots=True)
class Queued:
    """`delivery.opened`: which notice, by which way."""

    notice: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class Failure:
    """`delivery.failed`: which attempt, what stood in the way, and when it is tried again."""

    attempt: int
    trouble: str
    next_try_at: datetime


@dataclass(frozen=True, slots=True)
class GivingUp:
    """`delivery.given_up`: why it can never arrive."""

    trouble: str


class DigestState(StrEnum):
    """A digest is written once."""

    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many promises of one step are newly close to their day, and how many newly past it."""

    service: Service
    soon: int
    late: int


@dataclass(frozen=True, slots=True)
class Digesting:
    """`digest.opened`: what is new of promises since the digest before, by step."""

    steps: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as its person reads it."""

    ref: str
    kind: str
    subject: str
    body: str
    target: Target
    target_ref: str
    written_at: datetime
    read_at: datetime | None


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


@dataclass(frozen=True, slots=True)
class Posted:
    """What a round of the post came to."""

    sent: int = 0
    given_up: int = 0
    failed: int = 0
