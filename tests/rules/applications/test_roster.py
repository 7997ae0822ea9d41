"""What does a whole list come to: verdicts, reasons, counts, and the two sample files?"""

import csv
import json
from importlib import resources
from typing import Any

import pytest

from kompeten.applications.adapters import workbook
from kompeten.applications.rules import mending, roster
from kompeten.applications.terms import Grid, Known, ListUnreadable, Roster, Sex, Verdict
from kompeten.schemes.terms import Level, Profession, Route
from tests.make.collective import KNOWN, ON, grid, judged, one_person

PROGRAMS = frozenset(
    (
        "PKH", "TKSK", "Tagana", "PSM", "Karang Taruna", "Sakti Peksos", "Peksos Adiksi",
        "Konselor Adiksi", "LKS/LKSA", "Dinas Sosial",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ()),
        ({"nik": ""}, ("nik.missing",)),
        ({"nik": "327195670192000"}, ("nik.length",)),
        ({"nik": 3271956701920000.0}, ("nik.rounded",)),
        ({"name": ""}, ("name.missing",)),
        ({"name": "12345"}, ("name.missing",)),
        ({"name": "=1+1"}, ("name.formula",)),
        ({"name": "A" * 121}, ("name.too_long",)),
        ({"name": "محمد علي"}, ("name.letters",)),
        ({"name": "Ani 😊"}, ("name.letters",)),
        ({"name": "ꦱꦶꦠꦶ"}, ("name.letters",)),
        ({"name": "Ani\u202eiladuB"}, ("name.letters",)),
        ({"name": "3271956701920001"}, ("name.digits",)),
        ({"name": "Jose\u0301 d\u200b'Arc-N\u0303un\u0303ez"}, ()),
        ({"name": "İBRAHİM"}, ()),
        ({"title": "S.Sos. 🎓"}, ("title_after.letters",)),
        ({"employer": "Dinas Sosial 社"}, ("employer.letters",)),
        ({"employer": "Dinas Sosial & P3A (Kab. Bogor)"}, ()),
        ({"birth_on": ""}, ("birth_date.missing",)),
        ({"birth_on": "31/02/1990"}, ("birth_date.impossible",)),
        ({"birth_on": "27/01/2020"}, ("birth_date.too_young",)),
        ({"birth_on": "03/03/2009"}, ("birth_date.too_young",)),
        ({"birth_on": "02/03/2009", "nik": "3271954203090001"}, ()),
        ({"region_code": ""}, ("region.unknown",)),
        ({"region_code": "99.99"}, ("region.unknown",)),
        ({"profession": ""}, ("scheme.unknown",)),
        ({"profession": "Guru"}, ("scheme.unknown",)),
        ({"level": ""}, ("scheme.unknown",)),
        ({"level": "ahli"}, ("scheme.unknown",)),
        ({"profession": "Penyuluh Sosial"}, ("scheme.unknown",)),
        ({"profession": "TKS Generalis", "level": ""}, ()),
        ({"profession": "Relawan Sosial", "level": "-"}, ()),
        ({"route": ""}, ("route.missing",)),
        ({"route": "undangan"}, ("route.unknown",)),
        (
            {"nik": "", "name": "", "birth_on": "", "region_code": "", "profession": "", "route": ""},
            ("nik.missing", "name.missing", "birth_date.missing", "region.unknown", "scheme.unknown",
             "route.missing"),
        ),
    ],
)  # fmt: skip
def test_a_line_is_given_every_reason_it_waits_for(
    changes: dict[str, Any], reasons: tuple[str, ...]
) -> None:
    (row,) = judged(grid(one_person(**changes))).rows

    assert row.reasons == reasons
    assert row.verdict is (Verdict.REPAIR if reasons else Verdict.GOOD)


@pytest.mark.parametrize(
    ("changes", "warnings"),
    [
        ({"phone": "tanya adik"}, ("phone.unclear",)),
        ({"email": "tanya adik"}, ("email.unclear",)),
        ({"started_on": "dulu"}, ("started_on.unclear",)),
        ({"started_on": "01/01/2030"}, ("started_on.unclear",)),
        ({"started_on": "2015"}, ("started_on.year_only",)),
        ({"started_on": "26/01/1992"}, ("started_on.unclear",)),
        ({"started_on": "01/01/1890"}, ("started_on.unclear",)),
        ({"birth_on": "27/01/92"}, ("birth_date.short_year",)),
        ({"birth_on": "26/01/1992"}, ("nik.birth_date_differs",)),
        ({"sex": "L"}, ("nik.sex_differs",)),
        ({"nik": "9999956701920001"}, ("nik.district_unknown",)),
        ({"employer": "x" * 161}, ("text.cut",)),
    ],
)
def test_what_only_needs_a_look_refuses_nothing(
    changes: dict[str, Any], warnings: tuple[str, ...]
) -> None:
    (row,) = judged(grid(one_person(**changes))).rows

    assert (row.verdict, row.entry.warnings) == (Verdict.GOOD, warnings)


