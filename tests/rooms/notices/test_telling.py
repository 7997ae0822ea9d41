"""Is everybody told what concerns them, once, and in time to act on it?"""

import random
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kompeten.applications import actions as applications
from kompeten.applications.chart import APPLICATION
from kompeten.applications.terms.application import Quarantine
from kompeten.certificates import actions as certifying
from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import SuspensionCause, WithdrawalCause
from kompeten.foundation import ledger
from kompeten.foundation.ledger.models import Cursor
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.roles import Role
from kompeten.notices import actions, queries, tasks
from kompeten.notices.models import Delivery, Notice
from kompeten.notices.terms import DeliveryState
from kompeten.people import actions as people
from kompeten.portfolios import tasks as portfolios
from kompeten.practicals import actions as practicals
from kompeten.practicals.terms import Cause
from kompeten.training import actions as training
from kompeten.verification import actions as verification
from kompeten.verification.terms import Fault, Ground, Remark, Topic
from tests.make import applications as make_applications
from tests.make import decisions as make_decisions
from tests.make import exams as make_exams
from tests.make import practicals as make_practicals
from tests.make import training as make_training
from tests.make import verification as make_verification
from tests.make.actors import actor
from tests.make.people import account, identity
from tests.make.times import MONDAY, NEXT_WEEK, TUESDAY

pytestmark = pytest.mark.django_db


def tell() -> None:
    while tasks.tell(at=TUESDAY):
        continue


def told(person_id: int) -> dict[str, Notice]:
    """Return what a person was told, by kind; each kind once."""
    notices = list(Notice.objects.filter(person_id=person_id).order_by("id"))
    assert len({n.kind for n in notices}) == len(notices)
    return {n.kind: n for n in notices}


def test_the_applicant_hears_that_the_application_has_come() -> None:
    application, ani = make_applications.submitted(at=MONDAY)

    tell()

    [notice] = Notice.objects.all()
    assert notice.person_id == ani.person_id
    assert notice.kind == "application.submitted"
    assert application.ref in notice.subject
    # Service days of the scheme, from the day it came.
    assert "Senin, 16 Maret 2026" in notice.body
    assert (notice.target, notice.target_ref) == ("application", application.ref)
    assert [d.state for d in Delivery.objects.all()] == [DeliveryState.QUEUED]


def test_a_return_tells_how_much_to_mend_and_by_when() -> None:
    remark = Remark(Topic.PRACTICE, Fault.UNCLEAR)
    review, _ = make_verification.returned(remarks=[remark])

    tell()

    notice = told(review.application.person_id)["application.returned"]
    assert "Senin, 16 Maret 2026" in notice.subject
    assert " 2 " in notice.body


def test_a_refusal_gives_its_grounds_in_words() -> None:
    review, budi = make_verification.judged()
    verification.reject(review, grounds=[Ground.AGE], by=budi, at=TUESDAY)

    tell()

    body = told(review.application.person_id)["application.rejected"].body
    assert [line for line in body.splitlines() if line.startswith("– ")]
    assert "ground." not in body


def test_who_was_told_at_once_of_a_file_in_quarantine_gets_no_letter_and_others_do() -> None:
    application, _ = make_applications.submitted()

    def quarantine(*, at_once: bool) -> None:
        facts = Quarantine({"diploma": "0" * 64}, "Eicar-Test-Signature", at_once)
        ledger.take(APPLICATION, "quarantine", application, by=SYSTEM, at=TUESDAY, facts=facts)

    quarantine(at_once=True)
    tell()
    assert "application.quarantined" not in told(application.person_id)

    quarantine(at_once=False)
    tell()
    body = told(application.person_id)["application.quarantined"].body
    assert "perangkat lunak berbahaya" in body
    assert "Eicar" not in body


def test_a_candidate_hears_of_acceptance_and_of_the_portfolio_with_its_day() -> None:
    application, _ = make_verification.eligible(at=MONDAY)
    portfolios.open_dossiers(at=MONDAY)

    tell()

    heard = told(application.person_id)
    assert list(heard) == ["application.submitted", "application.accepted", "dossier.opened"]
    assert "Rabu, 1 April 2026" in heard["dossier.opened"].subject
    assert heard["dossier.opened"].target == "dossier"


def test_a_place_is_told_with_time_zone_and_where() -> None:
    fitri = make_training.coordinator()
    session = make_training.session(by=fitri, zone="Asia/Makassar")
    candidate, _ = make_applications.accepted()
    rng = random.Random(1)
    training.enrol_many(session, [candidate], by=fitri, at=TUESDAY, rng=rng)

    tell()

    notice = told(candidate.person_id)["enrolment.opened"]
    assert "Senin, 9 Maret 2026 10.00 WITA" in notice.body
    assert "Aula Dinas Sosial" in notice.body
    assert (notice.target, notice.target_ref) == ("session", session.ref)


def test_everybody_with_a_place_hears_of_a_change_and_of_a_session_called_off() -> None:
    fitri = make_training.coordinator()
    session = make_training.session(by=fitri)
    candidates = [make_applications.accepted(n)[0] for n in (1, 2)]
    training.enrol_many(session, candidates, by=fitri, at=MONDAY, rng=random.Random(1))
    plan = make_training.planned(place="Gedung B")
    training.revise(session, plan, by=fitri, at=MONDAY)
    tell()
    training.cancel(session, reason="Banjir", by=fitri, at=TUESDAY)
    tell()

    for candidate in candidates:
        heard = told(candidate.person_id)
        assert "Gedung B" in heard["session.revised"].body
        assert "enrolment.withdrawn" in heard


