"""Which lines of a sheet name somebody? Sums, notes, signatures and blanks are left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kompeten.applications.rules import nik, unnamed
from kompeten.applications.rules.cells import text
from kompeten.applications.rules.columns import (
    NO_MEANINGS,
    Columns,
    Header,
    Meanings,
    field_of,
    find_header,
    header_at,
    key,
)
from kompeten.applications.terms import Cell, Grid

_SUM = re.compile(r"(sub[\s-]?)?(jumlah|total)\b|rekap", re.IGNORECASE)
_FOOT = re.compile(
    r"(keterangan|ket|catatan|nb|mengetahui|menyetujui|hormat kami|tembusan)\b", re.IGNORECASE
)
_NIP = re.compile(r"nip\b", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?")

ENOUGH_CELLS = 4
"""Filled cells that make a line a person's even without a NIK; sums and signatures have fewer."""

LONGEST_NAME_WORDS = 8

# Columns that a list may merge over the people of one office or one scheme: written once, meant
# for all. What identifies a person is never carried down.
CARRIED = frozenset(
    ("region_code", "employer", "position", "program", "profession", "level", "route")
)


EVERYBODY = "="
"""Before a field in what an office says of a list: what holds for all who have no column of it."""


class Line:
    """The cells of one line by the name of their field; a column that is not there is empty.

    `everybody` holds what was said for all lines at once, of fields that have no column.
    """

    __slots__ = ("_cells", "_columns", "_everybody")

    def __init__(
        self, row: Sequence[Cell], columns: Columns, everybody: Mapping[str, str] = NO_MEANINGS
    ) -> None:
        self._cells, self._columns, self._everybody = row, columns, everybody

    def cell(self, field: str) -> Cell:
        """Return the plain cell."""
        column = self._columns.get(field, -1)
        if 0 <= column < len(self._cells):
            return self._cells[column]
        return self._everybody.get(field, "") if column < 0 else ""

    def text(self, field: str) -> str:
        """Return the cell as one line of text."""
        return text(self.cell(field))

    def texts(self) -> list[str]:
        """Return the text of every field of a person; the running number is none."""
        return [self.text(field) for field in self._columns if field != "number"]

    def exchanged(self, one: str, other: str) -> "Line":
        """Return the line with two of its cells exchanged."""
        columns = self._columns | {one: self._columns[other], other: self._columns[one]}
        return Line(self._cells, columns, self._everybody)

    def has(self, *fields: str) -> bool:
        """Return whether there are columns of these fields."""
        return all(field in self._columns for field in fields)


def everybody(meanings: Meanings) -> dict[str, str]:
    """Return what was said for all lines, by field."""
    size = len(EVERYBODY)
    return {key[size:]: said for key, said in meanings.items() if key.startswith(EVERYBODY)}


def start(grid: Grid, before: Header | None, meanings: Meanings, *, on: date) -> Header | None:
    """Return where people may begin and which columns hold, or None when the sheet is no list.

    A sheet without a header goes on with the columns of the sheet `before` it, if NIKs stand where
    they should; else its columns are told by their content.
    """
    if header := find_header(grid, meanings):
        return header
    if before and any(nik.read(Line(row, before.columns).cell("nik")).whole for row in grid.rows):
        return Header(before.columns, 0, 0)
    return unnamed.header(grid, meanings, on=on)


def people(grid: Grid, header: Header, meanings: Meanings) -> Iterator[tuple[int, Line]]:
    """Yield the row number, from 1, and the line of everybody named below the header.

    A header that is repeated on the way, as at a page break, names the columns anew.
    """
    columns, said = header.columns, everybody(meanings)
    carried = _carried(grid, columns)
    below_foot = False
    index = header.below
    while index < len(grid.rows):
        row = grid.rows[index]
        line = Line(row, columns)
        certain = _has_name_and_nik(line)
        again = not certain and _repeats_header(line, meanings)
        if found := header_at(grid.rows, index, meanings) if again else None:
            columns, index, below_foot = found.columns, found.below, False
            carried = _carried(grid, columns)
            continue
        if certain or _names_somebody(line, below_foot=below_foot):
            yield index + 1, Line(_with_carried(row, carried.get(index)), columns, said)
        elif not below_foot:
            below_foot = any(isinstance(cell, str) and _FOOT.match(cell) for cell in row)
        index += 1


def _repeats_header(line: Line, meanings: Meanings) -> bool:
    said = (line.text("name"), line.text("nik"))
    labels = {meanings.get(key(label)) or field_of(label) for label in said}
    return not labels.isdisjoint(("name", "nik"))


def _has_name_and_nik(line: Line) -> bool:
    cell = line.cell("nik")
    if isinstance(cell, str) and len(cell) == nik.LENGTH and cell.isdecimal():
        return line.text("name") != ""
    identity = line.text("nik")
    return _digits(identity) >= 10 and not _NIP.match(identity) and line.text("name") != ""


def _digits(identity: str) -> int:
    return len(identity) if identity.isdecimal() else sum(map(str.isdecimal, identity))


def _names_somebody(line: Line, *, below_foot: bool) -> bool:
    """Return whether a line is a person's although name or NIK is missing or odd."""
    identity, name = line.text("nik"), line.text("name")
    number = line.text("number")
    if any(_SUM.match(cell) for cell in (number, identity, name)) or _numbers_columns(line):
        return False
    if sum(map(bool, line.texts())) >= ENOUGH_CELLS:
        return True
    if _digits(identity) in (nik.LENGTH, nik.SAFE) and not _NIP.match(identity):
        return True
    numbered = number.strip(".() ").isdigit()
    return numbered and not below_foot and 0 < len(name.split()) <= LONGEST_NAME_WORDS


def _numbers_columns(line: Line) -> bool:
    """Return whether this is the row `(1) (2) (3)` that forms carry below their header."""
    numbers = [_COLUMN_NUMBER.fullmatch(cell) for cell in line.texts() if cell]
    return len(numbers) >= ENOUGH_CELLS and all(numbers)


def _carried(grid: Grid, columns: Columns) -> dict[int, dict[int, Cell]]:
    """Return, by row and column, the values that merged cells hold for the rows below their first.

    Merges that overlap, which no spreadsheet writes, are read once only, so that the work stays
    within the size of the sheet.
    """
    wanted = {column for field, column in columns.items() if field in CARRIED}
    values: dict[int, dict[int, Cell]] = {}
    reached: dict[int, int] = {}
    for merge in sorted(grid.merges):
        if merge.left not in wanted or merge.top <= reached.get(merge.left, -1):
            continue
        bottom = min(merge.bottom, len(grid.rows) - 1)
        reached[merge.left] = bottom
        for index in range(merge.top + 1, bottom + 1):
            values.setdefault(index, {})[merge.left] = grid.rows[merge.top][merge.left]
    return values


def _with_carried(row: Sequence[Cell], carried: Mapping[int, Cell] | None) -> Sequence[Cell]:
    if not carried:
        return row
    return [carried.get(column, cell) for column, cell in enumerate(row)]
