"""What do counts come to?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.reporting import labels, rules
from kompeten.reporting.terms import Age, Aside, FunnelRow, Stage, Wait
from tests.make.times import MONDAY, TUESDAY


def test_sums_are_over_all_provinces_and_name_every_tally() -> None:
    rows = [
        FunnelRow("12", {Stage.APPLIED: 3, Aside.RETURNED: 1}),
        FunnelRow("32", {Stage.APPLIED: 4}),
    ]

    total = rules.total(rows)

    assert (total[Stage.APPLIED], total[Aside.RETURNED], total[Stage.CERTIFIED]) == (7, 1, 0)
    assert set(total) == {*Stage, *Aside}


def test_shares_of_those_who_went_on() -> None:
    counts = dict.fromkeys(rules.TALLIES, 0) | {Stage.APPLIED: 8, Stage.SUBMITTED: 6}

    assert rules.went_on(counts, Stage.APPLIED) is None
    assert rules.went_on(counts, Stage.SUBMITTED) == 0.75
    assert rules.went_on(counts, Stage.ACCEPTED) == 0.0
    assert rules.went_on(counts, Stage.PREPARED) is None


@pytest.mark.parametrize(
    ("certified", "target", "share"), [(5, 20, 0.25), (0, 20, 0.0), (5, None, None), (5, 0, None)]
)
def test_share_of_a_target(certified: int, target: int | None, share: float | None) -> None:
    assert rules.target_share(certified, target=target) == share


@given(st.dates(date(2020, 1, 1), date(2040, 12, 30)))
def test_the_year_only_grows_and_ends_at_one(on: date) -> None:
    following = on + timedelta(days=1)

    assert 0 < rules.year_share(on) <= 1
    assert (rules.year_share(following) > rules.year_share(on)) == (following.year == on.year)


def test_ages_are_in_days_and_never_negative() -> None:
    found = rules.age(Wait.CLAIM, 2, oldest_at=MONDAY, median_at=TUESDAY, at=TUESDAY)

    assert found == Age(Wait.CLAIM, 2, MONDAY, TUESDAY, 1.0, 0.0)
    ahead = datetime(2030, 1, 1, tzinfo=UTC)
    assert rules.age(Wait.CLAIM, 1, oldest_at=ahead, median_at=ahead, at=MONDAY).oldest_days == 0.0


def test_everything_counted_has_a_name() -> None:
    assert set(labels.STAGE) == set(Stage)
    assert set(labels.ASIDE) == set(Aside)
    assert set(labels.WAIT) == set(Wait)