def test_who_gives_a_place_back_is_not_told_so() -> None:
    fitri = make_training.coordinator()
    session = make_training.session(by=fitri)
    candidate, ani = make_applications.accepted()
    training.enrol_many(session, [candidate], by=fitri, at=MONDAY, rng=random.Random(1))
    [place] = session.enrolments.all()
    training.withdraw(place, by=ani, at=TUESDAY)

    tell()

    assert "enrolment.withdrawn" not in told(candidate.person_id)


def test_a_seat_is_told_with_window_minutes_and_zone() -> None:
    entry, candidate = make_exams.one_seated()
    assert candidate.person_id is not None

    tell()

    notice = told(candidate.person_id)["entry.opened"]
    assert "Senin, 9 Maret 2026 09.00 WIB" in notice.body
    assert f" {entry.sitting.minutes} " in notice.body
    assert (notice.target, notice.target_ref) == ("entry", entry.ref)


def test_an_appointment_and_its_end_are_told() -> None:
    slot, _, pool = make_practicals.booked()
    assessor = next(iter(pool.values()))
    practicals.interrupt(
        slot, cause=Cause.POWER, by=make_practicals.OFFICER, at=make_practicals.TEN
    )

    tell()

    heard = told(slot.person_id)
    assert "Senin, 9 Maret 2026 10.00 WIB" in heard["slot.opened"].body
    assert heard["slot.opened"].target_ref == slot.ref
    assert "slot.interrupted" in heard
    assert assessor.person_id not in set(Notice.objects.values_list("person_id", flat=True))


def test_competent_people_hear_of_decision_and_certificate() -> None:
    decision = make_decisions.certified()

    tell()

    heard = told(decision.person_id)
    assert "decision.granted" in heard
    certificate = certificates.of_applications([decision.application_id])[decision.application_id]
    assert certificate.number in heard["certificate.published"].subject
    assert heard["certificate.published"].target_ref == certificate.ref


def test_the_holder_hears_why_a_certificate_does_not_hold_and_for_how_long() -> None:
    decision = make_decisions.certified()
    held = certificates.of_applications([decision.application_id])[decision.application_id]
    registrar, director = actor(Role.REGISTRAR), actor(Role.DIRECTOR)
    ends_at = datetime(
        2026, 6, 30, 17, 0, tzinfo=UTC
    )  # midnight after the 30th where the body sits
    cause = SuspensionCause.INQUIRY

    certifying.suspend(
        held, cause=cause, note="Keluhan 12", ends_at=ends_at, by=registrar, at=TUESDAY
    )
    certifying.lift(held, by=registrar, at=TUESDAY)
    certifying.withdraw([held], cause=WithdrawalCause.CONDUCT, note="SK 9", by=director, at=TUESDAY)
    tell()

    heard = told(decision.person_id)
    assert "Selasa, 30 Juni 2026" in heard["certificate.suspended"].subject
    assert "Keluhan 12" in heard["certificate.suspended"].body
    assert held.number in heard["certificate.lifted"].subject
    withdrawn = heard["certificate.withdrawn"].body
    assert "kode etik dilanggar" in withdrawn
    assert "SK 9" in withdrawn


def test_not_yet_competent_people_hear_which_parts_and_how_to_go_on() -> None:
    decision = make_decisions.decided(mark=2)

    tell()

    notice = told(decision.person_id)["decision.deferred"]
    lines = [line for line in notice.body.splitlines() if line.startswith("– ")]
    assert len(lines) == len(decision.not_met) == 1
    assert "certificate.published" not in told(decision.person_id)


def test_reading_the_feed_again_writes_nothing_twice() -> None:
    make_applications.submitted()
    tell()

    Cursor.objects.filter(follower=tasks.FOLLOWER).update(position=0)
    tell()

    assert Notice.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_the_bell_brings_notices_without_being_asked() -> None:
    make_applications.submitted()

    settled = ledger.drain_all(at=TUESDAY)

    assert settled["notices.tell"] == 1
    assert settled["notices.post"] == 1


def test_without_an_address_the_notice_waits_in_the_house() -> None:
    at = MONDAY
    row = people.open_account(
        at=at,
        rng=random.Random(3),
        person_id=people.admit(identity(3, email=""), at=at, rng=random.Random(3)),
    )
    ani = Actor(row.pk, frozenset({Role.APPLICANT}), row.person_id)
    application = make_applications.draft(3, by=ani)
    make_applications.with_documents(application, by=ani)
    make_applications.consented(application, at=at)
    applications.submit(application, agreed=True, by=ani, at=at)

    tell()

    assert queries.unread(ani) == 1
    assert Delivery.objects.count() == 0


def test_people_read_their_own_notices_only() -> None:
    _, ani = make_applications.submitted(1)
    _, eko = make_applications.submitted(2)
    tell()
    [mine] = queries.box(ani)

    assert actions.mark_read(eko, [mine.ref], at=TUESDAY) == 0
    assert actions.mark_read(ani, [mine.ref], at=TUESDAY) == 1
    assert actions.mark_read(ani, [mine.ref], at=NEXT_WEEK) == 0

    assert (queries.unread(ani), queries.unread(eko)) == (0, 1)
    assert queries.box(ani)[0].read_at == TUESDAY
    assert queries.box(ani, only_unread=True) == []
    assert actions.mark_all_read(eko, at=TUESDAY) == 1
    assert queries.box(account(70, Role.VERIFIER)) == []


def test_what_was_told_stays_as_it_was_told() -> None:
    make_applications.submitted()
    tell()

    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        Notice.objects.update(body="lain")


@pytest.mark.parametrize("count", [1, 30])
def test_telling_costs_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    budi = make_verification.verifier()
    for n in range(1, count + 1):
        make_verification.eligible(n, by=budi)
    portfolios.open_dossiers(at=MONDAY)

    with django_assert_num_queries(21):
        tasks.tell(at=TUESDAY)

    assert Notice.objects.count() == 3 * count
