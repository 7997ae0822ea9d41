"""Write workbooks that no honest office sends: bombs, fragments, disguises."""

import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from tests.make.collective import HEADERS, one_person

SHEET = "xl/worksheets/sheet1.xml"


def workbook(write: Callable[[Any, Any], None]) -> bytes:
    """Return a workbook with one sheet, `Peserta`, which `write(book, sheet)` fills."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(content, options)
    write(book, book.add_worksheet("Peserta"))
    book.close()
    return content.getvalue()


def small(**changes: Any) -> bytes:
    """Return a workbook with a header and one good line, apart from `changes`."""

    def write(book: Any, sheet: Any) -> None:
        put_list(sheet, one_person(**{"birth_on": "27/01/1992"} | changes))

    return workbook(write)


def put_list(sheet: Any, *people: Mapping[str, Any], top: int = 0) -> None:
    """Write a header at row `top` (from 0) and the people below it."""
    sheet.write_row(top, 0, list(HEADERS[0].values()))
    for index, person in enumerate(people, start=top + 1):
        for column, name in enumerate(HEADERS[0]):
            sheet.write(index, column, person.get(name, ""))


def altered(content: bytes, changes: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """Return the workbook with parts replaced, changed or, when they are new, added."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(set(changes) - set(old.namelist()))]:
            change = changes.get(name)
            body = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(body) if callable(change) else change or body)
    return result.getvalue()


def with_cells(rows: bytes) -> bytes:
    """Return a workbook whose sheet holds these rows, written as given."""
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + rows + b"</sheetData></worksheet>"
    )
    return altered(small(), {SHEET: sheet})


def lying(content: bytes, name: str, *, size: int) -> bytes:
    """Return the archive with a part that claims to unpack to `size` bytes, in both headers.

    Its checksum is that of the first `size` bytes, so that readers which stop there are content.
    """
    with ZipFile(BytesIO(content)) as archive:
        part, body = archive.getinfo(name), archive.read(name)
    changed = bytearray(content)
    facts = struct.pack("<L", zlib.crc32(body[:size]))
    packed = struct.pack("<L", part.compress_size)
    claim = struct.pack("<L", size)
    local = part.header_offset
    changed[local + 14 : local + 26] = facts + packed + claim
    central = content.index(b"PK\x01\x02")
    while content[central + 46 : central + 46 + len(name)] != name.encode():
        central = content.index(b"PK\x01\x02", central + 4)
    changed[central + 16 : central + 28] = facts + packed + claim
    return bytes(changed)


def compound(*names: str) -> bytes:
    """Return the beginning of a compound file (OLE) whose directory has these entries."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + directory
