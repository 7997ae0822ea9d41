"""What is known about an applicant, and what a rule says to it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kompeten.schemes.terms.words import Component, Recommender, Route, Stage, Standing


class Verdict(StrEnum):
    """Whether a route stands open; `unknown` asks for more facts and is never a refusal."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code, with what there is and what is needed, where that makes it plain."""

    code: str
    have: str | int | None = None
    need: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schooling:
    """One education of an applicant; `welfare` None: not known whether it was social welfare."""

    stage: Stage
    welfare: bool | None = None
    standing: Standing = Standing.GRADUATE
    finished_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A time of practice, `[start, end)`; `end` None: still going on."""

    start: date
    end: date | None = None
    hours_a_week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of an applicant; None means not known, an empty tuple means none.

    `spells_complete` False: there may be practice that is not listed, as in a collective list
    that gives only the start of the present post. `practice_hours` is a certified total.
    """

    born_on: date | None = None
    education: tuple[Schooling, ...] | None = None
    spells: tuple[Spell, ...] | None = None
    spells_complete: bool = True
    practice_hours: int | None = None
    training_hours: int | None = None
    recommendations: frozenset[Recommender] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """What spells come to: full months and whole hours; `hours_exact` False: a weekly load is missing."""

    months: int
    hours: int
    hours_exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """What a route says to one applicant: `unmet` closes it, `unknown` remains to be shown."""

    route: Route
    verdict: Verdict
    unmet: tuple[Reason, ...] = ()
    unknown: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of one component; `points` None: it was not taken."""

    component: Component
    competent: bool
    points: int | None = None
    out_of: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What the components come to together.

    `total_percent` is the weighted total, rounded down to hundredths; None when a component is
    missing.
    """

    competent: bool
    total_percent: float | None
    reasons: tuple[Reason, ...] = field(default=())
