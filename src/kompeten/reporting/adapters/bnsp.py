"""How does the list for BNSP look as a spreadsheet? Nineteen columns, every cell a text."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from kompeten.reporting import rules
from kompeten.reporting.terms import BnspRow

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

WIDTHS = (6, 30, 20, 18, 16, 10, 40, 10, 10, 16, 28, 12, 12, 16, 14, 24, 14, 14, 8)
SHEET, CHECK = "Data Asesmen", "Periksa"
CHECK_COLUMNS = ("NO", "NAMA ASESI", "KOLOM KOSONG", "PENDIDIKAN TERTULIS", "PEKERJAAN TERTULIS")
# A name that begins with "=" is a name; nothing on the sheet is computed or followed.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(rows: Sequence[BnspRow], *, title: str, at: datetime) -> bytes:
    """Return the list as .xlsx: the 19 columns, and a sheet that names every cell still to be filled.

    Numbers of people (NIK, telephone) are texts, so that no digit is rounded away. The same rows
    and instant give the same bytes.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 (slow import: 0.1 s of every command)

    buffer = BytesIO()
    with Workbook(buffer, PLAIN) as book:
        book.set_properties({"title": title, "created": at.replace(tzinfo=None, microsecond=0)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"num_format": "@", "valign": "top"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 2)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, text)
        _write(sheet, 0, rules.BNSP_COLUMNS, head)
        for number, row in enumerate(rows, start=1):
            _write(sheet, number, row.cells, text)
        _check(book.add_worksheet(CHECK), rows, head=head, text=text)
    return buffer.getvalue()


def _check(sheet: "Worksheet", rows: Sequence[BnspRow], **formats: object) -> None:
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 4, 34)
    _write(sheet, 0, CHECK_COLUMNS, formats["head"])
    at = 1
    for row in rows:
        if lacking := rules.lacking(row):
            said = (row.cells[0], row.cells[1], ", ".join(lacking))
            _write(sheet, at, (*said, row.education_said, row.occupation_said), formats["text"])
            at += 1


def _write(sheet: "Worksheet", row: int, cells: Sequence[str], form: object) -> None:
    for column, cell in enumerate(cells):
        sheet.write_string(row, column, cell, form)
