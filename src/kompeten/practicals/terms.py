"""What is a slot, what is a rating, and which facts do their events carry?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompeten.schemes.terms import Component, Domain

PERFORMANCES = (Component.PRACTICE, Component.INTERVIEW)


class SlotState(StrEnum):
    """The life of a slot; after `missed`, `interrupted` and `cancelled` another may be booked."""

    BOOKED = "booked"
    RATED = "rated"
    SETTLED = "settled"
    MISSED = "missed"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"


STANDING = (SlotState.BOOKED, SlotState.RATED, SlotState.SETTLED)


class RatingState(StrEnum):
    """The life of a rating; `lapsed` with its slot, `released` when taken from its assessor."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    LAPSED = "lapsed"
    RELEASED = "released"


LIVE = (RatingState.OPEN, RatingState.HANDED_IN)
GONE = (RatingState.LAPSED, RatingState.RELEASED)


class Cause(StrEnum):
    """What interrupted a performance; never the candidate's doing, and never held against them."""

    POWER = "power"
    NETWORK = "network"
    HEALTH = "health"
    PLACE = "place"
    ASSESSOR_ABSENT = "assessor_absent"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in time that can be booked: at a site, or under a link; `zone` is an IANA name."""

    starts_at: datetime
    zone: str
    site_id: int | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """`slot.opened`: for what and when, in which booking, by which seed its assessors were drawn."""

    component: str
    starts_at: datetime
    booking: int
    seed: int


@dataclass(frozen=True, slots=True)
class Absence:
    """`slot.missed`: each fact that holds refuses it."""

    too_early: bool = False
    has_ratings: bool = False


@dataclass(frozen=True, slots=True)
class Interruption:
    """`slot.interrupted`: what interrupted the performance."""

    cause: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """`slot.settled`: points, of how many, by how many ratings, and the digest of the seal."""

    points: int
    out_of: int
    competent: bool
    ratings: int
    digest: str


@dataclass(frozen=True, slots=True)
class RatingOpening:
    """`rating.opened`: of which slot, and the seed by which its assessor was drawn."""

    slot: str
    third: bool
    seed: int


@dataclass(frozen=True, slots=True)
class RatingHandIn:
    """`rating.handed_in`: what the marks come to; each list of criteria, or `too_early`, refuses it."""

    points: int
    out_of: int
    competent: bool
    unknown: tuple[str, ...] = ()
    off_scale: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    short_notes: tuple[str, ...] = ()
    too_early: bool = False


@dataclass(frozen=True, slots=True)
class Booked:
    """What became of a booking: references of the slots, and why applications were left."""

    slots: Sequence[str]
    left: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow:
    """A slot as lists and the candidate see it: how many assessors it needs, has, and has heard from."""

    ref: str
    application_ref: str
    person_id: int
    name: str
    region_code: str
    scheme_code: str
    component: Component
    state: SlotState
    starts_at: datetime
    ends_at: datetime
    zone: str
    site_name: str
    site_address: str
    link: str
    raters: int
    assigned: int
    rated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRow:
    """A rating as its assessor's list shows it."""

    ref: str
    slot_ref: str
    person_id: int
    name: str
    scheme_code: str
    component: Component
    state: RatingState
    slot_state: SlotState
    third: bool
    starts_at: datetime
    ends_at: datetime
    zone: str
    site_name: str
    link: str
    marked: int
    criteria: int
    handed_in_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionView:
    """One criterion with the mark and note given; `anchors` are (mark, words), lowest first."""

    code: str
    domain: Domain
    title: str
    look_for: str
    anchors: tuple[tuple[int, str], ...]
    mark: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRating:
    """A rating as somebody else may see it; `marks` is None until all of the slot are in."""

    ref: str
    name: str
    third: bool
    state: RatingState
    marks: Mapping[str, int] | None = None
    notes: Mapping[str, str] | None = None
    remark: str = ""
    points: int | None = None
    out_of: int | None = None
    competent: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingView:
    """All that an assessor's page shows; `points` are of the marks given so far."""

    row: RatingRow
    title: str
    guidance: str
    tasks: tuple[str, ...]
    criteria: tuple[CriterionView, ...]
    least: int
    most: int
    note_characters: int
    remark: str
    competent: bool | None
    points: int
    out_of: int
    others: tuple[OtherRating, ...]
