"""Somebody whom an office put on its list: from a bad line to the certificate, and what the office sees."""

import random
import re

import pytest
from django.test import Client

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Collective, Repair
from kompeten.decisions import queries as decisions
from kompeten.exams import queries as exams
from kompeten.journey import queries as journey
from kompeten.journey.terms import Station
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.people.terms import ConsentWay
from kompeten.portfolios import queries as portfolios
from kompeten.schemes.terms import Component
from kompeten.verification import actions as verification
from kompeten.verification.terms import Fault, Finding, Judgement, Remark, Topic
from tests.faces.candidate.stage import browser, words
from tests.make import applications as make_applications
from tests.make import invitations
from tests.make import journey as make
from tests.make import portfolios as make_portfolios
from tests.make import verification as make_verification
from tests.make.invitations import GOOD_NIK, SHORT_NIK

pytestmark = pytest.mark.django_db
NOTE = "Catatan pemeriksa yang hanya untuk yang bersangkutan."


class Office:
    """The browser of the office: all of its pages about one person, read at every station."""

    def __init__(self, client: Client, batch: Collective) -> None:
        self.client, self.batch, self.seen = client, batch, ""

    def station(self) -> Station:
        """Return where the person is, and read every page that the office has about them."""
        for path in self.pages():
            answer = self.client.get(path)
            assert answer.status_code == 200, path
            self.seen += answer.content.decode()
        ((station, number),) = journey.counts(queries.collective_rows(self.batch)).items()
        assert number == 1
        return station

    def pages(self) -> list[str]:
        """Return the pages an office has: its list, and what was filed for the person."""
        found = [f"/saya/kolektif/{self.batch.ref}/", f"/saya/kolektif/{self.batch.ref}/kini/"]
        for application in Application.objects.all():
            home = f"/saya/permohonan/{application.ref}/"
            found += [home, f"{home}riwayat/"]
            if application.state in ("draft", "returned"):
                found += [f"{home}dokumen/", f"{home}kirim/", f"{home}pendidikan/"]
        return found

    def shut(self, *paths: str) -> None:
        """Make sure that there are no such pages for the office."""
        assert [self.client.get(path).status_code for path in paths] == [404] * len(paths)


def returned(traveler: make.Traveler) -> None:
    """Let a verifier find the identity card wanting, and write a note to the person."""
    budi = make_verification.verifier(990, at=traveler.at)
    at = traveler.later(days=1)
    review = verification.claim(traveler.application, by=budi, at=at, rng=traveler.rng())
    codes = sorted(review.files)
    found = [Finding(document=code, judgement=Judgement.MET) for code in codes]
    found[0] = Finding(codes[0], Judgement.NOT_MET, Fault.UNREADABLE, NOTE)
    verification.note(review, found, by=budi, at=at)
    asked = Remark(Topic.PRACTICE, Fault.INCOMPLETE, NOTE)
    verification.return_for_correction(review, remarks=[asked], by=budi, at=at)
    traveler.drain()


def test_from_a_bad_line_to_the_certificate_and_the_office_sees_how_far_and_no_more() -> None:
    make.keys_made()
    by = invitations.officer()
    link, line = invitations.invited(
        by, nik=SHORT_NIK, route="Penilaian langsung", phone="081234567890"
    )
    office = Office(browser(by), line.collective)
    told = [office.station()]

    # The person mends their line, confirms it and sets a password, all by the one link.
    ani = make.Traveler()
    assert actions.prove(link, "27 Januari 1992", at=ani.at) is ConsentWay.BIRTH_DATE
    assert actions.mend_invited(link, {"nik": GOOD_NIK}, at=ani.at, rng=random.Random(2)) == ()
    told.append(office.station())
    actions.confirm(link, version=make_applications.CONSENT, way=ConsentWay.BIRTH_DATE, at=ani.at)
    held = actions.activate(link, password="kuda laut di muara", at=ani.at, rng=random.Random(3))
    told.append(office.station())

    # The office puts the documents in and hands in; a verifier asks for one thing, then is content.
    ani.application = Application.objects.select_related("person").get()
    ani.by = people.actor(held.pk, at=ani.at)
    make_applications.with_documents(ani.application, by=by, at=ani.at)
    actions.submit(ani.application, agreed=True, by=by, at=ani.at)
    told.append(office.station())
    returned(ani)
    told.append(office.station())
    actions.submit(ani.application, agreed=True, by=ani.by, at=ani.later(days=1))
    make.reviewed(ani)
    told.append(office.station())

    # The exams, the committee, the certificate.
    dossier = make.read(ani)
    entry = make.seated(ani)
    told.append(office.station())
    make.sat(ani, entry)
    make.closed(ani, entry.sitting)
    told.append(office.station())
    make.rated(ani, Component.PRACTICE)
    make.rated(ani, Component.INTERVIEW)
    decision = make.decided(ani)
    told.append(office.station())

    assert told == [
        Station.MEND,
        Station.CONFIRM,
        Station.DOCUMENTS,
        Station.REVIEW,
        Station.RETURNED,
        Station.ACCEPTED,
        Station.SEATED,
        Station.EXAMINED,
        Station.CERTIFIED,
    ]
    assert Repair.objects.get().application == ani.application
    text = re.sub(r"<[^>]+>", " ", office.seen)
    assert "Dewi Lestari" in text
    essays = make_portfolios.essays(dossier)
    assert [answer for answer in essays.values() if str(answer)[:40] in text] == []
    for secret in (NOTE, GOOD_NIK, "27 Januari 1992", "27/01/1992", "6281234567890"):
        assert secret not in text, secret
    office.shut(
        f"/saya/portofolio/{portfolios.dossiers([ani.application.pk])[ani.application.pk].ref}/",
        f"/saya/hasil/{decision.ref}/",
        f"/saya/permohonan/{ani.application.ref}/diri/",
        f"/ujian/{exams.of_applications([ani.application.pk])[ani.application.pk].ref}/",
    )
    assert decisions.of_application(ani.application.pk) is not None
    # The person themselves reads what the verifier wrote.
    assert Role.APPLICANT in ani.by.roles
    assert "Dewi Lestari" in words(browser(ani.by).get(f"/saya/permohonan/{ani.application.ref}/"))
