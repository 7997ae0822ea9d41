"""What a reading is: one assessor's marks on one round of a dossier, and the facts of its events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompeten.portfolios.terms.dossier import DossierView

# A mark on the instrument's scale, or None for an answer that is blank (kosong).
Mark = int | None


class ReadingState(StrEnum):
    """The life of a reading; `lapsed` when another sent the dossier back, `released` when taken away."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    SENT_BACK = "sent_back"
    LAPSED = "lapsed"
    RELEASED = "released"


LIVE = (ReadingState.OPEN, ReadingState.HANDED_IN)
GONE = (ReadingState.LAPSED, ReadingState.RELEASED)


@dataclass(frozen=True, slots=True)
class ReadingOpening:
    """`reading.opened`: of which dossier and round, and the seed by which its reader was drawn."""

    dossier: str
    round: int
    third: bool
    seed: int


@dataclass(frozen=True, slots=True)
class ReadingHandIn:
    """`reading.handed_in`: what the marks come to; each list of items names a fault that refuses it."""

    points: int
    out_of: int
    competent: bool
    blank: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    off_scale: tuple[str, ...] = ()
    capped: tuple[str, ...] = ()
    on_blank: tuple[str, ...] = ()
    blank_blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SendBack:
    """`reading.sent_back`: the codes of what is to be mended; each later list names a fault."""

    items: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of an assignment: how many readings were opened, and why dossiers were left."""

    opened: int
    left: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """A reading as its reader's list shows it."""

    ref: str
    dossier_ref: str
    person_id: int
    name: str
    scheme_code: str
    state: ReadingState
    round: int
    third: bool
    marked: int
    items: int
    due_on: date
    opened_at: datetime
    handed_in_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """One item as the reader marks it; `highest` is the best mark its words allow."""

    code: str
    mark: Mark
    note: str
    highest: int
    is_blank: bool
    is_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReading:
    """A reading as somebody else may see it; `marks` is None until all of its round are in."""

    ref: str
    name: str
    round: int
    third: bool
    state: ReadingState
    marks: Mapping[str, Mark] | None = None
    notes: Mapping[str, str] | None = None
    remark: str = ""
    points: int | None = None
    out_of: int | None = None
    competent: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """All that a reader's page shows; points and verdict are of the marks given so far."""

    row: ReadingRow
    dossier: DossierView
    items: tuple[MarkView, ...]
    remark: str
    least: int
    most: int
    points: int
    out_of: int
    competent: bool
    others: tuple[OtherReading, ...]
