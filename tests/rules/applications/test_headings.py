"""Does somebody hear what each column was taken for, and is an answer kept to?"""

from typing import Any

import pytest

from kompeten.applications.rules import headings, places, unnamed
from kompeten.applications.rules.columns import find_header, is_needless, key
from kompeten.applications.terms import Grid, Source
from tests.make import messy
from tests.make.collective import ON, grid, judged, one_person
from tests.make.messy import HEAD, PEOPLE, PLACES

FOREIGN = ("Urut", "Nomer Kependudukan", "Anggota", "Hari Lahirnya", "Wilayah Kerja", "Angkatan")
FOREIGN_ROWS = [
    [1.0, "3271956701920001", "Dewi Lestari", "27/01/1992", "Kota Bogor", "XII"],
    [2.0, "7371950508850012", "Ahmad Fauzi", "05/08/1985", "Kota Bogor", "XII"],
]


def test_a_list_with_foreign_names_is_read_by_content_and_each_guess_is_told() -> None:
    (first, *_), told = messy_rows()

    assert (first.entry.name, first.entry.nik[-4:]) == ("Dewi Lestari", "0001")
    sources = {
        heading.label: (heading.source, heading.field or heading.proposed) for heading in told
    }
    assert sources["Nomer Kependudukan"] == (Source.CONTENT, "nik")
    assert sources["Anggota"] == (Source.CONTENT, "name")
    assert sources["Hari Lahirnya"] == (Source.CONTENT, "birth_on")
    assert sources["Angkatan"] == (Source.UNKNOWN, "")


def messy_rows(**meanings: str) -> tuple[Any, Any]:
    from kompeten.applications.rules import roster
    from tests.make.collective import KNOWN

    sheet = Grid("A", [list(FOREIGN), *FOREIGN_ROWS])
    found = roster.judge([sheet], known=KNOWN, on=ON, meanings=meanings)
    return found.rows, found.headings


def test_an_answer_goes_before_what_we_think() -> None:
    meanings = {
        "nomer kependudukan": "nik",
        "anggota": "",
        "angkatan": "name",
        "hari lahirnya": "birth_on",
    }

    rows, told = messy_rows(**meanings)

    assert [row.entry.name for row in rows] == ["Xii", "Xii"]
    assert {h.source for h in told if h.key in meanings} == {Source.OFFICE}


def test_an_answer_goes_before_a_known_name_too() -> None:
    rows = [["NIK", "Nama", "Nama Panggilan", "Tgl Lahir"], ["1", "Ani", "Rahayu", "x"]]

    header = find_header(Grid("A", rows), {"nama panggilan": "name"})

    assert header is not None
    assert header.columns["name"] == 2


def test_what_a_column_holds_is_shown_by_its_first_cells() -> None:
    sheet = grid(one_person(), one_person(nik="3271956701920002", name="Kartini"))

    told = {heading.field: heading for heading in judged(sheet).headings if heading.field}

    assert told["name"].samples == ("Dewi Lestari", "Kartini")
    assert told["name"].source is Source.NAME


def test_a_missing_column_is_told() -> None:
    sheet = Grid("A", [["NIK", "Nama", "Alamat"], ["3271956701920001", "Ani", "Jl. Melati"]])

    found = judged(sheet)

    assert found.missing == ("birth_on",)
    assert found.unsaid == ("profession", "level", "route", "region_code")


def test_place_and_date_in_one_cell_lack_nothing() -> None:
    assert (
        judged(
            Grid("A", [["NIK", "Nama", "TTL"], ["3271956701920001", "Ani", "Bogor, 1/1/1990"]])
        ).missing
        == ()
    )


@pytest.mark.parametrize(
    "label", ["Keterangan", "Nama Ibu Kandung", "Provinsi", "Umur", "TTD", "NIP"]
)
def test_columns_that_every_list_has_bother_nobody(label: str) -> None:
    sheet = Grid(
        "A", [["NIK", "Nama", "TTL", label], ["3271956701920001", "Ani", "Bogor, 1/1/1990", "x"]]
    )

    assert is_needless(label)
    assert judged(sheet).unclear == ()


def test_a_heading_is_the_same_however_it_is_written() -> None:
    assert key("Tgl. Lahir\n(dd/mm/yyyy)") == key("TGL  LAHIR dd mm yyyy")


@pytest.mark.parametrize(
    ("said", "lasts"), [("anggota", True), ("#3", False), ("=level", False), ("", False)]
)
def test_only_names_are_remembered(said: str, *, lasts: bool) -> None:
    assert headings.lasts(said) is lasts


def test_fields_are_told_from_their_cells() -> None:
    found = unnamed.fields([list(person) for person in PEOPLE], on=ON)

    by_name = {field: HEAD[column] for column, field in found.items()}
    assert by_name == {
        "number": "No", "nik": "NIK", "name": "Nama Lengkap", "sex": "L/P", "birth_on": "Tgl Lahir",
        "region_code": "Kode Kab/Kota", "phone": "No HP", "employer": "Instansi", "profession": "Profesi",
        "level": "Jenjang", "route": "Jalur",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Kota Bogor", {"32.71"}),
        ("KAB. BOGOR", {"32.10"}),
        ("Kabupaten Bogor, Jawa Barat", {"32.10"}),
        ("bogor", {"32.10", "32.71"}),
        ("Kodya Makassar", {"73.71"}),
        ("Wakanda", set()),
        ("", set()),
    ],
)
def test_a_place_is_found_by_its_name(written: str, codes: set[str]) -> None:
    assert places.codes(written, PLACES) == codes


def test_a_sheet_without_names_or_niks_is_no_list() -> None:
    assert unnamed.header(Grid("A", [["a", "b", "c"], [1.0, 2.0, 3.0]]), {}, on=ON) is None


def test_a_message_is_read_though_nothing_is_named() -> None:
    found = messy.read(messy.numbered_message())

    assert {heading.source for heading in found.unclear} == {Source.CONTENT}
