"""Is a workbook read as a spreadsheet shows it, and anything else refused before it does harm?"""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.applications.adapters import workbook
from kompeten.applications.adapters.workbook import Limits
from kompeten.applications.terms import ListUnreadable
from tests.make import workbooks
from tests.make.collective import judged, one_person
from tests.make.workbooks import SHEET, altered, put_list, small, with_cells

PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
EDGE = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def refusal(content: bytes, **limits: int) -> str:
    with pytest.raises(ListUnreadable) as refused:
        workbook.read(content, limits=Limits(**limits))
    return refused.value.code


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda body: body.replace(old, new)


def document() -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n", "file.empty"),
        (b"<html><p>Yth. Kepala Dinas</p></html>", "file.not_a_spreadsheet"),
        (b"Yth. Kepala Dinas, terlampir daftar.\n", "file.not_a_spreadsheet"),
        (b"{\\rtf1 NIK;Nama;Lahir}", "file.not_a_spreadsheet"),
        (PICTURE, "file.not_a_spreadsheet"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "file.not_a_spreadsheet"),
        (b"%PDF-1.7\n", "file.not_a_spreadsheet"),
        (b"PK\x05\x06" + bytes(18), "file.not_a_spreadsheet"),
        (document(), "file.not_a_spreadsheet"),
        (altered(small(), {"xl/workbook.bin": b"x"}), "file.old_format"),
        (altered(small(), {"content.xml": b"<x/>"}), "file.broken"),
        (
            altered(small(), {SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'}),
            "file.broken",
        ),
        (workbooks.compound("Root Entry", "EncryptedPackage"), "file.encrypted"),
        (workbooks.compound("Root Entry", "Workbook"), "file.broken"),
        (workbooks.compound("Root Entry", "Book"), "file.broken"),
        (workbooks.compound("Root Entry", "WordDocument"), "file.not_a_spreadsheet"),
        (small()[:-30], "file.truncated"),
        (small()[: len(small()) // 2], "file.truncated"),
        (small()[:4], "file.truncated"),
        (altered(small(), {"xl/workbook.xml": b"<workbook"}), "file.broken"),
        (altered(small(), {SHEET: b"\x00\x01\x02"}), "file.broken"),
        (altered(small(), {SHEET: "<a/>".encode("utf-16")}), "file.broken"),
        (altered(small(), {"XL/WORKBOOK.XML": b"<workbook/>"}), "file.broken"),
        (altered(small(), {SHEET: replaced(b'r="A1"', b'r="A0"')}), "file.broken"),
    ],
)
def test_what_is_no_workbook_is_refused_for_what_it_is(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_file_over_the_limit_is_not_looked_at() -> None:
    assert refusal(PICTURE + bytes(100), file_bytes=100) == "file.too_large"


def test_zip_encryption_is_told() -> None:
    flagged = bytearray(small())
    start = flagged.index(b"PK\x01\x02")
    flagged[start + 8] |= 1

    assert refusal(bytes(flagged)) == "file.encrypted"


@pytest.mark.parametrize(
    "content",
    [
        altered(small(), {"xl/media/x.bin": bytes(250_000_000)}),
        altered(small(), {SHEET: b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>"}),
        altered(small(), {f"xl/{number}.xml": b"<x/>" for number in range(600)}),
        workbooks.lying(altered(small(), {SHEET: b" " * 250_000_000}), SHEET, size=100),
        altered(small(), {"xl/_rels/workbook.xml.rels": lambda body: body.replace(
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="x" Target="worksheets/sheet1.xml"/></Relationships>')}),
        altered(small(), {"xl/workbook.xml": lambda body: body.replace(
            b"</sheets>", b'<sheet name="B" sheetId="2" r:id="rId1"/></sheets>')}),
        altered(small(), {
            "xl/sharedStrings.xml": b"<sst><si><t>" + random.Random(1).randbytes(20_000).hex().encode()
            + b"</t></si></sst>",
            SHEET: b"<worksheet><sheetData><row>" + b"".join(
                b'<c r="A%d" t="s"><v>0</v></c>' % row for row in range(1, 20_001)
            ) + b"</row></sheetData></worksheet>"}),
    ],
    ids=["large part", "dense part", "many parts", "a lie about the size", "one part as two sheets",
         "one sheet twice", "one text in every cell"],
)  # fmt: skip
def test_what_would_swell_is_refused_before_it_is_read(content: bytes) -> None:
    assert len(content) < 2_000_000
    assert refusal(content) == "file.zip_bomb"


@pytest.mark.parametrize(
    "rows",
    [
        EDGE,
        EDGE.replace(b"<row", b"<x:row").replace(b"<c ", b"<x:c "),
        EDGE.replace(b'r="XFD1048576"', b"t='n' r='XFD1048576'"),
        EDGE.replace(b'<c r="XFD1048576">', b'<c a=">" r="XFD1048576">'),
        EDGE.replace(b"<c ", b"<c\n"),
        b'<row r="1048570"><c><v>1</v></c><c r="AAA1048570"><v>1</v></c></row>',
        b'<row r="1000000">' + b"<c><v>1</v></c>" * 5 + b"</row>",
    ],
)
def test_a_cell_far_from_the_list_is_refused_however_it_is_written(rows: bytes) -> None:
    assert (
        refusal(with_cells(b'<row r="1"><c r="A1"><v>1</v></c></row>' + rows)) == "file.sprawling"
    )


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1"><c r="A&#49;"><v>1</v></c></row>',
        b"<row r=\"1\"><c r='A1' x=<><v>1</v></c></row>",
        b'<row r="1"><c r="A1" t="s"><v>&#48;</v></c></row>',
    ],
)
def test_a_disguised_cell_is_refused(rows: bytes) -> None:
    assert refusal(with_cells(rows)) == "file.broken"


def test_cells_without_references_are_read_where_they_stand() -> None:
    rows = b"<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"

    (sheet,) = workbook.read(with_cells(rows))

    assert sheet.rows == [[1.0, 2.0], [3.0, ""]]


def test_a_million_empty_rows_below_the_list_do_no_harm() -> None:
    empty = b'<row r="3"><c r="A3" s="0"/></row>' + b"".join(
        b'<row r="%d"/>' % row for row in range(4, 1_000_003)
    )

    (sheet,) = workbook.read(
        altered(small(), {SHEET: replaced(b"</sheetData>", empty + b"</sheetData>")})
    )

    assert len(sheet.rows) == 2
    assert [row.verdict.value for row in judged(sheet).rows] == ["good"]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    def write(book: Any, sheet: Any) -> None:
        put_list(sheet, one_person(birth_on="27/01/1992"), top=7)

    (row,) = judged(*workbook.read(workbooks.workbook(write))).rows

    assert row.place == ("Peserta", 9)


def test_columns_may_begin_anywhere() -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(4, 3, ["NIK", "Nama", "Tgl Lahir"])
        sheet.write_row(5, 3, ["3271956701920001", "Dewi", "27/01/1992"])

    (row,) = judged(*workbook.read(workbooks.workbook(write))).rows

    assert (row.place.row, row.entry.name) == (6, "Dewi")


def test_cells_keep_their_kind() -> None:
    def write(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(0, 0, datetime.combine(date(1992, 1, 27), datetime.min.time()), day)
        sheet.write_number(0, 1, 3271956701920000)
        sheet.write_string(0, 2, "3271956701920000")
        sheet.write_formula(0, 3, '=HYPERLINK("http://contoh.example")', None, "klik")
        sheet.write_formula(0, 4, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(0, 5, True)

    (sheet,) = workbook.read(workbooks.workbook(write))

    assert sheet.rows == [
        [date(1992, 1, 27), 3271956701920000.0, "3271956701920000", "klik", "", True]
    ]


def test_a_number_without_end_is_a_text() -> None:
    (sheet,) = workbook.read(with_cells(b'<row r="1"><c r="A1"><v>1e999</v></c></row>'))

    assert sheet.rows == [["inf"]]


def test_a_formula_for_a_name_is_text_and_waits_for_repair() -> None:
    formula = '=CMD("calc")'
    (row,) = judged(*workbook.read(small(name=formula, employer=formula, number=1))).rows

    assert (row.verdict.value, row.reasons) == ("repair", ("name.formula",))
    assert (row.entry.name, row.entry.employer) == (formula, formula)


def test_hidden_sheets_are_read_and_chart_sheets_are_not() -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "x")
        book.add_worksheet("Lama").hide()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Peserta!$A$1:$A$1"})
        book.add_chartsheet("Grafik").set_chart(chart)

    assert [sheet.name for sheet in workbook.read(workbooks.workbook(write))] == ["Peserta", "Lama"]


def test_a_workbook_by_another_program_reads_the_same() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Peserta"
    book.active.append(["NIK", "Nama", "Tgl Lahir"])
    book.active.append(["3271956701920001", "Dewi", date(1992, 1, 27)])
    book.active.merge_cells("A4:C4")
    content = BytesIO()
    book.save(content)

    (sheet,) = workbook.read(content.getvalue())

    assert sheet.rows[1] == ["3271956701920001", "Dewi", date(1992, 1, 27)]
    assert sheet.merges == ((3, 0, 3, 2),)


def test_a_header_alone_is_a_list_of_nobody_and_refused() -> None:
    def write(book: Any, sheet: Any) -> None:
        put_list(sheet)

    with pytest.raises(ListUnreadable, match=r"file\.no_people"):
        judged(*workbook.read(workbooks.workbook(write)))


def test_a_workbook_without_header_is_refused() -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ["Kepada Yth.", "Kepala Pusat", "Terlampir daftar nama."])

    with pytest.raises(ListUnreadable, match=r"file\.no_header"):
        judged(*workbook.read(workbooks.workbook(write)))


GOOD = small()


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_scribbled_file_is_read_or_refused_and_nothing_else(place: int, scribble: bytes) -> None:
    content = GOOD[:place] + scribble + GOOD[place + len(scribble) :]

    with suppress(ListUnreadable):
        assert len(workbook.read(content)) == 1


@given(st.integers(0, len(GOOD) - 1))
def test_a_file_cut_short_anywhere_is_refused(length: int) -> None:
    assert refusal(GOOD[:length]) in {"file.empty", "file.truncated", "file.not_a_spreadsheet"}
