"""The words and shapes of figures about the year: how many people are where, and who waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Stage(StrEnum):
    """How far people have come; each stage counts everybody who has reached it."""

    APPLIED = "applied"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    PREPARED = "prepared"
    PORTFOLIO_HANDED_IN = "portfolio_handed_in"
    PORTFOLIO_ACCEPTED = "portfolio_accepted"
    SEATED = "seated"
    SAT = "sat"
    PERFORMED = "performed"
    DECIDED = "decided"
    COMPETENT = "competent"
    CERTIFIED = "certified"


class Aside(StrEnum):
    """Where people stand beside the way; `in_repair` are lines of lists that are no applications yet."""

    IN_REPAIR = "in_repair"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NOT_YET_COMPETENT = "not_yet_competent"


Tally = Stage | Aside


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """The counts of one province; `province_code` is empty where the region is not known."""

    province_code: str
    counts: Mapping[Tally, int]


@dataclass(frozen=True, slots=True)
class Funnel:
    """The year of `on`, up to and including that day: counts in all and by province.

    `target` is how many are to be certified in the year, None where nobody has said.
    """

    on: date
    total: Mapping[Tally, int]
    provinces: tuple[FunnelRow, ...]
    target: int | None = None
    target_share: float | None = None
    year_share: float = 0.0


class Wait(StrEnum):
    """Where cases wait for somebody, in the order of the way."""

    REPAIR = "repair"
    CLAIM = "claim"
    REVIEW = "review"
    CORRECTION = "correction"
    PORTFOLIO = "portfolio"
    READING = "reading"
    AGENDA = "agenda"
    DECISION = "decision"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Age:
    """How many cases wait in one place, since when the oldest, and since when the middle one."""

    wait: Wait
    count: int
    oldest_at: datetime | None = None
    median_at: datetime | None = None
    oldest_days: float | None = None
    median_days: float | None = None


@dataclass(frozen=True, slots=True)
class Codes:
    """BNSP's own codes, as far as the body has them: of education, and of occupations by words.

    `education` has a code for each of `rules.EDUCATION`. Of `occupation`, the first entry counts one
    of whose words stands in what somebody says of their post; an entry without words takes everybody.
    """

    education: Mapping[str, str]
    occupation: tuple[tuple[tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What is the same on every line of one list for BNSP: codes of schedule, funding and ministry."""

    schedule: str
    funding: str
    ministry: str


@dataclass(frozen=True, slots=True)
class BnspRow:
    """One person on the list for BNSP: its 19 cells, and what was said where a code is missing."""

    cells: tuple[str, ...]
    education_said: str
    occupation_said: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is handed a printed certificate: what is on it, and where it goes.

    `address` are lines for a letter, the regency and province last. `office` is who proposed them,
    or empty: then the certificate goes to the person.
    """

    name: str
    number: str
    serial: str
    scheme: str
    province: str
    office: str
    address: tuple[str, ...]
    phone: str
    person_id: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """The printed certificates that go to one office of one province, by name of the holder."""

    province: str
    office: str
    recipients: tuple[Recipient, ...]
