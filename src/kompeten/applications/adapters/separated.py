"""Which rows does a text hold whose cells are parted by a sign? The sign is found, never asked for."""

import csv
import re
from collections import Counter
from io import StringIO

from kompeten.applications.rules.columns import field_of
from kompeten.applications.terms import Cell, ListUnreadable

SIGNS = ("\t", ";", ",", "|")
_TOLD = re.compile(r"sep=(.)\n", re.IGNORECASE)
_FORCED = re.compile(r'="(.*)"')
_LOOK_LINES = 60


def rows(text: str, *, cells: int) -> list[list[Cell]]:
    """Return the rows of a text; empty where no sign parts its lines into columns.

    Excel may say the sign itself (`sep=;` on the first line, which then counts as a row, so that rows
    keep their numbers). A cell forced to be text, `="3271…"`, is the text.

    :raises ListUnreadable: `file.broken`: a cell without end; `file.sprawling`: more than `cells` cells
    """
    told = _TOLD.match(text)
    sign = told[1] if told else _sign(text)
    if not sign:
        return []
    found: list[list[Cell]] = [[]] if told else []
    try:
        for row in csv.reader(StringIO(text[told.end() if told else 0 :]), delimiter=sign):
            cells -= len(row)
            if cells < 0:
                raise ListUnreadable("file.sprawling", "a text with too many cells")
            found.append([_plain(cell) for cell in row])
    except csv.Error as error:
        raise ListUnreadable("file.broken", str(error)) from error
    return found


def _sign(text: str) -> str:
    """Return the sign under which most column names are read, else the one that parts lines evenly.

    A comma stands in names and in `Bogor, 27 Januari 1992` too, so it has to do better than others.
    """
    look = "\n".join(text.split("\n", _LOOK_LINES)[:_LOOK_LINES])
    best = max(SIGNS, key=lambda sign: _fit(look, sign))
    return best if _fit(look, best)[1] else ""


def _fit(look: str, sign: str) -> tuple[int, int]:
    try:
        parted = list(csv.reader(StringIO(look), delimiter=sign))
    except csv.Error:
        return 0, 0
    names = max((len({field_of(cell) for cell in row} - {None}) for row in parted), default=0)
    widths = Counter(len(row) for row in parted if len(row) > 2)
    return names, max(widths.values(), default=0)


def _plain(cell: str) -> str:
    forced = _FORCED.fullmatch(cell.strip())
    return forced[1] if forced else cell
