"""Are people told from sums, notes, signatures and everything else a sheet holds?"""

from typing import Any

import pytest

from kompeten.applications.rules import lines
from kompeten.applications.rules.columns import Header
from kompeten.applications.terms import Grid, Merge
from tests.make.collective import ON

HEADER = ["No", "NIK", "Nama", "Tgl Lahir", "Instansi", "Skema", "Jalur"]
ANI = [1.0, "3271956701920001", "Ani Rahayu", "27/01/1992", "Dinas Sosial", "TKS", "Pelatihan"]


def found(*rows: list[Any], merges: tuple[Merge, ...] = ()) -> list[tuple[int, str, str]]:
    """Return number, name and employer of the lines that name somebody."""
    sheet = Grid("A", [HEADER, *rows], merges)
    header = lines.start(sheet, None, {}, on=ON)
    assert header is not None
    return [
        (number, line.text("name"), line.text("employer"))
        for number, line in lines.people(sheet, header, {})
    ]


@pytest.mark.parametrize(
    "row",
    [
        [],
        ["", "", "", ""],
        ["JUMLAH", 210.0],
        ["", "Sub Total", "", 210.0],
        ["", "", "TOTAL PESERTA", 210.0, 3.0, 4.0, 5.0],
        ["Jumlah", "", "", 1.0, 2.0, 3.0, 4.0],
        ["KABUPATEN BOGOR"],
        ["Keterangan: data menyusul"],
        ["", "", "", "", "Mengetahui, Kepala Dinas Sosial"],
        ["", "", "Drs. Ahmad Lubis", "", "", "Dewi"],
        ["", "NIP. 197001011995031001"],
        ["", "NIP. 197001011995031001", "Drs. Ahmad Lubis"],
        ["", "", "", "NIP 19700101 199503 1 001"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
        [1.0],
        [1.0, "", "Agar semua peserta yang hadir membawa kartu tanda penduduk yang asli", ""],
        HEADER,
    ],
)
def test_a_line_that_names_nobody_is_left_out(row: list[Any]) -> None:
    assert found(ANI, row) == [(2, "Ani Rahayu", "Dinas Sosial")]


@pytest.mark.parametrize(
    "row",
    [
        ANI,
        [2.0, "", "Dewi"],
        ["2.", "", "Dewi"],
        ["", "3271956701920001", ""],
        ["", 327195670192000.0, ""],
        ["", "3271-9567-0192", "Dewi"],
        ["", "", "", "27/01/1992", "Dinas Sosial", "TKS", "Pelatihan"],
        ["", "menyusul", "Dewi", "27/01/1992", "Dinas"],
        ["", "3271956701920001", "Jumlah Pratiwi"],
    ],
)
def test_a_line_that_names_somebody_is_kept_however_little_it_says(row: list[Any]) -> None:
    assert [number for number, _, _ in found(row)] == [2]


def test_numbered_notes_at_the_foot_are_nobody() -> None:
    foot = [["Catatan:"], [1.0, "", "Bawa KTP"], [2.0, "", "Datang pagi"]]

    assert found(ANI, *foot, ANI) == [
        (2, "Ani Rahayu", "Dinas Sosial"),
        (6, "Ani Rahayu", "Dinas Sosial"),
    ]


def test_a_repeated_header_names_the_columns_anew() -> None:
    swapped = [HEADER[0], HEADER[2], HEADER[1], *HEADER[3:]]
    dewi = [2.0, "Dewi", "3271956701920002", *ANI[3:]]

    assert found(ANI, [], swapped, dewi) == [
        (2, "Ani Rahayu", "Dinas Sosial"),
        (5, "Dewi", "Dinas Sosial"),
    ]


def test_a_merged_office_is_meant_for_all_its_people() -> None:
    without = [*ANI[:4], "", *ANI[5:]]
    own = [*ANI[:4], "LKS Kasih", *ANI[5:]]

    rows = found(ANI, without, without, own, merges=(Merge(1, 4, 3, 4),))

    assert [employer for _, _, employer in rows] == ["Dinas Sosial"] * 3 + ["LKS Kasih"]


def test_a_merged_name_is_nobody_else() -> None:
    rows = found(ANI, ["", "", "", "", "lanjutan"], merges=(Merge(1, 1, 2, 1), Merge(1, 2, 2, 2)))

    assert rows == [(2, "Ani Rahayu", "Dinas Sosial")]


def test_overlapping_merges_cost_no_more_than_the_sheet() -> None:
    merges = tuple(Merge(1, 4, 10**6, 4) for _ in range(10_000))

    assert found(ANI, ANI, merges=merges) == [
        (2, "Ani Rahayu", "Dinas Sosial"),
        (3, "Ani Rahayu", "Dinas Sosial"),
    ]


def test_a_sheet_without_header_goes_on_with_the_columns_before_it() -> None:
    before = Header({"number": 0, "nik": 1, "name": 2}, 3, 4, {0: "No"})

    assert lines.start(Grid("B", [ANI]), before, {}, on=ON) == Header(before.columns, 0, 0)
    assert lines.start(Grid("B", [["Petunjuk", "isi semua kolom"]]), before, {}, on=ON) is None


def test_what_is_said_of_everybody_holds_where_no_column_says_it() -> None:
    line = lines.Line(
        ["Ani", ""], {"name": 0, "level": 1}, {"route": "Pelatihan", "level": "asisten"}
    )

    assert [line.text(field) for field in ("name", "route", "level")] == ["Ani", "Pelatihan", ""]


def test_a_short_row_is_read_as_far_as_it_goes() -> None:
    assert lines.Line(["x"], {"name": 0, "nik": 5}).text("nik") == ""
