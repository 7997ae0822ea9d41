"""Is a NIK read whole, and is a damaged one named for what happened to it?"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.applications.rules import nik
from kompeten.applications.terms import Sex
from tests.rules.applications.test_cells import ANY_CELL

NIKS = st.integers(11 * 10**14, 97 * 10**14).map(str)
ANI = "3271956701920001"


@given(NIKS.filter(lambda digits: not digits.endswith("0000")))
def test_sixteen_digits_as_text_are_whole_in_each_notation(digits: str) -> None:
    notations = [digits, f"'{digits}", f" {digits} ", f"{digits[:6]} {digits[6:12]} {digits[12:]}",
                 f"{digits[:4]}.{digits[4:8]}.{digits[8:]}", f"NIK: {digits}", f"{digits}.0",
                 f"\u200b{digits}", f"{digits[0]}.{digits[1:]}E+15"]  # fmt: skip

    assert {nik.read(cell) for cell in notations} == {nik.Nik(digits)}


@given(NIKS)
def test_a_number_that_a_spreadsheet_rounded_is_named_as_such(digits: str) -> None:
    typed = float(int(digits) // 10 * 10)

    read = nik.read(typed)

    assert (read.reason, read.sure) == ("nik.rounded", 15)
    assert read.digits[:15] == digits[:15]
    assert nik.compatible(read, nik.read(digits))


@given(st.integers(11 * 10**14, 2**53 - 1).filter(lambda number: number % 10))
def test_a_number_that_still_has_all_its_digits_is_taken(number: int) -> None:
    assert nik.read(float(number)) == nik.Nik(str(number), warnings=("nik.number",))


@given(st.integers(2**53, 97 * 10**14).map(lambda number: number // 10 * 10 + 6))
def test_a_number_too_large_to_be_exact_is_only_suspected(number: int) -> None:
    read = nik.read(float(number))

    assert (read.reason, read.warnings) == ("nik.rounded", ("nik.rounded_suspected",))


@pytest.mark.parametrize(
    ("cell", "reason", "sure"),
    [("3.27196E+15", "nik.rounded", 5), ("3,27196E+15", "nik.rounded", 5),
     ("3.2719567019200E+15", "nik.rounded", 13), ("3.27E+14", "nik.length", 16)],
)  # fmt: skip
def test_digits_missing_on_sight_are_rounded(cell: str, reason: str, sure: int) -> None:
    read = nik.read(cell)

    assert (read.reason, read.sure) == (reason, sure)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("", "nik.missing"), ("-", "nik.missing"), ("belum ada", "nik.missing"), (0, "nik.missing"),
     ("0", "nik.missing"), ("menyusul", "nik.missing"), (ANI[:15], "nik.length"), (ANI + "1", "nik.length"),
     (327195670192000.0, "nik.length"), (12.5, "nik.length"), (-1.0, "nik.length"), (1e300, "nik.length"),
     (float("inf"), "nik.length"), ("327195670192000O", "nik.length"), ("32719567019200٠1", "nik.length"),
     (ANI + " / " + ANI, "nik.length")],
)  # fmt: skip
def test_no_or_too_few_digits(cell: Any, reason: str) -> None:
    assert nik.read(cell).reason == reason


def test_serial_zero_is_asked_about_but_not_refused() -> None:
    assert nik.read("3271956701920000") == nik.Nik(
        "3271956701920000", warnings=("nik.serial_zero",)
    )


@pytest.mark.parametrize(
    ("digits", "born", "sex", "asked"),
    [
        (ANI, date(1992, 1, 27), Sex.FEMALE, ()),
        (ANI, None, None, ()),
        (ANI, date(1992, 1, 26), Sex.FEMALE, ("nik.birth_date_differs",)),
        (ANI, date(1992, 1, 27), Sex.MALE, ("nik.sex_differs",)),
        ("3271952701920001", date(1992, 1, 27), Sex.MALE, ()),
        ("3271952701920001", date(1892, 1, 27), Sex.MALE, ()),
        ("9999952701920001", date(1992, 1, 27), Sex.MALE, ("nik.district_unknown",)),
        ("3271959999920001", date(1992, 1, 27), Sex.FEMALE, ("nik.birth_date_differs",)),
        (ANI[:15], date(1980, 1, 1), Sex.MALE, ()),
    ],
)
def test_content_is_asked_about_and_never_refused(
    digits: str, born: date | None, sex: Sex | None, asked: tuple[str, ...]
) -> None:
    read = nik.read(digits)

    assert nik.questions(read, birth_on=born, sex=sex, districts=frozenset({"3271"})) == asked


@pytest.mark.parametrize(
    ("cell", "other", "fits"),
    [
        (ANI, ANI, True),
        (ANI, "3271956701920002", False),
        (float(int(ANI) // 10 * 10), "3271956701920002", True),
        (float(int(ANI) // 10 * 10), "3271956701920012", False),
        (ANI[:15], ANI, True),
        (ANI[:3] + ANI[4:], ANI, True),
        (ANI + "0", ANI, True),
        (ANI[1:] + "9", ANI, False),
        (ANI[:10], ANI, False),
        ("", ANI, False),
        ("3.27196E+15", ANI[:15], False),
        ("3.27196E+15", ANI, True),
        ("3.37196E+15", ANI, False),
    ],
)
def test_damaged_niks_are_compared_as_far_as_they_can_be_trusted(
    cell: Any, other: str, fits: bool
) -> None:
    assert nik.compatible(nik.read(cell), nik.read(other)) is fits
    assert nik.compatible(nik.read(other), nik.read(cell)) is fits


@given(ANY_CELL)
def test_any_cell_is_read(cell: Any) -> None:
    read = nik.read(cell)

    assert read.reason in ("", "nik.missing", "nik.length", "nik.rounded")
    assert set(read.digits) <= set("0123456789")
    assert read.reason or len(read.digits) == 16
