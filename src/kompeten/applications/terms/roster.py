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
class Known:
    """What the house knows when a list is judged.

    `regions` holds the codes an applicant may give (`32.71`). `schemes` holds, for each profession
    and level (None where a profession has no levels), the routes that stand open. `programs` holds
    names as they should be written; when empty, programmes are not checked.
    """

    regions: frozenset[str]
    schemes: Mapping[tuple[Profession, Level | None], frozenset[Route]]
    programs: frozenset[str] = frozenset()


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
    """One person's line with its verdict; `duplicate_of` names the line that is kept instead."""

    place: Place
    entry: Entry
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    duplicate_of: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A whole list, judged, in the order of sheets and rows.

    `skipped` counts the lines below a header that name nobody. `unread` names the sheets that
    hold something but no header, so that nothing is left out in silence.
    """

    rows: tuple[Row, ...]
    skipped: int = 0
    unread: tuple[str, ...] = field(default=())
