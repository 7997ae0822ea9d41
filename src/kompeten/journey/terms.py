"""The words and shapes of one person's way, from the application to the certificate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum

from kompeten.kernel.workdays import Calendar, Clock
from kompeten.schemes.terms import Component, Service


class Step(StrEnum):
    """The steps of the way, in the order a candidate meets them; a route may lack some."""

    APPLICATION = "application"
    REVIEW = "review"
    PREPARATION = "preparation"
    PORTFOLIO = "portfolio"
    COGNITIVE = "cognitive"
    PRACTICE = "practice"
    INTERVIEW = "interview"
    DECISION = "decision"
    CERTIFICATE = "certificate"


class Station(StrEnum):
    """How far a person of a list is, as their office may know it, in the order of the way."""

    MEND = "mend"
    CONFIRM = "confirm"
    DOCUMENTS = "documents"
    REVIEW = "review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SEATED = "seated"
    EXAMINED = "examined"
    DECIDED = "decided"
    CERTIFIED = "certified"
    OVER = "over"
    LEFT_OUT = "left_out"
    ELSEWHERE = "elsewhere"


# Where the next step is the person's own, or their office's: who stays here long is stuck.
THEIRS = (Station.MEND, Station.CONFIRM, Station.DOCUMENTS, Station.RETURNED)


class Status(StrEnum):
    """Where a step stands.

    Several steps can be `now`: a session and a portfolio run side by side. `blocked` is where a way
    ends or has come to a halt, `skipped` what was passed by without loss.
    """

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


class Target(StrEnum):
    """Where a page can lead: which record, by its reference. Faces know the addresses."""

    APPLICATION = "application"
    SESSION = "session"
    DOSSIER = "dossier"
    ENTRY = "entry"
    SLOT = "slot"
    DECISION = "decision"
    CERTIFICATE = "certificate"
    HELD = "held"  # what is kept of the person
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where; `zone` is an IANA name, `place` or `link` may be empty."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of somebody's way.

    `hint` is a code of `labels.HINT`: what happens, or what to do. `yours` says that the candidate
    acts now, the house otherwise. `by_on` is the last day, inclusive: the candidate's own, or the one
    the house has promised; then `clock` says how the promise stands.
    """

    step: Step
    status: Status
    hint: str
    yours: bool = False
    reached_at: datetime | None = None
    by_on: date | None = None
    clock: Clock | None = None
    appointment: Appointment | None = None
    target: Target | None = None
    target_ref: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a room holds of the candidate: which record, in which state, since when and until when."""

    ref: str
    state: str
    since: datetime | None = None
    by_on: date | None = None
    appointment: Appointment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one application in all rooms at the instant `at`; None where nothing is.

    `service_days` are the working days the body promises, counted in `zone` by `calendar`;
    `spent_days` of those for the review passed before the application was last mended.
    `application.by_on` is the last day to mend it. `review` is "open" while a verifier has it, and
    its `since` the day of the last answer. `accepted_at` is when the portfolio was accepted.
    """

    at: datetime
    zone: tzinfo
    calendar: Calendar
    components: tuple[Component, ...]
    service_days: Mapping[Service, int]
    is_preparation_required: bool
    application: Record
    spent_days: int = 0
    accepted_at: datetime | None = None
    review: Record | None = None
    place: Record | None = None
    dossier: Record | None = None
    entry: Record | None = None
    slots: Mapping[Component, Record] = field(default_factory=dict)
    sheet: Record | None = None
    decision: Record | None = None
    certificate: Record | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One application's whole way; `foremost` is the step to look at first."""

    application_ref: str
    scheme_title: str
    milestones: tuple[Milestone, ...]
    foremost: Milestone

    @property
    def share(self) -> float:
        """Return how much of the way is behind, 0 to 1; what was skipped counts as walked."""
        behind = {Status.DONE, Status.SKIPPED}
        return sum(m.status in behind for m in self.milestones) / len(self.milestones)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many wait for one thing the house has promised, and how the promises stand.

    `soon` are close to their last day, `late` are past it, all others in time; the `new_` ones became
    so since some earlier instant. The ages are those of the oldest and of the middle one.
    """

    service: Service
    count: int
    soon: int
    late: int
    new_soon: int
    new_late: int
    oldest_at: datetime | None = None
    median_at: datetime | None = None

    @property
    def on_time(self) -> int:
        """Return how many are neither late nor close to it."""
        return self.count - self.soon - self.late


@dataclass(frozen=True, slots=True)
class Glance:
    """What anybody may know who has the code of an application: initials, and no result.

    `foremost.by_on` and its appointment say until when; places and links are left out.
    """

    initials: str
    scheme_title: str
    milestones: tuple[Milestone, ...]
    foremost: Milestone
