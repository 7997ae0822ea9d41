"""Are old workbooks, OpenDocument, texts and pages read as they are meant, and refused before they do harm?"""

import random
import struct
from contextlib import suppress
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.applications.adapters import old_workbook, workbook
from kompeten.applications.adapters.workbook import Limits
from kompeten.applications.rules import messages
from kompeten.applications.terms import ListUnreadable, Merge
from tests.make import containers
from tests.make.messy import HEAD, PEOPLE

_SECOND = [*PEOPLE[1][:8], "", *PEOPLE[1][9:]]
OLD = containers.xls({"Peserta": [HEAD, PEOPLE[0], _SECOND]}, merges=[(1, 2, 8, 8)])
OPEN = containers.ods({"Peserta": [HEAD, *PEOPLE]})
ROWS = "NIK;Nama;Tgl Lahir\n3271956701920001;Dewi;27/01/1992\n"


def refusal(content: bytes, **limits: int) -> str:
    with pytest.raises(ListUnreadable) as refused:
        workbook.read(content, limits=Limits(**limits))
    return refused.value.code


def test_an_old_workbook_keeps_days_numbers_and_merged_cells() -> None:
    (sheet,) = workbook.read(OLD)

    assert sheet.name == "Peserta"
    assert sheet.rows[1][5] == date(1992, 1, 27)
    assert sheet.rows[1][0] == 1.0
    assert sheet.merges == (Merge(1, 8, 2, 8),)


def test_a_cell_far_away_in_an_old_workbook_takes_no_room() -> None:
    far = [[""] * 255 + ["x"]] + [[]] * 65_534 + [["y"]]

    (sheet,) = workbook.read(containers.xls({"A": far}))

    assert len(sheet.rows) == 65_536
    assert sum(map(len, sheet.rows)) == 257


def test_an_old_workbook_with_a_password_is_refused_for_it() -> None:
    at = OLD.index(struct.pack("<HH", 0x0042, 2))  # the code page, an early record
    locked = OLD[:at] + struct.pack("<HH", 0x002F, 2) + OLD[at + 4 :]

    assert refusal(locked) == "file.encrypted"


def test_an_old_workbook_over_its_own_limit_is_not_opened() -> None:
    assert refusal(OLD + bytes(old_workbook.MOST_BYTES)) == "file.too_large"


def test_an_old_workbook_of_a_code_page_that_nobody_knows_is_refused() -> None:
    place = OLD.index(b"\x42\x00\x02\x00") + 4

    assert refusal(OLD[:place] + (708).to_bytes(2, "little") + OLD[place + 2 :]) == "file.broken"


@given(st.integers(0, len(OLD) - 1), st.binary(min_size=1, max_size=8))
def test_a_scribbled_old_workbook_is_read_or_refused_and_nothing_else(
    place: int, scribble: bytes
) -> None:
    with suppress(ListUnreadable):
        workbook.read(OLD[:place] + scribble + OLD[place + len(scribble) :])


@given(st.integers(0, len(OLD) - 1))
def test_an_old_workbook_cut_short_is_read_or_refused_and_nothing_else(length: int) -> None:
    with suppress(ListUnreadable):
        workbook.read(OLD[:length])


def test_an_open_document_keeps_days_and_numbers() -> None:
    (sheet,) = workbook.read(OPEN)

    assert (len(sheet.rows), sheet.rows[1][5], sheet.rows[1][0]) == (5, date(1992, 1, 27), 1.0)


