"""Do references, intervals and actors say what they should at their edges?"""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.kernel import refs
from kompeten.kernel.actors import STRANGER, SYSTEM, Actor
from kompeten.kernel.interval import Period, Window
from kompeten.kernel.roles import Role

days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@given(st.integers())
def test_a_reference_is_ten_characters_that_nobody_misreads(seed: int) -> None:
    ref = refs.new(random.Random(seed))

    assert len(ref) == 10
    assert set(ref).isdisjoint("ILOU")
    assert refs.new(random.Random(seed)) == ref
    assert refs.normalise(ref) == ref


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ab12-cd34 ef", "AB12CD34EF"), ("o0iIlL1", "0011111"), (" \t", "")],
)
def test_a_reference_is_read_as_a_person_meant_it(typed: str, meant: str) -> None:
    assert refs.normalise(typed) == meant


def test_a_period_holds_its_first_day_and_not_its_end() -> None:
    period = Period(date(2028, 2, 29), date(2028, 3, 1))

    assert [period.holds(date(2028, 2, 29) + timedelta(n)) for n in (-1, 0, 1)] == [
        False,
        True,
        False,
    ]
    assert Period(date(2028, 2, 29)).holds(date(9999, 12, 31))


@given(days, days, days, days)
def test_periods_overlap_when_they_share_a_day(a: date, b: date, c: date, d: date) -> None:
    one = Period(min(a, b), max(a, b) + timedelta(1))
    two = Period(min(c, d), max(c, d) + timedelta(1))
    shared = any(two.holds(one.start + timedelta(n)) for n in range((one.end - one.start).days))

    assert one.overlaps(two) == two.overlaps(one) == shared


def test_an_open_period_overlaps_all_that_come() -> None:
    assert Period(date(2020, 1, 1)).overlaps(Period(date(2030, 1, 1), date(2031, 1, 1)))
    assert not Period(date(2030, 1, 1)).overlaps(Period(date(2020, 1, 1), date(2030, 1, 1)))


def test_a_window_holds_its_opening_and_not_its_close() -> None:
    window = Window(NOON, NOON + timedelta(minutes=90))

    assert window.holds(NOON)
    assert not window.holds(NOON - timedelta(microseconds=1))
    assert window.holds(window.closes_at - timedelta(microseconds=1))
    assert not window.holds(window.closes_at)


@pytest.mark.parametrize("end", [date(2026, 1, 1), date(2025, 12, 31)])
def test_what_ends_before_it_begins_is_refused(end: date) -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Period(date(2026, 1, 1), end)
    with pytest.raises(ValueError, match="closes after it opens"):
        Window(NOON, NOON)


def test_an_actor_may_what_one_of_its_roles_may() -> None:
    both = Actor(1, frozenset({Role.APPLICANT, Role.VERIFIER}))

    assert both.may(frozenset({Role.VERIFIER, Role.ADMIN}))
    assert not both.may(frozenset({Role.ADMIN}))
    assert not STRANGER.may(frozenset(Role))
    assert SYSTEM.may(frozenset({Role.SYSTEM}))


@pytest.mark.parametrize("role", Role)
def test_the_office_is_everybody_but_applicants_sponsors_referees_and_the_house(role: Role) -> None:
    outside = {Role.APPLICANT, Role.SPONSOR, Role.REFEREE, Role.SYSTEM}

    assert Actor(1, frozenset({role})).is_staff == (role not in outside)
