"""A notice to one person, and its way out of the house."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kompeten.journey.terms import Target


class Channel(StrEnum):
    """By which way a notice leaves the house; within the house everybody finds theirs at once."""

    MAIL = "mail"
    PAPER = "paper"


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


@dataclass(frozen=True, slots=True)
class Posted:
    """What a round of the post came to."""

    sent: int = 0
    given_up: int = 0
    failed: int = 0
