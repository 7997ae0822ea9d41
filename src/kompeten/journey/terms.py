"""The words and shapes of one person's way, from the application to the certificate."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
    the house has promised.
    """

    step: Step
    status: Status
    hint: str
    yours: bool = False
    reached_at: datetime | None = None
    by_on: date | None = None
    appointment: Appointment | None = None
    target: Target | None = None
    target_ref: str = ""
