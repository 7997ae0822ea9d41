"""Item sheets in Excel's format: bytes to rows of text, and the empty sheet that writers fill in."""

import re
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from kompeten.itembank.rules.sheet import HEADINGS, Row
from kompeten.itembank.terms import BankInvalid, Problem

MAX_UNPACKED = 60_000_000
MAX_PARTS = 200
MAX_ROWS, MAX_COLUMNS = 20_000, 60
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"  # old .xls, and workbooks behind a password
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Z]+)(\d+)[\"']")

EXAMPLE = (
    "K01",
    "Bu R., 34 tahun, datang ke kantor desa dan bercerita bahwa …",
    "K01-1",
    "Langkah pertama pekerja sosial ialah …",
    "mendengarkan dan mencatat keluhan Bu R.",
    "meminta Bu R. kembali minggu depan",
    "menghubungi suami Bu R.",
    "mengisi formulir bantuan",
    "",
    "",
    "A",
    "keterampilan",
    "mudah",
    "asesmen",
    "",
    "",
    "",
    "",
)
ESSAY = (
    "K02",
    "",
    "K02-1",
    "Uraikan rencana pendampingan untuk keluarga Bu R.",
    *[""] * 7,
    "keterampilan",
    "sedang",
    "intervensi",
    "10",
    "2000",
    "Sebutkan tujuan, langkah, dan siapa yang dilibatkan.",
    "Tujuan 3 poin, langkah 4 poin, pihak yang dilibatkan 3 poin.",
)
WIDTHS = (12, 48, 12, 40, 28, 28, 28, 28, 28, 28, 8, 14, 18, 20, 8, 10, 40, 48)
ALLOWED = {
    "key": ["A", "B", "C", "D", "E", "F"],
    "domain": ["pengetahuan", "nilai", "keterampilan"],
    "difficulty": ["mudah", "sedang", "sulit"],
}


def rows(content: bytes) -> list[Row]:
    """Return the rows of the first sheet with their numbers; cells as text, formulas as last computed.

    :raises BankInvalid: `itemfile.not_a_spreadsheet`, `itemfile.old_or_locked`, `itemfile.broken`,
        `itemfile.too_large`
    """
    if content.startswith(_COMPOUND):
        raise _refusal("itemfile.old_or_locked")
    if not content.startswith(_ZIP):
        raise _refusal("itemfile.not_a_spreadsheet")
    _inspect(content)
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise _refusal("itemfile.broken") from error
    return [(number, tuple(_text(cell) for cell in row)) for number, row in enumerate(cells, 1)]


def template() -> bytes:
    """Return an empty item sheet: headings, two example rows, and lists of the words that are allowed."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (slow import: 0.1 s of every command)

    target = BytesIO()
    names = list(HEADINGS)
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Butir soal")
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for place, name in enumerate(names):
            sheet.set_column(place, place, WIDTHS[place], text)
            sheet.write_string(0, place, HEADINGS[name][0].capitalize(), heading)
            sheet.write_string(1, place, EXAMPLE[place], text)
            sheet.write_string(2, place, ESSAY[place], text)
            if name in ALLOWED:
                choice = {"validate": "list", "source": ALLOWED[name]}
                sheet.data_validation(1, place, MAX_ROWS - 1, place, choice)
        sheet.freeze_panes(1, 0)
    return target.getvalue()


def _inspect(content: bytes) -> None:
    """Refuse an archive that unpacks to more than any item sheet needs, before anything is parsed."""
    room = MAX_UNPACKED
    try:
        with ZipFile(BytesIO(content)) as archive:
            if len(archive.infolist()) > MAX_PARTS:
                raise _refusal("itemfile.too_large")
            if "xl/workbook.xml" not in archive.namelist():
                raise _refusal("itemfile.not_a_spreadsheet")
            for part in archive.infolist():
                with archive.open(part) as stream:
                    body = stream.read(room + 1)
                room -= len(body)
                if room < 0 or (part.filename.startswith("xl/worksheets/") and _sprawls(body)):
                    raise _refusal("itemfile.too_large")
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        # RuntimeError is how zipfile says that a part is behind a password.
        raise _refusal("itemfile.broken") from error


def _sprawls(body: bytes) -> bool:
    """Say whether a cell stands so far out that the empty room before it would fill the memory."""
    return any(
        len(column) > 2 or _place(column) > MAX_COLUMNS or int(row) > MAX_ROWS
        for column, row in _CELL.findall(body)
    )


def _place(column: bytes) -> int:
    place = 0
    for letter in column:
        place = place * 26 + letter - 64
    return place


def _text(cell: Any) -> str:
    """Return a cell as a writer sees it: whole numbers without a point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _refusal(code: str) -> BankInvalid:
    return BankInvalid((Problem(0, code),))