def _filled(rows: int, columns: int, text: str = "x") -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type='
        f'"string" table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell>'
        "</table:table-row>"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (containers.ods({"A": []}, tail=_filled(1_048_576, 16_384, "")), "file.sprawling"),
        (containers.ods({"A": []}, tail=_filled(1_000, 1_000, "x" * 9_000)), "file.zip_bomb"),
        (containers.ods({"A": []}, tail=_filled(999_999, 999_999)), "file.zip_bomb"),
        (containers.ods({"A": []}, tail='<table:table-row table:number-rows-repeated="-1"/>'), "file.broken"),
        (containers.ods({"A": []}, tail="<table:table-row>"), "file.broken"),
        (containers.ods({}, changes={"content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
         "file.broken"),
        (containers.ods({}, changes={"content.xml": "<a/>".encode("utf-16")}), "file.broken"),
        (containers.ods({}, changes={"mimetype": b"application/vnd.oasis.opendocument.text"}),
         "file.not_a_spreadsheet"),
        (containers.ods({}, changes={"META-INF/manifest.xml": b"<a><manifest:encryption-data/></a>"}),
         "file.encrypted"),
        (containers.ods({}, changes={"content.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}), "file.zip_bomb"),
    ],
    ids=["a cell in every place", "one text a million times", "a trillion cells", "less than nothing",
         "not well formed", "entities", "another encoding", "a letter", "encrypted", "dense"],
)  # fmt: skip
def test_an_open_document_that_would_swell_is_refused_before_it_is_read(
    content: bytes, code: str
) -> None:
    assert len(content) < 200_000
    assert refusal(content) == code


def test_an_open_document_with_a_workbook_hidden_in_it_is_refused() -> None:
    both = BytesIO(containers.xlsx({"A": [HEAD]}))
    with ZipFile(both, "a") as archive:
        archive.writestr("content.xml", b"<a/>")

    assert refusal(both.getvalue()) == "file.broken"


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(),
        b"\xef\xbb\xbf" + ROWS.encode(),
        ROWS.encode("utf-16"),
        ROWS.encode("utf-16-le"),
        ROWS.encode("utf-16-be"),
        ROWS.replace("\n", "\r\n").encode("cp1252"),
        ROWS.replace("\n", "\r").encode(),
        ROWS.replace(";", ",").encode(),
        ROWS.replace(";", "\t").encode(),
        ROWS.replace(";", "|").encode(),
        ("sep=;\n" + ROWS).encode(),
        ROWS.replace("3271956701920001", '"=""3271956701920001"""').encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "little", "big", "windows", "old mac", "comma", "tab", "pipe", "told",
         "forced"],
)  # fmt: skip
def test_a_text_is_read_by_whatever_sign_and_encoding(content: bytes) -> None:
    (sheet,) = workbook.read(content)

    assert sheet.rows[-1] == ["3271956701920001", "Dewi", "27/01/1992"]


def test_letters_of_windows_are_kept() -> None:
    (sheet,) = workbook.read("NIK;Nama;Lahir\n1;Nur\u2019aini André;x\n".encode("cp1252"))

    assert sheet.rows[1][1] == "Nur\u2019aini André"


def test_a_comma_in_a_cell_is_no_separator_beside_a_better_sign() -> None:
    (sheet,) = workbook.read(b"NIK;Nama;TTL\n1;Dewi, S.Sos.;Bogor, 27 Januari 1992\n")

    assert sheet.rows[1] == ["1", "Dewi, S.Sos.", "Bogor, 27 Januari 1992"]


def test_a_page_lays_its_cells_out_as_a_browser_does() -> None:
    page = (
        b"<table><tr><td rowspan=2>a<td colspan=2>b &amp; c</tr><tr><td>d<td>e<table><tr><td>f</table>"
        b"</td></tr></table>"
    )

    outer, inner = workbook.read(page)

    assert outer.rows == [["a", "b & c", ""], ["", "d", "e"]]
    assert outer.merges == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert inner.rows == [["f"]]


@pytest.mark.parametrize(
    "page",
    [
        b"<table>" + b"<tr>" + b"<td colspan=1000>x" * 5_000,
        b"<table><tr>" + b"<td rowspan=1000>x" * 5_000 + b"</tr>" + b"<tr><td>y</tr>" * 2_000,
    ],
    ids=["wide", "tall"],
)
def test_a_page_with_too_many_cells_is_refused(page: bytes) -> None:
    assert refusal(page) == "file.sprawling"


@given(st.text(alphabet="<>/!-='\" abtdrhselcopn0129", max_size=300))
def test_any_page_is_read_or_refused_and_nothing_else(text: str) -> None:
    with suppress(ListUnreadable):
        workbook.read(f"<table>{text}".encode())


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    with suppress(ListUnreadable):
        workbook.read(content)


def test_hostile_texts_take_no_time_to_speak_of() -> None:
    rng = random.Random(1)
    for piece in (
        "<!--",
        "<style>",
        "<a " * 3,
        "<td",
        "a: " * 3,
        "1. " * 5,
        "\t;,|",
        '"',
        "<table><tr><td>",
    ):
        text = piece * (400_000 // len(piece)) + str(rng.random())
        with suppress(ListUnreadable):
            workbook.read(f"<table>{text}".encode())
        messages.rows(text)


def test_a_message_without_people_names_nobody() -> None:
    assert messages.rows("Selamat pagi Bu\nHubungi: 0812-3456-7890\nNama: belum ada") == []


def test_a_message_tells_people_apart_by_the_label_that_comes_again() -> None:
    text = "Nama: Ani\nNIK: 1\n\nNama: Eko\nNIK: 2\nAlamat: Jl. Melati"

    assert messages.rows(text) == [
        ["Nama", "NIK", "Alamat"],
        ["Ani", "1", ""],
        ["Eko", "2", "Jl. Melati"],
    ]