@pytest.mark.parametrize("hours", ["seribu", -5.0, "-5", 1.344, "200.001", 1e9])
def test_hours_that_cannot_be_read_are_asked_about_and_left_empty(hours: Any) -> None:
    reading = mending.read_again(
        one_person(practice_hours=hours, birth_on="27/01/1992"), known=KNOWN, on=ON
    )

    assert (reading.reasons, reading.entry.warnings) == ((), ("practice_hours.unclear",))
    assert reading.entry.practice_hours is None


def test_a_rounded_nik_does_not_become_whole_by_being_written_down_again() -> None:
    (row,) = judged(grid(one_person(nik=3271956701920000.0))).rows

    again = mending.read_again(mending.as_written(row.entry), known=KNOWN, on=ON)

    assert row.entry.nik == "327195670192000"
    assert again.reasons == ("nik.length",)


def test_a_route_that_the_scheme_does_not_offer_waits() -> None:
    offers = {(Profession.WELFARE_WORKER, Level.GENERALIST): frozenset({Route.TRAINING})}
    known = Known(regions=frozenset({"32.71"}), schemes=offers, programs=frozenset({"PKH"}))
    sheet = grid(one_person(), one_person(nik="3271956701920099", route="Pendidikan"))

    rows = roster.judge([sheet], known=known, on=ON).rows

    assert [row.reasons for row in rows] == [(), ("route.not_offered",)]


def test_programs_are_written_as_known_and_asked_about_otherwise() -> None:
    known = Known(regions=KNOWN.regions, schemes=KNOWN.schemes, programs=frozenset({"LKS/LKSA"}))
    header = ["NIK", "Nama", "Program"]
    sheet = Grid(
        "A", [header, ["3271956701920001", "Ani", "lks lksa"], ["3271956701920002", "Eko", "XYZ"]]
    )

    entries = [row.entry for row in roster.judge([sheet], known=known, on=ON).rows]

    assert [entry.program for entry in entries] == ["LKS/LKSA", "XYZ"]
    assert ["program.unknown" in entry.warnings for entry in entries] == [False, True]


def test_titles_come_from_the_name_and_from_their_columns() -> None:
    header = ["NIK", "Nama", "Gelar Depan", "Gelar Belakang", "Gelar"]
    lines = [
        ["3271956701920001", "Hj. Ani, S.Sos.", "Dra.", "M.Si.", ""],
        ["3271956701920002", "Eko, S.Sos.", "", "S.SOS", ""],
        ["3271956701920003", "Budi", "", "", "Drs."],
        ["3271956701920004", "Citra", "", "", "S.ST."],
    ]

    rows = judged(Grid("A", [header, *lines])).rows

    assert [(row.entry.title_before, row.entry.name, row.entry.title_after) for row in rows] == [
        ("Hj., Dra.", "Ani", "S.Sos., M.Si."),
        ("", "Eko", "S.Sos."),
        ("Drs.", "Budi", ""),
        ("", "Citra", "S.ST."),
    ]


def test_place_and_date_of_birth_may_share_a_column() -> None:
    header = ["NIK", "Nama", "Tempat, Tanggal Lahir"]

    (row,) = judged(Grid("A", [header, ["3271956701920001", "Ani", "Bogor, 27 Januari 1992"]])).rows

    assert (row.entry.birth_place, f"{row.entry.birth_on}") == ("Bogor", "1992-01-27")


def test_sheets_without_people_are_named_when_they_hold_something() -> None:
    notes = Grid("Petunjuk", [["Isi semua kolom"]])
    blank = Grid("Sheet3", [["", " "]])

    assert judged(notes, grid(one_person()), blank).unread == ("Petunjuk",)


def test_a_list_without_any_header_is_refused() -> None:
    with pytest.raises(ListUnreadable) as refused:
        judged(Grid("A", [["3271956701920001", "Ani"]]))

    assert refused.value.code == "file.no_header"


