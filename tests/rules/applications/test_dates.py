"""Is a day the same day in each notation, and an impossible one refused?"""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.applications.rules.dates import Sight, birth, day, split_birth
from tests.make.collective import MONTHS, ON
from tests.rules.applications.test_cells import ANY_CELL

DAYS = st.dates(date(1930, 1, 1), date(2010, 12, 31))


@given(DAYS)
def test_a_day_is_the_same_in_each_notation(meant: date) -> None:
    month = MONTHS[meant.month - 1]
    notations = [
        meant,
        datetime.combine(meant, time(7, 30)),
        f"{meant:%d/%m/%Y}",
        f"{meant.day}/{meant.month}/{meant.year}",
        f"{meant:%d-%m-%Y}",
        f"{meant:%d.%m.%Y}",
        f"{meant.day} {month} {meant.year}",
        f" {meant.day}  {month.upper()}  {meant.year} ",
        f"{meant.day}-{month[:3]}-{meant.year}",
        f"{meant:%Y-%m-%d}",
        f"{meant:%Y-%m-%d} 00:00:00",
        f"{meant:%Y/%m/%d}",
        f"Senin, {meant.day} {month} {meant.year}",
        f"'{meant:%d/%m/%Y}",
        float((meant - date(1899, 12, 30)).days),
    ]

    assert {birth(cell, on=ON) for cell in notations} == {(meant, Sight.CLEAR)}


@given(DAYS, st.sampled_from(["31/02/{y}", "30-02-{y}", "31 April {y}", "29/02/1990", "12-13-{y}",
                              "00/01/{y}", "{y}-13-01", "{y}-02-30", "32 Mei {y}", "5 Foo {y}"]))  # fmt: skip
def test_a_day_that_no_calendar_has_is_impossible(meant: date, notation: str) -> None:
    assert birth(notation.format(y=meant.year), on=ON) == (None, Sight.IMPOSSIBLE)


@pytest.mark.parametrize(
    "cell",
    ["05/13/1985", "3 Maret 2026", "1 Januari 2035", date(2026, 3, 3), "1840-01-01", "1985", 1985.0,
     "kemarin", 3.0, -1.0, 1e18, "27/01/992", time(12, 0), True, "17 Agustus", "32/71"],
)  # fmt: skip
def test_what_cannot_be_a_birth_date_is_impossible(cell: Any) -> None:
    assert birth(cell, on=ON) == (None, Sight.IMPOSSIBLE)


@pytest.mark.parametrize("cell", ["", " ", "-", "belum ada", 0, 0.0])
def test_an_empty_date_is_empty(cell: Any) -> None:
    assert birth(cell, on=ON) == (None, Sight.EMPTY)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("27/01/92", date(1992, 1, 27)), ("1-1-05", date(2005, 1, 1)), ("2 Maret 26", date(1926, 3, 2)),
     ("5/5/15", None)],
)  # fmt: skip
def test_two_digits_of_a_year_mean_somebody_grown_up(cell: str, meant: date | None) -> None:
    expected = (meant, Sight.SHORT_YEAR) if meant else (None, Sight.IMPOSSIBLE)
    assert birth(cell, on=ON) == expected


@pytest.mark.parametrize("cell", [2015, 2015.0, "2015", "Th. 2015", "tahun 2015"])
def test_a_start_may_be_a_year_alone(cell: Any) -> None:
    assert day(cell, on=ON) == (date(2015, 1, 1), Sight.YEAR_ONLY)


def test_the_leap_day_exists_in_leap_years_only() -> None:
    assert birth("29/02/1988", on=ON) == (date(1988, 2, 29), Sight.CLEAR)
    assert birth("29/02/1989", on=ON) == (None, Sight.IMPOSSIBLE)


def test_somebody_may_be_born_on_the_day_of_the_list_but_not_later() -> None:
    assert birth(ON, on=ON) == (ON, Sight.CLEAR)


@pytest.mark.parametrize(
    ("cell", "place", "written"),
    [("Bogor, 27 Januari 1992", "Bogor", "27 Januari 1992"), ("BOGOR/27-01-1992", "BOGOR", "27-01-1992"),
     ("Kab. Bogor - 27/01/1992", "Kab. Bogor", "27/01/1992"), ("Bogor", "Bogor", ""),
     ("27/01/1992", "", "27/01/1992"), ("", "", "")],
)  # fmt: skip
def test_place_and_date_may_stand_in_one_cell(cell: str, place: str, written: str) -> None:
    assert split_birth(cell) == (place, written)


@given(ANY_CELL)
def test_any_cell_is_a_living_persons_birth_date_or_none(cell: Any) -> None:
    born, sight = birth(cell, on=ON)

    assert (born is None) == (sight in (Sight.EMPTY, Sight.IMPOSSIBLE))
    assert born is None or date(1916, 1, 1) <= born <= ON
