"""What waits at the desk, in which parts, and which reviews there are."""

from dataclasses import dataclass
from datetime import datetime

from kompeten.kernel.workdays import Band, Clock


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the queue: of one scheme, province (two digits), list, handed in before an instant.

    `band` is how the promise stands at the instant `at`: so, or worse.
    """

    scheme: str = ""
    province: str = ""
    collective: str = ""
    before: datetime | None = None
    band: Band | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An application that waits for a review; `barred` says why the reader may not take it."""

    ref: str
    person_id: int
    name: str
    region_code: str
    scheme_code: str
    route: str
    submitted_at: datetime
    collective_ref: str
    round: int
    clock: Clock
    barred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as lists show it."""

    ref: str
    application_ref: str
    person_id: int
    name: str
    region_code: str
    scheme_code: str
    route: str
    state: str
    round: int
    judged: int
    submitted_at: datetime
    opened_at: datetime
    closed_at: datetime | None
