"""One person, from an empty house to a certificate that anybody can check, and the ways beside it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from kompeten.applications import actions as applications
from kompeten.certificates import queries as certificates
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import BODY_ZONE
from kompeten.decisions import queries as decisions
from kompeten.exams import actions as exams
from kompeten.exams import queries as exam_queries
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.journey import queries as journey
from kompeten.journey.terms import Status
from kompeten.notices import queries as notices
from kompeten.portfolios import actions as portfolios
from kompeten.portfolios.models import Reading
from kompeten.register import queries as register
from kompeten.register import terms as register_terms
from kompeten.register.models import Entry
from kompeten.schemes.terms import Component, Route
from kompeten.verification import actions as verification
from kompeten.verification.terms import Fault
from tests.make import exams as make_exams
from tests.make import journey as make
from tests.make import portfolios as make_portfolios
from tests.make import verification as make_verification
from tests.make.exams import PUTU
from tests.make.journey import Traveler

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys() -> None:
    make.keys_made()


def certificate(traveler: Traveler) -> Certificate:
    """Return the candidate's certificate."""
    return certificates.of_applications([traveler.application.pk])[traveler.application.pk]


def test_first_certificate(client: Client) -> None:
    ani = Traveler()

    make.applied(ani)
    make.reviewed(ani)
    make.prepared(ani)
    make.read(ani)
    make.examined(ani)
    make.rated(ani, Component.PRACTICE)
    make.rated(ani, Component.INTERVIEW)
    decision = make.decided(ani)

    issued = certificate(ani)
    assert (decision.state, issued.state) == ("granted", "published")
    assert issued.number == "000001/TKS-G/LSP KESOS/III/2026"
    # The register shows it and a visitor reads it.
    entry = register.find(issued.number)
    assert entry is not None
    on = ani.at.astimezone(BODY_ZONE).date()
    assert register.status(entry, on=on) is register_terms.Status.VALID
    page = client.get(f"/s/{issued.ref}")
    assert page.status_code == 200
    assert issued.number in page.content.decode()
    # Sheet, credential and code hold for a verifier that asks nobody, and a changed byte is found.
    pdf = certificates.pdf(issued)
    for proof in (pdf, certificates.credential(issued), issued.qr.encode()):
        assert register.verify(proof, at=ani.at).ok
    assert not register.verify(pdf.replace(b"/Type", b"/type", 1), at=ani.at).ok
    # The person sees the whole way behind them, and was written to.
    way = journey.way(ani.application, at=ani.at)
    assert {m.status for m in way} == {Status.DONE}
    kinds = [row.kind for row in notices.box(ani.by, limit=50)]
    assert kinds[0] == "certificate.published"
    assert any(issued.number in letter.body for letter in mail.outbox)


def test_a_certificate_lasts_five_years_and_its_last_day_is_within() -> None:
    ani = Traveler(route=Route.DIRECT_CERTIFICATION)
    make.applied(ani)
    make.reviewed(ani)
    make.read(ani)
    make.rated(ani, Component.INTERVIEW)
    make.decided(ani)

    issued, entry = certificate(ani), Entry.objects.get()
    assert issued.valid_from is not None
    assert issued.valid_until is not None

    days = {
        issued.valid_from - timedelta(days=1): register_terms.Status.NOT_YET,
        issued.valid_from: register_terms.Status.VALID,
        issued.valid_until: register_terms.Status.VALID,
        issued.valid_until + timedelta(days=1): register_terms.Status.EXPIRED,
    }
    assert {day: register.status(entry, on=day) for day in days} == days
    assert issued.valid_until.year - issued.valid_from.year == 5


def test_not_yet_competent_says_which_part_and_issues_nothing() -> None:
    ani = Traveler()
    make.assessed(ani, mark=1)

    decision = make.decided(ani)

    sheet = make.result(ani)
    assert sheet is not None
    assert (sheet.competent, decision.state) == (False, "deferred")
    assert decision.not_met == ["practice"]
    assert certificates.of_applications([ani.application.pk]) == {}
    assert register.total() == 0
    told = " ".join(f"{row.subject} {row.body}" for row in notices.box(ani.by, limit=50))
    assert "belum kompeten" in told.lower() or "not yet competent" in told.lower()
    assert re.search(r"gagal|tidak lulus", told, re.IGNORECASE) is None
    assert ani.application.state == "concluded"


