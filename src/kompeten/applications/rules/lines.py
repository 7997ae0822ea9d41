"""Which lines of a sheet name somebody? Sums, notes, signatures and blanks are left out."""

import re
from collections.abc import Iterator, Mapping, Sequence

from kompeten.applications.rules import nik
from kompeten.applications.rules.cells import text
from kompeten.applications.rules.columns import Columns, field_of, find_header, header_at
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


class Line:
    """The cells of one line by the name of their field; a column that is not there is empty."""

    __slots__ = ("_cells", "_columns")

    def __init__(self, row: Sequence[Cell], columns: Columns) -> None:
        self._cells, self._columns = row, columns

    def cell(self, field: str) -> Cell:
        """Return the plain cell."""
        column = self._columns.get(field, -1)
        return self._cells[column] if 0 <= column < len(self._cells) else ""

    def text(self, field: str) -> str:
        """Return the cell as one line of text."""
        return text(self.cell(field))

    def texts(self) -> list[str]:
        """Return the text of every field of a person; the running number is none."""
        return [self.text(field) for field in self._columns if field != "number"]


def start(grid: Grid, before: Columns | None) -> tuple[int, Columns] | None:
    """Return where people may begin and which columns hold, or None when the sheet is no list.

    A sheet without a header goes on with the columns of the sheet `before` it, if NIKs stand
    where they should.
    """
    header = find_header(grid)
    if header:
        return header.below, header.columns
    if before and any(nik.read(Line(row, before).cell("nik")).whole for row in grid.rows):
        return 0, before
    return None


def people(grid: Grid, begin: int, columns: Columns) -> Iterator[tuple[int, Line]]:
    """Yield the row number, from 1, and the line of everybody named from row `begin` (from 0) on.

    A header that is repeated on the way, as at a page break, names the columns anew.
    """
    carried = _carried(grid, columns)
    below_foot = False
    index = begin
    while index < len(grid.rows):
        row = grid.rows[index]
        line = Line(row, columns)
        certain = _has_name_and_nik(line)
        header = header_at(grid.rows, index) if not certain and _repeats_header(line) else None
        if header:
            columns, index, below_foot = header.columns, header.below, False
            carried = _carried(grid, columns)
            continue
        if certain or _names_somebody(line, below_foot=below_foot):
            yield index + 1, _with_carried(row, carried.get(index), columns)
        elif not below_foot:
            below_foot = any(isinstance(cell, str) and _FOOT.match(cell) for cell in row)
        index += 1


def _repeats_header(line: Line) -> bool:
    labels = {field_of(line.text("name")), field_of(line.text("nik"))}
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


def _with_carried(
    row: Sequence[Cell], carried: Mapping[int, Cell] | None, columns: Columns
) -> Line:
    if not carried:
        return Line(row, columns)
    return Line([carried.get(column, cell) for column, cell in enumerate(row)], columns)
