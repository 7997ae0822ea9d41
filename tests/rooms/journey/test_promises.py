"""Does the house know how its promises stand, in each step and over everybody?"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kompeten.applications.models import Application
from kompeten.certificates import tasks as certificates
from kompeten.decisions import actions as decisions
from kompeten.decisions import queries as agenda
from kompeten.exams import actions as exams
from kompeten.journey import queries
from kompeten.journey.terms import Tally
from kompeten.kernel.roles import Role
from kompeten.practicals import tasks as practicals_tasks
from kompeten.schemes.terms import Component, Route, Service
from tests.make import applications as make_applications
from tests.make import exams as make_exams
from tests.make import journey as make
from tests.make import people as make_people
from tests.make import portfolios as make_portfolios
from tests.make import practicals as make_practicals
from tests.make import verification as make_verification
from tests.make.certificates import issue_all
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
QUERIES = 14


def tally(service: Service, **asked: Any) -> Tally:
    return {found.service: found for found in queries.tallies(**asked)}[service]


def counts(*, at: datetime) -> dict[Service, int]:
    return {found.service: found.count for found in queries.tallies(at=at) if found.count}


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

    assert counts(at=TUESDAY) == {Service.VERIFICATION: 1, Service.READING: 1}


def test_each_step_of_the_way_is_counted_where_it_waits_and_nowhere_else() -> None:
    traveler = make.Traveler()
    make.applied(traveler)
    assert counts(at=traveler.at) == {Service.VERIFICATION: 1}
    make.reviewed(traveler)
    assert counts(at=traveler.at) == {}  # the portfolio is the candidate's own turn

    make.read(traveler)
    ready_at = traveler.at
    both = {Service.EXAM: 1, Service.PERFORMANCE: 1}
    assert counts(at=traveler.at) == both
    entry = make.seated(traveler)
    assert counts(at=traveler.at) == both  # a seat is not yet an exam
    waiting = tally(Service.EXAM, at=traveler.at)
    make.sat(traveler, entry)
    assert counts(at=traveler.at) == {Service.PERFORMANCE: 1}
    make.closed(traveler, entry.sitting)
    make.rated(traveler, Component.PRACTICE)
    assert counts(at=traveler.at) == {Service.PERFORMANCE: 1}
    slot, ratings = make.booked(traveler, Component.INTERVIEW)
    assert counts(at=traveler.at) == {Service.PERFORMANCE: 1}

    traveler.at = slot.ends_at
    for rating in ratings:
        make_practicals.rate(rating, traveler.pool, 4, at=traveler.later(minutes=20))
    practicals_tasks.rate(at=traveler.at)
    assert counts(at=traveler.at) == {Service.RESULT: 1}
    over = tally(Service.RESULT, at=traveler.at)
    traveler.drain()
    assert counts(at=traveler.at) == {Service.DECISION: 1}

    # Each clock began when the turn of the step came, as the candidate's own page says.
    assert waiting.oldest_at == ready_at
    assert over.oldest_at == slot.ends_at


def test_the_clock_of_a_certificate_runs_from_the_decision_until_it_is_out() -> None:
    make.keys_made()
    traveler = make.Traveler(route=Route.DIRECT_CERTIFICATION)
    make.applied(traveler)
    make.reviewed(traveler)
    make.read(traveler)
    make.rated(traveler, Component.INTERVIEW)
    members = make.committee(traveler.at)
    meeting = make.convened(traveler, members)
    make.proposed(traveler, meeting)
    assert counts(at=traveler.at) == {Service.DECISION: 1}

    decided_at = traveler.at
    decisions.decide(meeting, list(agenda.agenda(meeting)), by=members[0], at=decided_at)
    assert counts(at=traveler.at) == {Service.CERTIFICATE: 1}
    rng = traveler.rng()
    decree = decisions.close(
        meeting, minutes="Rapat pleno.", by=members[0], at=traveler.at, rng=rng
    )
    unsigned = tally(Service.CERTIFICATE, at=traveler.later(days=1))
    assert (unsigned.count, unsigned.oldest_at) == (1, decided_at)
    director = make_people.account(make.CHAIR + 11, Role.DIRECTOR, at=traveler.at, label="Wayan")
    decisions.sign(decree, place="Jakarta", by=director, at=traveler.at)
    certificates.reserve(at=traveler.at)
    assert counts(at=traveler.at) == {Service.CERTIFICATE: 1}  # begun is not out

    issue_all(traveler.at)
    assert counts(at=traveler.at) == {}


def test_what_broke_off_is_still_owed_and_who_stayed_away_has_had_theirs() -> None:
    sitting, people = make_exams.sitting(), []
    for n in (1, 2):
        application, by = make_applications.accepted(n, route=Route.TRAINING)
        people.append((make_exams.seated(sitting, [application])[0], by))
    (broken, candidate), (away, _) = people
    make_exams.opened(sitting)
    at = sitting.opens_at + HOUR
    exams.start(make_exams.mine(broken, candidate), by=candidate, at=sitting.opens_at)
    assert counts(at=at)[Service.EXAM] == 1

    broken.refresh_from_db()
    exams.interrupt(broken, reason="Listrik padam.", by=make_exams.PUTU, at=at)
    assert counts(at=at)[Service.EXAM] == 2
    exams.close_sitting(sitting, by=make_exams.PUTU, at=sitting.closes_at)

    away.refresh_from_db()
    assert away.state == "absent"
    assert counts(at=sitting.closes_at)[Service.EXAM] == 1


@pytest.mark.parametrize("count", [1, 30])
def test_tallies_cost_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    for n in range(1, count + 1):
        make_applications.accepted(n, route=Route.TRAINING)
    queries.tallies(at=TUESDAY)

    with django_assert_num_queries(QUERIES):
        queries.tallies(at=TUESDAY)