def test_sent_back_mended_and_certified() -> None:
    ani = Traveler()
    make.applied(ani)
    budi = make_verification.verifier(at=ani.at)
    at = ani.later(days=1)
    review = verification.claim(ani.application, by=budi, at=at, rng=ani.rng())
    first = next(iter(review.files))
    faults = {first: Fault.UNREADABLE}
    verification.note(review, make_verification.in_order(review, faults=faults), by=budi, at=at)
    verification.return_for_correction(review, by=budi, at=at)
    ani.drain()
    assert ani.application.state == "returned"
    assert journey.way(ani.application, at=ani.at)[0].yours

    at = ani.later(days=2)
    scan = {first: ("pindai-ulang.pdf", make.make_applications.PDF)}
    applications.attach(ani.application, scan, by=ani.by, at=at)
    applications.submit(ani.application, agreed=True, by=ani.by, at=at)
    make.reviewed(ani, verifier=budi)
    dossier = make.written(ani)
    reader = make.drawn(ani, dossier)[0]
    code = make_portfolios.description(dossier).items[0].code
    reasons = {code: "Ceritakan lebih rinci apa yang Anda sendiri lakukan."}
    reading_by = ani.pool[reader.assessor_id]
    portfolios.send_back(reader, reasons=reasons, by=reading_by, at=ani.later(hours=1))
    ani.drain()
    dossier.refresh_from_db()
    assert (dossier.state, dossier.round) == ("returned", 2)
    make.read(ani)
    make.examined(ani)
    make.rated(ani, Component.PRACTICE)
    make.rated(ani, Component.INTERVIEW)
    make.decided(ani)

    assert certificate(ani).state == "published"
    story = [event.type for event in ledger.history("application", ani.application.pk)]
    assert [t for t in story if t in {"application.returned", "application.submitted"}] == [
        "application.submitted",
        "application.returned",
        "application.submitted",
    ]


def test_an_interrupted_exam_is_sat_again_and_never_held_against_anybody() -> None:
    ani = Traveler()
    make.applied(ani)
    make.reviewed(ani)
    make.read(ani)
    entry = make.seated(ani)
    exams.start(entry, by=ani.by, at=ani.at)
    make_exams.answered(
        entry, ani.by, make_exams.right(entry, range(1, 6)), at=ani.later(minutes=5)
    )

    exams.interrupt(entry, reason="Listrik padam", by=PUTU, at=ani.later(minutes=1))
    ani.drain()
    assert exam_queries.scores([ani.application.pk]) == {}
    exams.reseat(entry, by=PUTU, at=ani.later(minutes=20), extra_minutes=20)
    entry = make_exams.mine(entry, ani.by)
    make.sat(ani, entry)
    make.closed(ani, entry.sitting)
    make.rated(ani, Component.PRACTICE)
    make.rated(ani, Component.INTERVIEW)
    decision = make.decided(ani)

    assert exam_queries.outcomes([ani.application.pk]) == {ani.application.pk: (80, 100)}
    assert (decision.state, certificate(ani).state) == ("granted", "published")


def test_an_exam_that_stays_interrupted_waits_for_a_makeup_and_not_for_a_verdict() -> None:
    ani = Traveler()
    make.applied(ani)
    make.reviewed(ani)
    make.read(ani)
    entry = make.seated(ani)
    exams.start(entry, by=ani.by, at=ani.at)
    exams.interrupt(entry, reason="Gempa bumi", by=PUTU, at=ani.later(minutes=10))
    make.closed(ani, entry.sitting)
    make.rated(ani, Component.PRACTICE)
    make.rated(ani, Component.INTERVIEW)

    # Everything else is settled, and still nobody can be told BK: there is no result to decide on.
    assert make.result(ani) is None
    assert list(decisions.inbox()) == []
    assert [a.pk for a in exam_queries.makeups()] == [ani.application.pk]
    again = make.seated(ani, makeup=True)
    make.sat(ani, again)
    make.closed(ani, again.sitting)
    decision = make.decided(ani)

    assert decision.state == "granted"
    assert exam_queries.outcomes([ani.application.pk]) == {ani.application.pk: (80, 100)}


def test_where_two_readers_differ_a_third_decides_and_the_way_goes_on() -> None:
    ani = Traveler()
    make.applied(ani)
    make.reviewed(ani)

    dossier = make.read(ani, 4, 1, 4)
    make.examined(ani)
    slot = make.rated(ani, Component.PRACTICE, 4, 1, 4)
    make.rated(ani, Component.INTERVIEW)
    decision = make.decided(ani)

    readings = Reading.objects.filter(dossier=dossier, state="handed_in").order_by("id")
    assert [reading.third for reading in readings] == [False, False, True]
    assert len({reading.assessor_id for reading in readings}) == 3
    assert [rating.third for rating in slot.ratings.order_by("id")] == [False, False, True]
    assert len({rating.assessor_id for rating in slot.ratings.all()}) == 3
    assert (dossier.state, slot.state, decision.state) == ("assessed", "settled", "granted")


def test_nobody_gets_a_certificate_before_the_director_has_signed() -> None:
    ani = Traveler()
    make.assessed(ani)

    ani.drain()

    assert certificates.of_applications([ani.application.pk]) == {}
    sheet = make.result(ani)
    assert sheet is not None
    assert sheet.competent


def test_what_was_decided_cannot_be_changed_by_the_candidate() -> None:
    ani = Traveler()
    make.assessed(ani)
    make.decided(ani)

    with pytest.raises(StepRefused):
        applications.withdraw(ani.application, by=ani.by, at=ani.at)
