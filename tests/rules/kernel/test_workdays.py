"""Are working days counted as a person would with a calendar on the wall?"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.kernel.workdays import Band, Calendar, clock, soon, threshold

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
CHRISTMAS = Calendar(frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)}))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CALENDARS = st.frozensets(DAYS, max_size=40).map(Calendar)
INSTANTS = st.datetimes(datetime(2026, 6, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(DAYS, st.integers(0, 60), CALENDARS)
def test_days_between_are_those_one_counts_one_by_one(
    first: date, more: int, calendar: Calendar
) -> None:
    last = first + timedelta(days=more)

    counted = sum(calendar.is_open(first + timedelta(days=n)) for n in range(1, more + 1))

    assert calendar.between(first, last) == counted
    assert calendar.between(last, first) == -counted


@given(DAYS, st.integers(1, 25), CALENDARS)
def test_the_nth_working_day_has_so_many_before_it(
    day: date, count: int, calendar: Calendar
) -> None:
    due = calendar.after(day, count)

    assert calendar.is_open(due)
    assert calendar.between(day, due) == count


@given(DAYS, st.integers(0, 25), CALENDARS)
def test_before_is_the_last_day_since_which_so_many_have_passed(
    day: date, count: int, calendar: Calendar
) -> None:
    last = calendar.before(day, count)

    assert calendar.between(last, day) >= count
    assert count == 0 or calendar.between(last + timedelta(days=1), day) < count


@given(
    since=INSTANTS,
    later=st.timedeltas(timedelta(0), timedelta(days=60)),
    days=st.integers(1, 20),
    spent=st.integers(0, 25),
    calendar=CALENDARS,
    zone=st.sampled_from((WIB, WIT)),
)
def test_a_threshold_parts_clocks_just_as_each_clock_says_itself(
    since: datetime,
    later: timedelta,
    days: int,
    spent: int,
    calendar: Calendar,
    zone: ZoneInfo,
) -> None:
    at = since + later
    held = clock(since, days=days, at=at, zone=zone, calendar=calendar, spent=spent)

    def is_past(band: Band) -> bool:
        return since < threshold(band, days=days, spent=spent, at=at, zone=zone, calendar=calendar)

    assert is_past(Band.LATE) == (held.band is Band.LATE)
    assert is_past(Band.SOON) == (held.band in {Band.SOON, Band.LATE})


@pytest.mark.parametrize(
    ("on", "left", "band"),
    [
        (date(2026, 12, 21), 5, Band.ON_TIME),
        (date(2026, 12, 29), 1, Band.SOON),
        (date(2026, 12, 30), 0, Band.SOON),
        (date(2026, 12, 31), -1, Band.LATE),
        (date(2027, 1, 2), -1, Band.LATE),
        (date(2027, 1, 4), -2, Band.LATE),
    ],
)
def test_a_promise_of_five_days_passes_christmas(on: date, left: int, band: Band) -> None:
    since = datetime(2026, 12, 21, 1, 0, tzinfo=UTC)
    at = datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC)

    held = clock(since, days=5, at=at, zone=WIB, calendar=CHRISTMAS)

    assert (held.due_on, held.left, held.band) == (date(2026, 12, 30), left, band)


def test_a_clock_goes_on_from_where_it_stopped() -> None:
    since = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)

    held = clock(since, days=10, at=since, zone=WIB, calendar=Calendar(), spent=8)

    assert (held.used, held.left, held.due_on, held.share) == (8, 2, date(2026, 3, 4), 0.8)
    assert held.band is Band.SOON


def test_what_was_late_before_it_stopped_has_no_days_left() -> None:
    since = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)

    held = clock(since, days=5, at=since, zone=WIB, calendar=Calendar(), spent=9)

    assert (held.due_on, held.left, held.share) == (date(2026, 3, 2), 0, 1.8)


def test_a_day_begins_earlier_in_the_east() -> None:
    late_evening = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)  # 23.00 WIB, 01.00 WIT the next day

    dues = [
        clock(late_evening, days=1, at=late_evening, zone=zone, calendar=Calendar()).due_on
        for zone in (WIB, WIT)
    ]

    assert dues == [date(2026, 3, 3), date(2026, 3, 4)]


def test_the_shortest_promise_is_close_to_its_end_at_once() -> None:
    assert soon(1) == 1
