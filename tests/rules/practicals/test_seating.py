"""Who gets which seat, and which plan can be held?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.kernel.interval import Window
from kompeten.kernel.panels import meet
from kompeten.practicals.rules.seating import plan_reasons, seat, window
from kompeten.practicals.terms import Seat
from tests.make.times import MONDAY, TUESDAY

SEAT = Seat(TUESDAY, "Asia/Jakarta", link="https://rapat.example/1")


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, ()),
        ({"link": "", "site_id": 7}, ()),
        ({"zone": "Asia/Jayapura"}, ()),
        ({"starts_at": MONDAY}, ("seat.past",)),
        ({"link": ""}, ("seat.place_missing",)),
        ({"link": "javascript:alert(1)"}, ("seat.place_missing",)),
        ({"zone": "WIB+7"}, ("seat.zone_unknown",)),
        ({"zone": ""}, ("seat.zone_unknown",)),
        ({"zone": "../../etc/passwd"}, ("seat.zone_unknown",)),
        ({"zone": "Asia"}, ("seat.zone_unknown",)),
    ],
)
def test_a_plan_names_a_time_to_come_a_place_and_a_zone(
    change: dict[str, object], reasons: tuple[str, ...]
) -> None:
    plan = [SEAT, replace(SEAT, **change)]  # type: ignore[arg-type]

    assert plan_reasons(plan, at=MONDAY) == reasons


def test_each_candidate_gets_the_first_seat_that_finds_them_free() -> None:
    plan = [replace(SEAT, starts_at=TUESDAY + timedelta(hours=h)) for h in range(3)]
    busy = {1: [window(plan[0], 30)]}

    seated = seat([1, 2, 3, 4], plan, minutes=dict.fromkeys(range(1, 5), 30), busy=busy)

    assert seated == {1: plan[1], 2: plan[0], 3: plan[2]}


@given(
    st.lists(st.integers(0, 8), max_size=6),
    st.dictionaries(st.integers(1, 6), st.lists(st.integers(0, 8), max_size=3)),
)
def test_no_seat_is_given_twice_and_nobody_is_double_booked(
    hours: list[int], busy_hours: dict[int, list[int]]
) -> None:
    plan = [replace(SEAT, starts_at=TUESDAY + timedelta(hours=h)) for h in hours]
    busy: dict[int, list[Window]] = {
        who: [window(replace(SEAT, starts_at=TUESDAY + timedelta(hours=h)), 45) for h in times]
        for who, times in busy_hours.items()
    }

    seated = seat(range(1, 7), plan, minutes=dict.fromkeys(range(1, 7), 90), busy=busy)

    assert len(seated) <= len(plan)
    starts = sorted(place.starts_at for place in seated.values())
    assert all(starts.count(s) <= [p.starts_at for p in plan].count(s) for s in starts)
    for who, place in seated.items():
        assert not any(meet(window(place, 90), other) for other in busy.get(who, []))