def test_the_report_is_the_contract() -> None:
    sheet = grid(
        one_person(),
        one_person(),
        one_person(nik="", name="Eko", route=""),
        below=([], ["JUMLAH", 3.0]),
    )

    report = roster.report(judged(sheet))

    assert json.loads(json.dumps(report)) == {
        "rows": [
            {"sheet": "Peserta", "row": 2, "name": "Dewi Lestari", "nik": "3271956701920001",
             "verdict": "good", "reasons": []},
            {"sheet": "Peserta", "row": 3, "name": "Dewi Lestari", "nik": "3271956701920001",
             "verdict": "duplicate", "reasons": ["person.duplicate"]},
            {"sheet": "Peserta", "row": 4, "name": "Eko", "nik": "",
             "verdict": "repair", "reasons": ["nik.missing", "route.missing"]},
        ],
        "counts": {"rows": 3, "good": 1, "repair": 1, "duplicate": 1, "skipped": 2,
                   "nik.missing": 1, "person.duplicate": 1, "route.missing": 1},
    }  # fmt: skip


def sample(name: str) -> Roster:
    """Return a sample list, judged with all regencies and the programmes it speaks of."""
    content = resources.files("kompeten.applications").joinpath("data/samples", name).read_bytes()
    table = resources.files("kompeten.regions").joinpath("data/regions.csv").read_text("utf-8")
    regions = list(csv.DictReader(table.splitlines()))
    known = Known(
        regions=frozenset(region["code"] for region in regions if region["kind"] != "province"),
        schemes=KNOWN.schemes,
        programs=PROGRAMS,
    )
    return roster.judge(workbook.read(content), known=known, on=ON)


def test_the_clean_sample_is_good_throughout() -> None:
    clean = sample("kolektif-bersih-40.xlsx")

    assert roster.counts(clean) == {
        "rows": 40,
        "good": 40,
        "repair": 0,
        "duplicate": 0,
        "skipped": 0,
    }
    assert [row.place.row for row in clean.rows] == list(range(2, 42))
    assert {row.entry.warnings for row in clean.rows} == {()}


def test_the_first_line_of_the_clean_sample_is_read_in_full() -> None:
    entry = sample("kolektif-bersih-40.xlsx").rows[0].entry

    said = {name: getattr(entry, name) for name in entry.__slots__}
    assert {name: str(value) for name, value in said.items()} == {
        "nik": "3271972701920001", "name": "Slamet Tandi", "title_before": "", "title_after": "S.Tr.Sos.",
        "sex": Sex.MALE.value, "birth_place": "Bogor", "birth_on": "1992-01-27", "region_code": "32.71",
        "address": "Jl. Ningsih No. 54", "phone": "+6285934492883", "email": "slamet.1@contoh.example",
        "education": "S1 non-Kesos", "employer": "Dinas Sosial Bogor", "position": "Pendamping",
        "program": "Tagana", "started_on": "2006-01-20", "practice_hours": "1500",
        "profession": "social_volunteer", "level": "None", "route": "direct_certification",
        "warnings": "()",
    }  # fmt: skip


def test_the_field_sample_names_what_was_planted_in_it() -> None:
    field = sample("kolektif-lapangan-630.xlsx")

    # 630 people, 16 of them listed twice. Of the 134 lines with a fault (6 with two) seven repeat
    # somebody whose other line is good, so 127 people wait. Below each of the three lists stand
    # four lines of foot, and seven blank lines stand between people.
    assert roster.counts(field) == {
        "rows": 646, "good": 503, "repair": 127, "duplicate": 16, "skipped": 19, "person.duplicate": 16,
        "nik.rounded": 74, "nik.length": 16, "region.unknown": 22, "route.missing": 28,
    }  # fmt: skip
    assert {(row.place.sheet, row.place.row, row.duplicate_of and row.duplicate_of.row)
            for row in field.rows if row.duplicate_of} == {
        ("Kelompok 1", 26, 25), ("Kelompok 1", 35, 36), ("Kelompok 1", 63, 62), ("Kelompok 1", 68, 67),
        ("Kelompok 1", 96, 95), ("Kelompok 1", 149, 148), ("Kelompok 1", 223, 222),
        ("Kelompok 2", 50, 49), ("Kelompok 2", 112, 111), ("Kelompok 2", 137, 136),
        ("Kelompok 2", 179, 178), ("Kelompok 3", 92, 91), ("Kelompok 3", 123, 122),
        ("Kelompok 3", 131, 130), ("Kelompok 3", 152, 151), ("Kelompok 3", 174, 173),
    }  # fmt: skip


def test_the_field_sample_has_the_people_of_the_clean_one() -> None:
    field = {row.entry.email: row.entry for row in sample("kolektif-lapangan-630.xlsx").rows}
    clean = [row.entry for row in sample("kolektif-bersih-40.xlsx").rows if row.entry.email]

    same = ("name", "sex", "birth_on", "phone", "profession", "level", "employer", "practice_hours")
    assert [[getattr(field[entry.email], name) for name in same] for entry in clean] == [
        [getattr(entry, name) for name in same] for entry in clean
    ]
