"""Which day does a cell mean? Real dates, the four written notations, and years alone."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from kompeten.applications.rules.cells import text
from kompeten.applications.terms import Cell

LONGEST_LIFE_YEARS = 110
"""Nobody on a list was born longer ago than this; older birth dates are slips of the keyboard."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari peb february", "maret mar march mrt",
            "april apr", "mei may", "juni jun june", "juli jul july",
            "agustus agu agt ags agst aug august", "september sep sept", "oktober okt oct october",
            "november nov nopember nop", "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_FIRST = re.compile(
    r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2}|[a-z]{3,9})\.?\s*[/.\-,\s]\s*(\d{4}|\d{2})"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[t ]0?0:00(?::00(?:\.0+)?)?)?")
_YEAR = re.compile(r"(?:th|thn|tahun)?\.?\s*((?:19|20)\d{2})")
_WEEKDAY = re.compile(r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\s*,?\s*")

# A date cell that lost its format shows the days since this day.
_SERIAL_DAY_0 = date(1899, 12, 30)
_SERIAL_FROM, _SERIAL_UNTIL = 7306, 73051  # 1920 to 2099


class Sight(StrEnum):
    """How clearly a cell states a day."""

    CLEAR = "clear"
    SHORT_YEAR = "short_year"
    YEAR_ONLY = "year_only"
    EMPTY = "empty"
    IMPOSSIBLE = "impossible"


def day(cell: Cell, *, on: date) -> tuple[date | None, Sight]:
    """Return the day a cell means and how clearly it says so; None when empty or impossible.

    The day always precedes the month, as people here write; 05/13/1985 is not silently turned
    round. Of a year in two digits the latest year up to `on` is meant.

    >>> day("17 Agustus 1985", on=date(2026, 1, 1)), day("31/02/1990", on=date(2026, 1, 1))
    ((datetime.date(1985, 8, 17), <Sight.CLEAR: 'clear'>), (None, <Sight.IMPOSSIBLE: 'impossible'>))
    """
    if isinstance(cell, datetime):
        return cell.date(), Sight.CLEAR
    if isinstance(cell, date):
        return cell, Sight.CLEAR
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _from_number(cell)
    line = _WEEKDAY.sub("", text(cell).lower())
    if not line:
        return None, Sight.EMPTY
    if found := _YEAR_FIRST.fullmatch(line):
        return _calendar(int(found[1]), int(found[2]), int(found[3]), Sight.CLEAR)
    if found := _DAY_FIRST.fullmatch(line):
        month = int(found[2]) if found[2].isdigit() else _MONTHS.get(found[2], 0)
        if len(found[3]) == 4:
            return _calendar(int(found[3]), month, int(found[1]), Sight.CLEAR)
        year = on.year - (on.year - int(found[3])) % 100
        return _calendar(year, month, int(found[1]), Sight.SHORT_YEAR)
    if found := _YEAR.fullmatch(line):
        return date(int(found[1]), 1, 1), Sight.YEAR_ONLY
    return None, Sight.IMPOSSIBLE


def birth(cell: Cell, *, on: date) -> tuple[date | None, Sight]:
    """Return a birth date; a year alone, the future and a life too long are impossible.

    A year in two digits that would make a child of somebody means the century before.
    """
    born, sight = day(cell, on=on)
    if sight is Sight.SHORT_YEAR and born and born.year > on.year - 15:
        born, sight = _calendar(born.year - 100, born.month, born.day, sight)
    if sight is Sight.YEAR_ONLY or (born and not _lived(born, on=on)):
        return None, Sight.IMPOSSIBLE
    return born, sight


def split_birth(cell: Cell) -> tuple[str, str]:
    """Return place and date of a cell that holds both.

    >>> split_birth("Bogor, 27 Januari 1992")
    ('Bogor', '27 Januari 1992')
    """
    line = text(cell)
    found = re.search(r"\d", line)
    if found is None:
        return line.strip(" ,/"), ""
    return line[: found.start()].strip(" ,/-"), line[found.start() :]


def _from_number(value: float) -> tuple[date | None, Sight]:
    if 1900 <= value < 2100 and value == int(value):
        return date(int(value), 1, 1), Sight.YEAR_ONLY
    if _SERIAL_FROM <= value < _SERIAL_UNTIL:
        return _SERIAL_DAY_0 + timedelta(days=int(value)), Sight.CLEAR
    return None, Sight.IMPOSSIBLE if value else Sight.EMPTY


def _calendar(year: int, month: int, day: int, sight: Sight) -> tuple[date | None, Sight]:
    try:
        return date(year, month, day), sight
    except ValueError:
        return None, Sight.IMPOSSIBLE


def _lived(born: date, *, on: date) -> bool:
    return born <= on and born.year >= on.year - LONGEST_LIFE_YEARS
