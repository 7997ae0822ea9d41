"""What a collective list is: sheets of plain cells before reading, people with verdicts after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from kompeten.schemes.terms import Level, Profession, Route

Cell = str | float | int | bool | date | datetime | time | timedelta
"""What a sheet holds in one place; an empty place is the empty string."""


class Verdict(StrEnum):
    """What becomes of a row: it goes on, waits for repair, or repeats another row."""

    GOOD = "good"
    REPAIR = "repair"
    DUPLICATE = "duplicate"


class Source(StrEnum):
    """How a column of a list came to its meaning."""

    NAME = "name"
    OFFICE = "office"
    CONTENT = "content"
    NEEDLESS = "needless"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """The sex as the identity card states it."""

    FEMALE = "female"
    MALE = "male"


class ListUnreadable(Exception):
    """A file is no list that can be read; `code` (`file.*`) says why, `detail` is for operators."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class Merge(NamedTuple):
    """A merged block of cells, counted from 0, both ends within; only its top left cell is filled."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `rows[0]` is row 1 of the sheet and `rows[i][0]` its column A."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()


class Place(NamedTuple):
    """Where a person stands: the sheet and the row number that a spreadsheet shows, from 1."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column of a sheet as the list names it, and what it was taken for.

    `key` is what an office's answer is kept under, `#3` where the list names nothing. `field` is a
    field of `Entry` or one of the reader's own, empty when the column is not used; `proposed` is what an
    unused one looks like. `samples` are its first cells that hold something.
    """

    sheet: str
    column: int
    label: str
    key: str
    source: Source
    field: str = ""
    proposed: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the house knows when a list is judged.

    `regions` holds the codes an applicant may give (`32.71`), `region_names` the codes that a place
    may mean, by its bare words with and without its kind (`kota bogor`, `bogor`). `schemes` holds,
    for each profession and level (None where a profession has no levels), the routes that stand
    open. `programs` holds names as they should be written; when empty, programmes are not checked.
    """

    regions: frozenset[str]
    schemes: Mapping[tuple[Profession, Level | None], frozenset[Route]]
    programs: frozenset[str] = frozenset()
    region_names: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person as read and put into one notation; an absent text is empty, an absent value None.

    `nik` holds the digits that can be trusted, right or wrong: of a rounded one 15 or fewer, so that
    nobody takes the digit a spreadsheet put in for one that was meant. `name` is without titles. `region_code`
    is dotted, `phone` E.164. `started_on` is 1 January when only the year was given (warning
    `started_on.year_only`). `warnings` are codes that ask somebody to look and refuse nothing.
    """

    nik: str = ""
    name: str = ""
    title_before: str = ""
    title_after: str = ""
    sex: Sex | None = None
    birth_place: str = ""
    birth_on: date | None = None
    region_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    education: str = ""
    employer: str = ""
    position: str = ""
    program: str = ""
    started_on: date | None = None
    practice_hours: int | None = None
    profession: Profession | None = None
    level: Level | None = None
    route: Route | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person's line with its verdict; `duplicate_of` names the line that is kept instead.

    `routes` are those that stand open to the person by what the line says, where it names none.
    """

    place: Place
    entry: Entry
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    duplicate_of: Place | None = None
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A whole list, judged, in the order of sheets and rows.

    `skipped` counts the lines below a header that name nobody. `unread` names the sheets that
    hold something but no header, so that nothing is left out in silence. `headings` tells what
    each column was taken for; `missing` names the fields that nobody can do without and that no
    column of some sheet holds (`nik`, `name`, `birth_on`), `unsaid` those that one scheme, route or place
    for everybody could stand in for.
    """

    rows: tuple[Row, ...]
    skipped: int = 0
    unread: tuple[str, ...] = field(default=())
    headings: tuple[Heading, ...] = ()
    missing: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()

    @property
    def unclear(self) -> tuple[Heading, ...]:
        """Return the columns that somebody should say the meaning of, and that hold something."""
        asked = (Source.UNKNOWN, Source.CONTENT)
        found = (h for h in self.headings if h.source in asked and h.samples)
        return tuple(h for h in found if h.field != "number" and h.proposed != "number")
