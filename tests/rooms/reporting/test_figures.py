"""Are people counted once where they stand, by province, for the price of two queries?"""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from kompeten.applications import actions as applications
from kompeten.kernel.roles import Role
from kompeten.reporting import queries
from kompeten.reporting.terms import Aside, Funnel, Stage, Wait
from kompeten.schemes.terms import Route
from kompeten.training import actions as training
from tests.make import applications as make_applications
from tests.make import decisions as make_decisions
from tests.make import exams as make_exams
from tests.make import portfolios as make_portfolios
from tests.make import training as make_training
from tests.make import verification as make_verification
from tests.make.actors import actor
from tests.make.people import person
from tests.make.times import MONDAY, NEXT_WEEK, TUESDAY

pytestmark = pytest.mark.django_db
YEAR = date(2026, 12, 31)


def reached(funnel: Funnel) -> dict[str, int]:
    """Return the counts of a funnel that are not nought."""
    return {tally.value: count for tally, count in funnel.total.items() if count}


def test_an_empty_house_counts_nought() -> None:
    funnel = queries.funnel(on=YEAR)

    assert reached(funnel) == {}
    assert funnel.provinces == ()
    assert (funnel.target_share, funnel.year_share) == (None, 1.0)


def test_each_is_counted_at_every_stage_reached_and_beside_the_way() -> None:
    make_applications.draft(1)
    make_applications.submitted(2)
    make_verification.returned(3)
    make_applications.accepted(4)
    withdrawn, owner = make_applications.submitted(5)
    applications.withdraw(withdrawn, by=owner, at=TUESDAY)

    assert reached(queries.funnel(on=YEAR)) == {
        "applied": 5,
        "submitted": 4,
        "accepted": 1,
        "returned": 1,
        "withdrawn": 1,
    }


def test_coming_back_after_a_return_counts_once() -> None:
    review, _ = make_verification.returned(1)
    ani = make_applications.owner(review.application)
    applications.submit(review.application, agreed=True, by=ani, at=TUESDAY)

    assert reached(queries.funnel(on=YEAR)) == {"applied": 1, "submitted": 1}


def test_the_whole_walk_is_counted_and_set_beside_the_target() -> None:
    make_decisions.certified(1)

    funnel = queries.funnel(on=YEAR, target=4)

    assert reached(funnel) == {
        "applied": 1,
        "submitted": 1,
        "accepted": 1,
        "portfolio_handed_in": 1,
        "portfolio_accepted": 1,
        "performed": 1,
        "decided": 1,
        "competent": 1,
        "certified": 1,
    }
    assert funnel.target_share == 0.25


def test_not_yet_competent_is_decided_and_not_certified() -> None:
    make_decisions.decided(1, mark=2)

    total = queries.funnel(on=YEAR).total

    assert (total[Stage.DECIDED], total[Stage.COMPETENT], total[Stage.CERTIFIED]) == (1, 0, 0)
    assert total[Aside.NOT_YET_COMPETENT] == 1


def test_seats_and_sessions_are_counted() -> None:
    entry, _ = make_exams.one_seated(1)
    fitri = make_training.coordinator()
    session = make_training.session(by=fitri)
    held = entry.application
    training.enrol_many(session, [held], by=fitri, at=MONDAY, rng=random.Random(1))
    [place] = session.enrolments.all()
    later = NEXT_WEEK + timedelta(hours=9)
    training.record_attendance(session, [place.pk], by=fitri, at=later)

    total = queries.funnel(on=YEAR).total

    assert (total[Stage.SEATED], total[Stage.SAT], total[Stage.PREPARED]) == (1, 0, 1)


def test_provinces_and_schemes_stand_apart() -> None:
    make_applications.submitted(1)
    elsewhere = person(2, region_code="32.73")
    applications.open_application(
        elsewhere,
        version=make_applications.version(),
        route=Route.TRAINING,
        by=actor(Role.APPLICANT, person_id=elsewhere),
        at=MONDAY,
        rng=random.Random(2),
    )

    funnel = queries.funnel(on=YEAR)

    assert [
        (r.province_code, r.counts[Stage.APPLIED], r.counts[Stage.SUBMITTED])
        for r in funnel.provinces
    ] == [("12", 1, 1), ("32", 1, 0)]
    assert reached(queries.funnel(on=YEAR, scheme="social_worker_generalist")) == {}
    assert reached(queries.funnel(on=YEAR, scheme=make_applications.SCHEME))["applied"] == 2


@pytest.mark.parametrize(
    ("on", "applied"), [(date(2026, 3, 1), 0), (date(2026, 3, 2), 1), (date(2027, 3, 2), 0)]
)
def test_a_year_goes_from_its_first_day_to_the_day_asked(on: date, applied: int) -> None:
    make_applications.draft(1, at=MONDAY)

    assert queries.funnel(on=on).total[Stage.APPLIED] == applied


@pytest.mark.parametrize("count", [1, 30])
def test_the_funnel_costs_two_queries_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    for n in range(1, count + 1):
        make_applications.accepted(n)

    with django_assert_num_queries(2):
        funnel = queries.funnel(on=YEAR)

    assert funnel.total[Stage.ACCEPTED] == count


def test_ages_name_the_oldest_and_the_middle_one() -> None:
    for n, days in enumerate((0, 1, 5), start=1):
        make_applications.submitted(n, at=MONDAY + timedelta(days=days))
    at = MONDAY + timedelta(days=10)

    by_wait = {age.wait: age for age in queries.ages(at=at)}

    claim = by_wait[Wait.CLAIM]
    assert (claim.count, claim.oldest_days, claim.median_days) == (3, 10.0, 9.0)
    assert claim.oldest_at == MONDAY
    assert by_wait[Wait.READING].count == 0
    assert by_wait[Wait.READING].oldest_days is None


def test_each_case_waits_in_one_place() -> None:
    make_verification.claimed(1)
    make_verification.returned(2, by=make_verification.verifier(5009))
    make_portfolios.drafted(3)
    make_portfolios.handed_in(4)

    waiting = {age.wait: age.count for age in queries.ages(at=TUESDAY) if age.count}

    assert waiting == {Wait.REVIEW: 1, Wait.CORRECTION: 1, Wait.PORTFOLIO: 1, Wait.READING: 1}


@pytest.mark.parametrize("count", [1, 30])
def test_ages_cost_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    for n in range(1, count + 1):
        make_applications.submitted(n)

    with django_assert_num_queries(10):
        queries.ages(at=TUESDAY)
