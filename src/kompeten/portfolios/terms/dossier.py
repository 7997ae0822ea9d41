"""What a dossier is: its states, the facts of its events, and how it looks on a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompeten.schemes.terms import AnswerField, Domain

# One entry of the curriculum vitae as kept: field codes and text; dates ISO 8601, years four digits.
Entry = Mapping[str, str]


class DossierState(StrEnum):
    """The life of a dossier; `accepted` may sit the exam, `assessed` has its points."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ASSESSED = "assessed"


WRITABLE = (DossierState.DRAFT, DossierState.RETURNED)


class Fill(StrEnum):
    """How far one answer has come; `short` is under the words needed to hand in."""

    BLANK = "blank"
    SHORT = "short"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Opening:
    """`dossier.opened`: the instruments it is bound to, and the day it is wanted by."""

    self_description: str
    curriculum_vitae: str
    due_on: date


@dataclass(frozen=True, slots=True)
class HandIn:
    """`dossier.handed_in`: the round, its words, the digest of all that was written.

    `blank`, `short` and `parts` name what is missing; with any of them nothing is handed in.
    """

    round: int
    words: int
    digest: str = ""
    blank: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """`dossier.returned`: by which reading, the codes of what to mend, the last day, inclusive."""

    reading: str
    items: tuple[str, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Assessed:
    """`dossier.assessed`: points, of how many, by how many readings, and the digest of the seal."""

    points: int
    out_of: int
    competent: bool
    readings: int
    digest: str


@dataclass(frozen=True, slots=True)
class Text:
    """One answer as it now stands; `round` is the round in which it was last written."""

    text: str
    words: int
    round: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class CvPart:
    """One part of the curriculum vitae as it now stands."""

    entries: tuple[Entry, ...]
    round: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Gaps:
    """What keeps a dossier from being handed in: item codes without or with too few words, parts."""

    blank: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blank or self.short or self.parts)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something in a text that may tell who a client is: where, what kind, and how it begins."""

    place: str
    code: str
    sample: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of one entry, counted from 0; `field` is empty for the whole."""

    part: str
    entry: int
    field: str
    code: str


class EntriesInvalid(Exception):
    """Entries of the curriculum vitae cannot be kept as they are; none of them was."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.part}[{p.entry}].{p.field}: {p.code}" for p in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Items that are read together."""

    code: str
    title: str
    guidance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item with what was written; `returned` is what a reader asked to be mended."""

    code: str
    group: str
    domain: Domain
    prompt: str
    help: str
    required: bool
    min_words: int
    full_score_words: int
    text: str
    words: int
    fill: Fill
    saved_at: datetime | None
    returned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """One part of the curriculum vitae with its entries."""

    code: str
    letter: str
    title: str
    help: str
    many: bool
    required: bool
    fields: tuple[AnswerField, ...]
    entries: tuple[Entry, ...]
    saved_at: datetime | None
    returned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """A dossier as its page shows it; `done_share` counts what is asked for, from 0 to 1."""

    ref: str
    state: DossierState
    round: int
    due_on: date
    saved_at: datetime | None
    title: str
    guidance: str
    cv_title: str
    cv_guidance: str
    groups: tuple[GroupView, ...]
    items: tuple[ItemView, ...]
    parts: tuple[PartView, ...]
    words: int
    done_share: float
    gaps: Gaps
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """A dossier as lists show it: how many readers it needs, has, and has been read by."""

    ref: str
    person_id: int
    name: str
    region_code: str
    scheme_code: str
    state: DossierState
    round: int
    due_on: date
    handed_in_at: datetime | None
    readers: int
    assigned: int
    read: int
