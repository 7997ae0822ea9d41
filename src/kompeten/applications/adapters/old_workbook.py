"""Which sheets does a workbook of Excel 97 to 2003 (.xls) hold?

Its reader is plain Python and keeps only the cells that are there, so a cell far away takes no room
and a text that a thousand cells show is kept once. Macros, pictures and links are never looked at.
"""

import struct
from contextlib import suppress
from datetime import datetime, time
from io import StringIO
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.xldate import XLDateError, xldate_as_datetime

from kompeten.applications.terms import Cell, Grid, ListUnreadable, Merge

MOST_BYTES = 12_000_000
"""16,920 people of 20 columns take 5 MB. A sheet of the kind ends at 65,536 rows anyhow."""

# What the reader lets through when it meets bytes that no program wrote.
_BROKEN = (
    xlrd.XLRDError, CompDocError, AssertionError, AttributeError, EOFError, LookupError,
    MemoryError, NotImplementedError, OverflowError, RecursionError, TypeError, ValueError, ZeroDivisionError,
    struct.error,
)  # fmt: skip


def read(content: bytes, *, cells: int) -> tuple[Grid, ...]:
    """Return the worksheets, hidden ones too, in their order.

    :raises ListUnreadable: `file.encrypted`, `file.too_large`, `file.sprawling`, `file.broken`
    """
    if len(content) > MOST_BYTES:
        raise ListUnreadable("file.too_large", f"{len(content)} bytes")
    try:
        book = xlrd.open_workbook(
            file_contents=content,
            logfile=StringIO(),
            formatting_info=True,  # without it merged cells are not told
            ragged_rows=True,
        )
        return _grids(book, room=cells)
    except _BROKEN as error:
        said = str(error).lower()
        code = "file.encrypted" if "encrypted" in said or "password" in said else "file.broken"
        raise ListUnreadable(code, f"{type(error).__name__}: {error}") from error


def _grids(book: Any, *, room: int) -> tuple[Grid, ...]:
    grids: list[Grid] = []
    for sheet in book.sheets():
        rows = [_row(sheet, index, book.datemode) for index in range(sheet.nrows)]
        while rows and not any(cell != "" for cell in rows[-1]):
            rows.pop()
        room -= sum(map(len, rows)) + len(rows)
        if room < 0:
            raise ListUnreadable("file.sprawling", sheet.name)
        # The reader gives rows and columns as [from, until).
        merges = tuple(Merge(t, left, b - 1, r - 1) for t, b, left, r in sheet.merged_cells)
        grids.append(Grid(sheet.name, rows, merges))
    return tuple(grids)


def _row(sheet: Any, index: int, datemode: int) -> list[Cell]:
    kinds, values = sheet.row_types(index), sheet.row_values(index)
    return [_cell(kind, value, datemode) for kind, value in zip(kinds, values, strict=True)]


def _cell(kind: int, value: Any, datemode: int) -> Cell:
    if kind == xlrd.XL_CELL_DATE:
        with suppress(XLDateError):
            return _day(xldate_as_datetime(value, datemode))
    if kind in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        cell: Cell = value
        return cell
    return bool(value) if kind == xlrd.XL_CELL_BOOLEAN else ""


def _day(moment: datetime) -> Cell:
    return moment.date() if moment.time() == time() else moment
