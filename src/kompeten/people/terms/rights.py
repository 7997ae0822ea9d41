"""What a person agrees to, who looked at their data, and what they ask to be erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompeten.kernel.roles import Role


class Purpose(StrEnum):
    """For what somebody lets their data be used."""

    CERTIFICATION = "certification"


# Which version of the text somebody agrees to today, by purpose; its words stand in `labels.CONSENT`.
CONSENT_VERSION = {Purpose.CERTIFICATION: "2026-11"}


class ConsentState(StrEnum):
    """The life of a consent: it is given once and stays on record."""

    GIVEN = "given"


class ConsentWay(StrEnum):
    """How somebody showed that it is they who agree."""

    ACCOUNT = "account"  # logged in
    CODE = "code"  # by their own link, and the code that their office told them
    BIRTH_DATE = "birth_date"  # by their own link, and their birth date


@dataclass(frozen=True, slots=True)
class Consenting:
    """`consent.given`: for what, to which version of the text, by which way, and for which record."""

    purpose: str
    version: str
    way: str
    about: str


class Sight(StrEnum):
    """What of a person an officer opened."""

    APPLICATION = "application"
    DOCUMENT = "document"
    PORTFOLIO = "portfolio"
    EXAM = "exam"
    PHOTO = "photo"
    PRACTICAL = "practical"
    DECISION = "decision"
    CERTIFICATE = "certificate"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class AccessRow:
    """That somebody in the office opened what is kept of a person: in which role, and within which hour."""

    role: Role
    sight: Sight
    hour_at: datetime


class Roll(StrEnum):
    """Which list of several people an office opened or took away."""

    APPLICATIONS = "applications"
    QUEUE = "queue"
    COLLECTIVE = "collective"
    HELP = "help"
    RECOMMENDATION = "recommendation"
    LETTERS = "letters"
    TRAINING = "training"
    PORTFOLIOS = "portfolios"
    SITTING = "sitting"
    PRACTICALS = "practicals"
    MEETING = "meeting"
    DECREE = "decree"
    BNSP = "bnsp"
    HANDOVER = "handover"
    CERTIFICATES = "certificates"
    IDENTITY = "identity"
    REMOVALS = "removals"


@dataclass(frozen=True, slots=True)
class ListedRow:
    """That somebody stood on a list which was opened, or taken away as a file, on one day.

    `times` counts hours of that day, for each account of the role, `count` is the most who stood
    there together, `about` the reference of what the list belongs to, "" for a search or a queue.
    """

    role: Role
    roll: Roll
    about: str
    is_file: bool
    last_at: datetime
    times: int
    count: int


class RemovalState(StrEnum):
    """The life of a request to erase: it is answered, or taken back by who made it."""

    REQUESTED = "requested"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Removing:
    """`removal.answered`: which kinds of record were erased, and why others stay, code by kind."""

    erased: tuple[str, ...]
    kept: dict[str, str]


@dataclass(frozen=True, slots=True)
class RemovalRow:
    """A request to erase as pages list it; `answer` is empty by kind where that was erased."""

    ref: str
    state: RemovalState
    person_id: int
    name: str
    wish: str
    asked_at: datetime
    answered_at: datetime | None
    answer: Mapping[str, str]
    note: str
