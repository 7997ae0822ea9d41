"""Is the time of an entry a function of window, minutes, start and instant, and of nothing else?"""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.rules import clock
from kompeten.exams.terms import Phase, Stage
from kompeten.kernel.interval import Window
from tests.make.times import LEAP_DAY, MONDAY, WIB_MIDNIGHT, YEAR_END

MINUTE = timedelta(minutes=1)
HOURS = timedelta(hours=1)
WINDOW = Window(MONDAY, MONDAY + 3 * HOURS)
minutes = st.integers(-120, 420)


def at(minute: int) -> datetime:
    return MONDAY + minute * MINUTE


def phase(minute: int, *, started: int | None = None, extra: int = 0) -> Phase:
    start = None if started is None else at(started)
    return clock.phase(WINDOW, minutes=90, started_at=start, extra_minutes=extra, at=at(minute))


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (-1, Phase(Stage.WAITING, None, at(0))),
        (0, Phase(Stage.READY, at(0), at(180))),
        (179, Phase(Stage.READY, at(0), at(180))),
        (180, Phase(Stage.MISSED, at(180), None)),
    ],
)
def test_before_the_start_the_window_rules(minute: int, expected: Phase) -> None:
    assert phase(minute) == expected


@pytest.mark.parametrize(
    ("minute", "started", "expected"),
    [
        (10, 10, Phase(Stage.RUNNING, at(10), at(100))),
        (99, 10, Phase(Stage.RUNNING, at(10), at(100))),
        (100, 10, Phase(Stage.OVER, at(100), None)),
        (150, 120, Phase(Stage.RUNNING, at(120), at(180))),  # a late start ends with the window
        (180, 120, Phase(Stage.OVER, at(180), None)),
    ],
)
def test_after_the_start_the_minutes_rule_within_the_window(
    minute: int, started: int, expected: Phase
) -> None:
    assert phase(minute, started=started) == expected


def test_extra_minutes_lengthen_both_for_this_person() -> None:
    assert phase(185, extra=20) == Phase(Stage.READY, at(0), at(200))
    assert phase(185, started=120, extra=20) == Phase(Stage.RUNNING, at(120), at(200))
    assert phase(100, started=0, extra=20) == Phase(Stage.RUNNING, at(0), at(110))


@pytest.mark.parametrize("opens", [WIB_MIDNIGHT, YEAR_END, LEAP_DAY])
def test_awkward_hours_are_hours_like_others(opens: datetime) -> None:
    window = Window(opens, opens + 2 * HOURS)

    found = clock.phase(window, minutes=90, started_at=opens, at=opens + 90 * MINUTE)

    assert found == Phase(Stage.OVER, opens + 90 * MINUTE, None)


@given(minutes, st.none() | st.integers(0, 179), st.integers(0, 60))
def test_a_phase_holds_until_its_bound_and_not_longer(
    minute: int, started: int | None, extra: int
) -> None:
    if started is not None and minute < started:
        return
    found = phase(minute, started=started, extra=extra)

    assert found.since is None or found.since <= at(minute)
    if found.until is None:
        assert found.stage in (Stage.OVER, Stage.MISSED)
        assert phase(minute + 10_000, started=started, extra=extra).stage is found.stage
    else:
        last = found.until - timedelta(microseconds=1)
        held = clock.phase(
            WINDOW,
            minutes=90,
            started_at=None if started is None else at(started),
            extra_minutes=extra,
            at=last,
        )
        assert at(minute) <= last
        assert held == found


@given(st.integers(0, 179), st.integers(0, 60))
def test_nobody_has_time_after_the_last_end(started: int, extra: int) -> None:
    end = clock.last_end(WINDOW, most_extra_minutes=extra)

    found = clock.phase(WINDOW, minutes=90, started_at=at(started), extra_minutes=extra, at=end)

    assert found.stage is Stage.OVER


@given(st.integers(0, 179), st.integers(0, 60), st.integers(0, 60))
def test_more_extra_time_never_ends_sooner(started: int, extra: int, more: int) -> None:
    def end(given: int) -> datetime:
        return clock.ends_at(WINDOW, minutes=90, started_at=at(started), extra_minutes=given)

    assert end(extra + more) >= end(extra)
    assert end(0) <= WINDOW.closes_at
