"""Bytes become sheets of plain cells; what cannot be read is refused with a code, never guessed."""

import math
from collections.abc import Iterable
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from kompeten.applications.adapters import archive, old_workbook, plain_text
from kompeten.applications.adapters.archive import Limits
from kompeten.applications.terms import Cell, Grid, ListUnreadable, Merge

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(content: bytes, *, limits: Limits = Limits()) -> tuple[Grid, ...]:  # noqa: B008 (frozen)
    """Return the sheets of a list, hidden ones too, in their order, whatever program wrote it.

    Workbooks of Excel (.xlsx, .xlsm, .xls) and OpenDocument (.ods), texts with separators (.csv, .tsv,
    rows copied out of a sheet), tables of web pages however they are called, and messages. The
    content decides what a file is, never its name. Formulas are not computed and macros not looked
    at: a cell holds the value that was saved with it. Rows and columns that are empty at the start are
    kept, so that row numbers are those a spreadsheet shows.

    :raises ListUnreadable: `file.empty`, `file.too_large`, `file.encrypted`, `file.old_format`,
        `file.not_a_spreadsheet`, `file.truncated`, `file.broken`, `file.zip_bomb`,
        `file.sprawling`
    """
    if not content.strip():
        raise ListUnreadable("file.empty")
    if len(content) > limits.file_bytes:
        raise ListUnreadable("file.too_large", f"{len(content)} bytes")
    if content.startswith(_COMPOUND):
        return _compound(content, limits)
    if content.startswith(_ZIP):
        archive.check(content, limits)
        return _grids(content)
    if content.startswith(b"PK"):
        raise ListUnreadable("file.not_a_spreadsheet", "an archive with nothing in it")
    return plain_text.read(content, cells=limits.cells)


def _compound(content: bytes, limits: Limits) -> tuple[Grid, ...]:
    """Read a compound file: a workbook of before 2007; an encrypted one of after it is refused."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ListUnreadable("file.encrypted")
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise ListUnreadable("file.not_a_spreadsheet")
    return old_workbook.read(content, cells=limits.cells)


def _grids(content: bytes) -> tuple[Grid, ...]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            worksheets = (
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            )
            grids = tuple(_grid(workbook.get_sheet_by_name(name)) for name in worksheets)
    except CalamineError as error:
        raise ListUnreadable("file.broken", str(error)) from error
    except BaseException as error:
        # The reader is written in Rust; a panic in it arrives as an exception of its own that is
        # no `Exception` and has no name to import. Anything else travels on.
        if type(error).__name__ != "PanicException":
            raise
        raise ListUnreadable("file.broken", "the reader gave up") from error
    if not grids:
        raise ListUnreadable("file.broken", "a workbook without sheets")
    return grids


def _grid(sheet: CalamineSheet) -> Grid:
    rows = [_plain(row) for row in sheet.to_python(skip_empty_area=False)]
    merges = tuple(Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Grid(sheet.name, rows, merges)


def _plain(row: Iterable[Cell]) -> list[Cell]:
    """Return cells that can be counted with: `1e999` in a file is no number but the text of one."""
    return [
        str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell for cell in row
    ]
