"""Are lines of one person joined, and two people never?"""

from collections.abc import Callable
from typing import Any

import pytest

from kompeten.applications.rules.duplicates import same_people
from kompeten.applications.rules.entries import Judge, read
from kompeten.applications.rules.lines import Line
from kompeten.applications.terms import Verdict
from tests.make.collective import KNOWN, ON, grid, judged, one_person
from tests.make.steps import counted

ROUNDED = 3271956701920000.0
TWIN = "3271956701920002"
LETTERS = str.maketrans("0123456789", "abcdefghij")


def verdicts(*people: dict[str, Any]) -> list[str]:
    return [row.verdict.value for row in judged(grid(*people)).rows]


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"name": "DEWI LESTARI, S.Sos."},
        {"name": "Dewi"},
        {"name": ""},
        {"birth_on": ""},
        {"birth_on": "27-01-1993"},
        {"name": "Dewi L.", "birth_on": "27 Januari 1992", "phone": "", "route": "Pendidikan"},
        {"nik": "'3271 9567 0192 0001"},
        {"nik": ROUNDED},
        {"nik": ROUNDED, "birth_on": "", "phone": "", "email": ""},
        {"nik": "327195670192000"},
        {"nik": "327956701920001", "name": "Dewi  LESTARI"},
        {"nik": "3.27196E+15"},
        {"nik": ""},
        {"nik": "", "phone": "", "email": "DEWI@contoh.example"},
    ],
)
def test_a_second_line_of_one_person_is_a_duplicate(again: dict[str, Any]) -> None:
    assert verdicts(one_person(), one_person(**again)) == ["good", "duplicate"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # twins: one serial apart, all else but the name the same
        ({}, {"nik": TWIN, "name": "Desi Lestari"}),
        ({"nik": ROUNDED}, {"nik": ROUNDED, "name": "Desi Lestari"}),
        ({}, {"nik": ROUNDED, "name": "Desi Lestari"}),
        ({}, {"nik": "", "name": "Desi Lestari"}),
        ({}, {"nik": TWIN[:15], "name": "Desi Lestari"}),
        # namesakes
        ({}, {"nik": "3271956701920011"}),
        ({}, {"nik": "5171956701920000", "phone": "", "email": ""}),
        ({"nik": ROUNDED}, {"nik": 5171956701920000.0}),
        ({}, {"nik": "", "phone": "0811111111", "email": ""}),
        ({}, {"nik": "", "birth_on": "28/01/1992"}),
        ({}, {"nik": "", "birth_on": ""}),
        ({"nik": ROUNDED}, {"nik": ROUNDED, "birth_on": "28/01/1992"}),
        ({"nik": "3.27196E+15"}, {"nik": "3.27196E+15", "phone": "0811111111", "email": ""}),
        ({"nik": "", "name": ""}, {"nik": "", "name": ""}),
        ({"nik": ROUNDED, "name": ""}, {"nik": ROUNDED, "name": ""}),
    ],
)
def test_two_people_stay_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    rows = judged(grid(one_person(**one), one_person(**other))).rows

    assert [row.duplicate_of for row in rows] == [None, None]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Budi Hartono", "sex": "L", "birth_on": "01/02/1980"},
        {"name": "Desi Lestari"},
        {"name": "Dewi", "birth_on": "01/02/1980"},
        {"name": "Dewi", "sex": "L"},
        {"name": "", "birth_on": "01/02/1980"},
    ],
)
def test_one_nik_with_two_people_waits_for_repair_on_both_lines(other: dict[str, Any]) -> None:
    rows = judged(grid(one_person(), one_person(**other))).rows

    assert [row.verdict for row in rows] == [Verdict.REPAIR, Verdict.REPAIR]
    assert all("nik.shared" in row.reasons for row in rows)


def test_a_damaged_nik_that_fits_two_people_is_joined_to_neither() -> None:
    namesakes = [one_person(), one_person(nik=TWIN)]

    assert verdicts(*namesakes, one_person(nik=ROUNDED)) == ["good", "good", "repair"]


def test_namesakes_of_one_day_are_asked_about() -> None:
    rows = judged(grid(one_person(), one_person(nik="5171956701920011"))).rows

    assert [row.verdict.value for row in rows] == ["good", "good"]
    assert ["person.resembles" in row.entry.warnings for row in rows] == [True, True]


def test_the_good_line_is_kept_and_the_bad_ones_name_it() -> None:
    people = [
        one_person(nik=ROUNDED),
        one_person(route=""),
        one_person(),
        one_person(),
        one_person(nik=ROUNDED, route="", region_code="99.99"),
    ]

    rows = judged(grid(*people)).rows

    assert [row.verdict.value for row in rows] == ["duplicate", "duplicate", "good"] + [
        "duplicate"
    ] * 2
    assert {row.duplicate_of for row in rows} == {None, ("Peserta", 4)}
    assert rows[4].reasons == ("person.duplicate", "nik.rounded", "region.unknown", "route.missing")


def test_without_a_good_line_the_one_with_the_fewest_reasons_is_kept() -> None:
    people = [one_person(nik=ROUNDED, route=""), one_person(route=""), one_person(region_code="")]

    assert verdicts(*people) == ["duplicate", "repair", "duplicate"]


def test_people_are_joined_across_sheets() -> None:
    first = grid(one_person(nik=ROUNDED), name="Kelompok 1")
    second = grid(one_person(), name="Kelompok 2")

    rows = judged(first, second).rows

    assert [(row.verdict.value, row.duplicate_of) for row in rows] == [
        ("duplicate", ("Kelompok 2", 2)),
        ("good", None),
    ]


def test_a_line_spelt_another_way_still_finds_its_person_by_that_spelling() -> None:
    people = [
        one_person(name="Muhammad Ali Lubis", sex=""),
        one_person(name="Moh. Ali Lubis", sex=""),
        one_person(name="Moh. Ali Lubis", sex="", nik=ROUNDED),
    ]

    assert verdicts(*people) == ["good", "duplicate", "duplicate"]


@pytest.mark.parametrize(
    "person",
    [
        lambda number: one_person(nik="", phone="", email=""),
        lambda number: one_person(name=f"{number:05d}".translate(LETTERS)),
    ],
    ids=["one name without NIK", "one NIK with many names"],
)
def test_a_list_made_to_be_compared_all_with_all_is_not(
    person: Callable[[int], dict[str, Any]],
) -> None:
    def calls(count: int) -> int:
        line_of = {place: index for index, place in enumerate(one_person())}
        judge = Judge(KNOWN, ON)
        readings = [
            read(Line([person(n).get(field, "") for field in line_of], line_of), judge)
            for n in range(count)
        ]
        with counted() as steps:
            groups = same_people(readings)
        assert len(groups) == count
        return steps.calls

    # Four times the lines take four times the steps; all with all would take sixteen times.
    assert calls(1200) < 6 * calls(300)
