"""Does the house know how its promises stand, in each step and over everybody?"""

from datetime import timedelta
from typing import Any

import pytest

from kompeten.applications.models import Application
from kompeten.journey import queries
from kompeten.journey.terms import Tally
from kompeten.schemes.terms import Service
from tests.make import applications as make_applications
from tests.make import portfolios as make_portfolios
from tests.make import verification as make_verification
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def tally(service: Service, **asked: Any) -> Tally:
    return {found.service: found for found in queries.tallies(**asked)}[service]


def test_a_step_tells_who_is_in_time_close_to_the_day_and_late() -> None:
    for n, days in enumerate((0, 2, 10, 14, 14), start=1):
        make_applications.submitted(n, at=MONDAY + days * DAY)

    # Of ten working days from Monday 2 March, the last is the 16th; from the 4th it is the 25th, since the
    # 18th to the 24th hold five days off.
    found = tally(Service.VERIFICATION, at=MONDAY + 15 * DAY)

    assert (found.count, found.on_time, found.soon, found.late) == (5, 3, 1, 1)
    assert (found.oldest_at, found.median_at) == (MONDAY, MONDAY + 10 * DAY)


def test_what_is_new_since_then_is_told_apart() -> None:
    for n, days in enumerate((0, 1), start=1):
        make_applications.submitted(n, at=MONDAY + days * DAY)

    first = tally(Service.VERIFICATION, at=MONDAY + 15 * DAY)
    later = tally(Service.VERIFICATION, at=MONDAY + 16 * DAY, before=MONDAY + 15 * DAY)

    assert (first.new_soon, first.new_late) == (1, 1)
    assert (later.soon, later.late, later.new_soon, later.new_late) == (0, 2, 0, 1)
    again = tally(Service.VERIFICATION, at=MONDAY + 16 * DAY, before=MONDAY + 16 * DAY)
    assert (again.late, again.new_late) == (2, 0)


def test_what_comes_in_close_to_its_day_is_new_though_its_day_was_close_before() -> None:
    application, _ = make_applications.submitted(1, at=MONDAY + 3 * HOUR)
    Application.objects.filter(pk=application.pk).update(spent_days=8)

    found = tally(Service.VERIFICATION, at=MONDAY + DAY, before=MONDAY)

    assert (found.soon, found.new_soon) == (1, 1)


def test_a_file_in_review_is_still_one_that_waits() -> None:
    make_verification.claimed(1)
    make_verification.returned(2, by=make_verification.verifier(5009))
    make_portfolios.handed_in(3)

    found = {t.service: t.count for t in queries.tallies(at=TUESDAY)}

    assert found == {
        Service.VERIFICATION: 1,
        Service.READING: 1,
        Service.DECISION: 0,
        Service.CERTIFICATE: 0,
    }


@pytest.mark.parametrize("count", [1, 30])
def test_tallies_cost_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    for n in range(1, count + 1):
        make_applications.submitted(n)
    queries.tallies(at=TUESDAY)

    with django_assert_num_queries(6):
        queries.tallies(at=TUESDAY)
