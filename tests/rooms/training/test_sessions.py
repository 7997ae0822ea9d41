"""Is a session planned, filled within its places, held, and does the list leave its ties?"""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kompeten.applications import queries as applications
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.impartiality import queries as impartiality
from kompeten.impartiality.models import Tie
from kompeten.impartiality.terms import Act
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Person
from kompeten.training import actions, queries
from kompeten.training.chart import ENROLMENT, SESSION
from kompeten.training.models import Enrolment, Session
from kompeten.training.terms import Enrolled, EnrolmentState, Holding, State, Zone
from tests.make import applications as make_applications
from tests.make import training as make
from tests.make.people import account, person
from tests.make.times import MONDAY, NEXT_WEEK, TUESDAY

pytestmark = pytest.mark.django_db
LATER = NEXT_WEEK + timedelta(hours=9)


def rng() -> random.Random:
    return random.Random(11)


def enrolled(session: Session, numbers: range, *, by: Actor) -> list[Enrolment]:
    """Give the persons `numbers` places, and return them in that order."""
    candidates = [make_applications.accepted(n)[0] for n in numbers]
    actions.enrol_many(session, candidates, by=by, at=TUESDAY, rng=rng())
    return list(session.enrolments.order_by("id"))


def test_a_session_is_planned_announced_and_stands_in_the_calendar() -> None:
    fitri = make.coordinator()

    session = make.session(by=fitri, zone=Zone.WIT, place="", link="https://rapat.example/1")

    [row] = queries.calendar(queries.visible(fitri), since=MONDAY)
    assert (row.title, row.zone, row.state, row.left) == ("Bimtap 1", Zone.WIT, State.OPEN, 40)
    assert row.trainers == (Person.objects.get(pk=person(make.GILANG)).name,)
    assert [e.type for e in ledger.history("session", session.pk)] == [
        "session.opened",
        "session.announced",
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"place": ""}, "session.nowhere"),
        ({"quota": 0}, "session.no_places"),
        ({"ends_at": MONDAY}, "session.ends_before_start"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(change: dict, reason: str) -> None:
    plan = make.planned(**change)

    with pytest.raises(StepRefused) as refusal:
        actions.plan(plan, by=make.coordinator(), at=MONDAY, rng=rng())

    assert refusal.value.reasons == (reason,)
    assert Session.objects.count() == 0


def test_who_is_accepted_waits_until_a_place_is_given() -> None:
    fitri = make.coordinator()
    candidate, _ = make_applications.accepted()
    make_applications.submitted(2)
    session = make.session(by=fitri)
    assert list(queries.inbox()) == [candidate]
    assert [row.ref for row in queries.waiting_rows(queries.inbox())] == [candidate.ref]

    given = actions.enrol_many(session, [candidate], by=fitri, at=TUESDAY, rng=rng())

    assert given == Enrolled(given=1, here_before=0, elsewhere=0)
    assert list(queries.inbox()) == []
    assert Session.objects.get(pk=session.pk).taken == 1


def test_places_are_refused_when_they_do_not_reach_and_nobody_gets_one() -> None:
    fitri = make.coordinator()
    session = make.session(by=fitri, quota=2)
    candidates = [make_applications.accepted(n)[0] for n in (1, 2, 3)]

    with pytest.raises(StepRefused) as refusal:
        actions.enrol_many(session, candidates, by=fitri, at=TUESDAY, rng=rng())

    assert refusal.value.reasons == ("session.full",)
    assert Enrolment.objects.count() == 0
    assert Session.objects.get(pk=session.pk).taken == 0


def test_the_same_list_twice_gives_no_second_place() -> None:
    fitri = make.coordinator()
    here, other = make.session(1, by=fitri), make.session(2, by=fitri)
    candidates = [make_applications.accepted(n)[0] for n in (1, 2, 3)]
    actions.enrol_many(other, candidates[:1], by=fitri, at=TUESDAY, rng=rng())

    first = actions.enrol_many(here, candidates, by=fitri, at=TUESDAY, rng=random.Random(1))
    again = actions.enrol_many(here, candidates, by=fitri, at=TUESDAY, rng=random.Random(2))

    assert first == Enrolled(given=2, here_before=0, elsewhere=1)
    assert again == Enrolled(given=0, here_before=2, elsewhere=1)
    assert Enrolment.objects.count() == 3


def test_only_accepted_applications_get_a_place() -> None:
    fitri = make.coordinator()
    application, _ = make_applications.submitted()

    with pytest.raises(StepRefused) as refusal:
        actions.enrol_many(make.session(by=fitri), [application], by=fitri, at=TUESDAY, rng=rng())

    assert refusal.value.reasons == ("enrolment.not_accepted",)


def test_a_session_not_announced_gives_no_places() -> None:
    fitri = make.coordinator()
    session = actions.plan(make.planned(), by=fitri, at=MONDAY, rng=rng())
    candidate, _ = make_applications.accepted()

    with pytest.raises(StepRefused) as refusal:
        actions.enrol_many(session, [candidate], by=fitri, at=TUESDAY, rng=rng())

    assert refusal.value.reasons == ("step.not_open",)


def test_a_place_given_back_can_be_given_to_somebody_else() -> None:
    fitri = make.coordinator()
    session = make.session(by=fitri, quota=1)
    candidate, ani = make_applications.accepted(1)
    other, _ = make_applications.accepted(2)
    actions.enrol_many(session, [candidate], by=fitri, at=TUESDAY, rng=random.Random(1))
    [row] = queries.mine(ani)
    place = queries.own(row.ref, ani)
    assert place is not None

    actions.withdraw(place, by=ani, at=TUESDAY)
    session.refresh_from_db()
    actions.enrol_many(session, [other], by=fitri, at=TUESDAY, rng=random.Random(2))

    assert list(queries.inbox()) == [candidate]
    assert [p.name for p in queries.participants(session)] == [
        Person.objects.get(pk=other.person_id).name
    ]


def test_a_stranger_cannot_give_a_place_back() -> None:
    fitri = make.coordinator()
    session = make.session(by=fitri)
    [place] = enrolled(session, range(1, 2), by=fitri)
    eko = account(5, Role.APPLICANT)

    assert queries.own(place.ref, eko) is None
    with pytest.raises(StepRefused) as refusal:
        actions.withdraw(place, by=eko, at=TUESDAY)

    assert refusal.value.reasons == ("enrolment.not_yours",)


def test_the_list_says_who_was_there_and_ties_the_trainer_to_them() -> None:
    fitri, gilang = make.coordinator(), make.trainer()
    session = make.session(by=fitri)
    came, missed = enrolled(session, range(1, 3), by=fitri)

    held = actions.record_attendance(session, [came.pk], by=gilang, at=LATER)

    assert held == Holding(attended=1, absent=1)
    assert [p.state for p in queries.participants(session)] == [
        EnrolmentState.ATTENDED,
        EnrolmentState.ABSENT,
    ]
    [tie] = Tie.objects.all()
    assert (tie.kind, tie.person_id, tie.candidate_id, tie.since, tie.source) == (
        "trained",
        gilang.person_id,
        came.application.person_id,
        date(2026, 3, 9),
        f"training:{session.ref}",
    )
    assert gilang.person_id is not None
    barred = impartiality.conflicts(
        [gilang.person_id],
        [came.application.person_id, missed.application.person_id],
        Act.EXAMINE,
        on=date(2027, 3, 9),
    )
    assert barred == {(gilang.person_id, came.application.person_id): ("tie.trained",)}


def test_who_was_absent_waits_for_another_session() -> None:
    fitri = make.coordinator()
    session = make.session(by=fitri)
    came, missed = enrolled(session, range(1, 3), by=fitri)

    actions.record_attendance(session, [came.pk], by=fitri, at=LATER)

    assert list(queries.inbox()) == [missed.application]
    assert queries.attended([came.application_id, missed.application_id]) == {came.application_id}


def test_a_list_is_corrected_until_it_is_final() -> None:
    fitri = make.coordinator()
    session = make.session(by=fitri)
    one, two = enrolled(session, range(1, 3), by=fitri)
    actions.record_attendance(session, [one.pk], by=fitri, at=LATER)

    actions.record_attendance(session, [two.pk], by=fitri, at=LATER)
    actions.close(session, by=fitri, at=LATER)
    with pytest.raises(StepRefused) as refusal:
        actions.record_attendance(session, [one.pk], by=fitri, at=LATER)

    assert refusal.value.reasons == ("step.not_open",)
    assert [p.state for p in queries.participants(session)] == [
        EnrolmentState.ABSENT,
        EnrolmentState.ATTENDED,
    ]
    events = ledger.history("session", session.pk)
    assert [e.type for e in events][-3:] == ["session.held", "session.corrected", "session.closed"]
    assert ledger.replay(SESSION, events) == session.state == State.CLOSED
    story = ledger.history("enrolment", one.pk)
    assert ledger.replay(ENROLMENT, story) == EnrolmentState.ABSENT


def test_a_correction_does_not_give_somebody_two_places() -> None:
    fitri = make.coordinator()
    first, second = make.session(1, by=fitri), make.session(2, by=fitri)
    [place] = enrolled(first, range(1, 2), by=fitri)
    actions.record_attendance(first, [], by=fitri, at=LATER)
    actions.enrol_many(second, [place.application], by=fitri, at=LATER, rng=random.Random(3))

    with pytest.raises(StepRefused) as refusal:
        actions.record_attendance(first, [place.pk], by=fitri, at=LATER)

    assert refusal.value.reasons == ("enrolment.elsewhere",)
    assert Enrolment.objects.get(pk=place.pk).state == EnrolmentState.ABSENT


@pytest.mark.parametrize(
    ("at", "more", "ids", "reason"),
    [
        (TUESDAY, {}, [], "session.not_begun"),
        (LATER, {"trainers": ()}, [], "session.no_trainer"),
        (LATER, {}, [999_999], "enrolment.not_listed"),
    ],
)
def test_a_list_that_cannot_be_true_is_refused(
    at: Any, more: dict, ids: list[int], reason: str
) -> None:
    fitri = make.coordinator()
    session = make.session(by=fitri, **more)
    enrolled(session, range(1, 2), by=fitri)

    with pytest.raises(StepRefused) as refusal:
        actions.record_attendance(session, ids, by=fitri, at=at)

    assert refusal.value.reasons == (reason,)
    assert session.state == State.OPEN


def test_revising_changes_trainers_and_never_takes_places_away() -> None:
    fitri = make.coordinator()
    session = make.session(by=fitri)
    enrolled(session, range(1, 3), by=fitri)
    plan = make.planned()

    with pytest.raises(StepRefused) as refusal:
        actions.revise(session, replace(plan, quota=1), by=fitri, at=TUESDAY)
    session.refresh_from_db()
    actions.revise(session, replace(plan, trainers=(person(77),), quota=2), by=fitri, at=TUESDAY)

    assert refusal.value.reasons == ("session.full",)
    assert queries.trainer_ids(session) == [person(77)]
    assert Session.objects.get(pk=session.pk).quota == 2


def test_calling_a_session_off_sends_its_people_back_to_wait() -> None:
    fitri = make.coordinator()
    session = make.session(by=fitri)
    [place] = enrolled(session, range(1, 2), by=fitri)

    actions.cancel(session, reason="Banjir", by=fitri, at=TUESDAY)

    assert list(queries.inbox()) == [place.application]
    kept = Session.objects.get(pk=session.pk)
    assert (kept.state, kept.taken) == (State.CANCELLED, 0)
    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(title="lain")


def test_who_sees_which_sessions() -> None:
    fitri, gilang = make.coordinator(), make.trainer()
    own, other = make.session(1, by=fitri), make.session(2, by=fitri, trainers=(person(77),))
    eko = account(5, Role.APPLICANT)

    assert list(queries.visible(fitri).order_by("id")) == [own, other]
    assert list(queries.visible(gilang)) == [own]
    assert queries.session(own.ref, eko) is None


def test_an_applicant_cannot_plan_or_take_lists() -> None:
    eko = account(5, Role.APPLICANT)
    session = make.session(by=make.coordinator())

    with pytest.raises(StepRefused) as planning:
        actions.plan(make.planned(), by=eko, at=MONDAY, rng=rng())
    with pytest.raises(StepRefused) as listing:
        actions.record_attendance(session, [], by=eko, at=LATER)

    assert planning.value.reasons == listing.value.reasons == ("role.not_held",)


@pytest.mark.parametrize("count", [1, 30])
def test_bulk_costs_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    fitri = make.coordinator()
    session = make.session(by=fitri)
    for n in range(1, count + 1):
        make_applications.accepted(n)
    waiting = list(applications.accepted())

    with django_assert_num_queries(9):
        actions.enrol_many(session, waiting, by=fitri, at=TUESDAY, rng=rng())
    there = list(session.enrolments.values_list("id", flat=True))
    with django_assert_num_queries(11):
        actions.record_attendance(session, there, by=fitri, at=LATER)
    with django_assert_num_queries(1):
        assert len(queries.participants(session)) == count
    with django_assert_num_queries(3):
        assert len(queries.places(a.pk for a in waiting)) == count


@pytest.mark.parametrize("count", [1, 30])
def test_the_calendar_costs_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    fitri = make.coordinator()
    for n in range(1, count + 1):
        make.session(n, by=fitri)

    with django_assert_num_queries(3):
        rows = queries.calendar(queries.visible(fitri), limit=50)

    assert len(rows) == count
