"""Does one person's way show what the rooms hold, step by step, for the price of one?"""

import random
from typing import Any

import pytest

from kompeten.applications.models import Application
from kompeten.journey import queries
from kompeten.journey.terms import Milestone, Status, Step, Target
from kompeten.kernel.roles import Role
from kompeten.schemes.terms import Component
from kompeten.training import actions as training
from tests.make import applications as make_applications
from tests.make import decisions as make_decisions
from tests.make import exams as make_exams
from tests.make import portfolios as make_portfolios
from tests.make import practicals as make_practicals
from tests.make import training as make_training
from tests.make import verification as make_verification
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


def way(application: Application) -> dict[Step, Milestone]:
    fresh = Application.objects.get(pk=application.pk)
    return {m.step: m for m in queries.way(fresh, at=TUESDAY)}


def test_a_draft_shows_the_whole_way_of_its_route() -> None:
    draft = make_applications.draft()

    steps = way(draft)

    assert list(steps) == [
        Step.APPLICATION,
        Step.REVIEW,
        Step.PREPARATION,
        Step.PORTFOLIO,
        Step.COGNITIVE,
        Step.PRACTICE,
        Step.INTERVIEW,
        Step.DECISION,
        Step.CERTIFICATE,
    ]
    assert steps[Step.APPLICATION].yours


def test_a_return_asks_for_mending_by_its_day() -> None:
    review, _ = make_verification.returned()

    step = way(review.application)[Step.APPLICATION]

    assert (step.hint, step.by_on) == ("application.mend", review.correct_by_on)
    assert step.target_ref == review.application.ref


def test_a_review_under_way_is_told_apart_from_waiting() -> None:
    review, _ = make_verification.claimed(1)
    waiting, _ = make_applications.submitted(2)

    assert way(review.application)[Step.REVIEW].hint == "review.open"
    assert way(waiting)[Step.REVIEW].hint == "review.waiting"


def test_a_candidate_sees_session_and_portfolio_side_by_side() -> None:
    application, _ = make_verification.eligible()
    fitri = make_training.coordinator()
    session = make_training.session(by=fitri)
    training.enrol_many(session, [application], by=fitri, at=MONDAY, rng=random.Random(1))
    make_portfolios.tasks.open_dossiers(at=MONDAY)

    steps = way(application)

    assert steps[Step.REVIEW].status is Status.DONE
    assert steps[Step.PREPARATION].appointment is not None
    assert steps[Step.PREPARATION].appointment.place == "Aula Dinas Sosial"
    assert (steps[Step.PORTFOLIO].hint, steps[Step.PORTFOLIO].yours) == ("portfolio.write", True)
    assert steps[Step.COGNITIVE].hint == "exam.after_portfolio"


def test_a_seat_in_the_written_test_shows_its_window_and_zone() -> None:
    entry, _ = make_exams.one_seated()

    step = way(entry.application)[Step.COGNITIVE]

    assert step.target is Target.ENTRY
    assert step.target_ref == entry.ref
    assert step.appointment is not None
    assert (step.appointment.starts_at, step.appointment.zone) == (
        entry.sitting.opens_at,
        "Asia/Jakarta",
    )


def test_an_appointment_shows_when_and_where() -> None:
    slot, _, _ = make_practicals.booked(component=Component.PRACTICE)

    step = way(slot.application)[Step.PRACTICE]

    assert (step.status, step.target_ref) == (Status.NOW, slot.ref)
    assert step.appointment is not None
    assert step.appointment.link == slot.link


def test_a_certified_person_has_the_whole_way_behind_them() -> None:
    decision = make_decisions.certified()

    steps = way(decision.application)

    assert steps[Step.DECISION].hint == "decision.granted"
    assert steps[Step.CERTIFICATE].hint == "certificate.ready"
    assert {m.status for m in steps.values()} == {Status.DONE, Status.SKIPPED}


def test_not_yet_competent_is_said_with_the_decision_at_hand() -> None:
    decision = make_decisions.decided(mark=2)

    steps = way(decision.application)

    assert steps[Step.DECISION].hint == "decision.deferred"
    assert steps[Step.DECISION].target_ref == decision.ref
    assert steps[Step.CERTIFICATE].status is Status.BLOCKED


def test_people_see_their_own_ways_only() -> None:
    application, ani = make_applications.submitted(1)
    make_applications.submitted(2)

    [own] = queries.mine(ani, at=TUESDAY)

    assert own.application_ref == application.ref
    assert own.foremost.step is Step.REVIEW
    assert 0 < own.share < 1
    assert queries.mine(account(70, Role.VERIFIER), at=TUESDAY) == []


@pytest.mark.parametrize("count", [1, 30])
def test_ways_cost_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    held = [make_applications.accepted(n)[0] for n in range(1, count + 1)]
    make_portfolios.tasks.open_dossiers(at=MONDAY)
    fitri = make_training.coordinator()
    session = make_training.session(by=fitri)
    training.enrol_many(session, held, by=fitri, at=MONDAY, rng=random.Random(1))

    with django_assert_num_queries(11):
        found = queries.ways(held, at=TUESDAY)

    assert len(found) == count
