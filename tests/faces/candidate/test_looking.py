"""Does each person see their own way, dates, decision, certificate and news, and nobody else's?"""

import random
from datetime import timedelta

import pytest
from django.test import Client

from kompeten.certificates import queries as certificates
from kompeten.decisions import actions as deciding
from kompeten.decisions import queries as agenda
from kompeten.exams import actions as exams
from kompeten.kernel.roles import Role
from kompeten.notices import actions as notices
from kompeten.notices import queries as notice_queries
from kompeten.notices import tasks as notice_tasks
from kompeten.people import queries as people
from kompeten.register.actions import erasing
from kompeten.register.adapters import bundle
from kompeten.register.adapters.proof import verify_proof
from kompeten.register.queries import logkeys
from kompeten.register.rules import log as rules
from kompeten.results import tasks as results
from kompeten.schemes.terms import Route
from kompeten.training import actions as training
from kompeten.training import queries as places
from tests.faces.candidate.stage import HTMX, browser, count_queries, is_part, stranger, words
from tests.make import applications, decisions, practicals
from tests.make import exams as make_exams
from tests.make import portfolios as make_portfolios
from tests.make import training as make_training
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


def of(person_id: int) -> Client:
    """Return the browser of the person."""
    key = people.accounts_of([person_id])[person_id]
    return browser(people.actor(key, at=MONDAY))


def tell() -> None:
    """Let the house write all notices that events give cause to."""
    while notice_tasks.tell(at=MONDAY):
        continue


# The first page


def test_a_newcomer_is_welcomed_and_shown_where_to_begin() -> None:
    told = words(stranger().get("/saya/"))

    assert "Mulai permohonan" in told


def test_the_next_step_stands_on_top_with_its_last_day() -> None:
    dossier, owner = make_portfolios.drafted()

    page = browser(owner).get("/saya/").content.decode()

    top = page.partition("Langkah Anda berikutnya")[2].partition("</section>")[0]
    assert f'href="/saya/portofolio/{dossier.ref}/"' in top
    assert "k-clock" in top


def test_while_the_house_acts_the_person_is_told_so() -> None:
    _, ani = applications.submitted()

    assert "Posisi Anda sekarang" in words(browser(ani).get("/saya/"))


def test_the_first_page_costs_the_same_with_one_and_with_three_applications() -> None:
    ani = account(1, Role.APPLICANT)
    applications.draft(by=ani)
    client = browser(ani)
    one = count_queries(client, "/saya/")
    for n, scheme in enumerate(("social_educator", "social_worker_generalist"), 2):
        applications.draft(n, by=ani, scheme=scheme)

    assert count_queries(client, "/saya/") == one


# The schedule


def place(n: int = 1) -> tuple[int, str]:
    """Return a person with a place in a session a week ahead, and the place's reference."""
    application, _ = applications.accepted(n)
    fitri = make_training.coordinator()
    session = make_training.session(n, by=fitri)
    training.enrol_many(session, [application], by=fitri, at=MONDAY, rng=random.Random(n))
    return application.person_id, session.enrolments.get().ref


def test_a_session_is_shown_on_the_clock_of_its_place() -> None:
    key, _ = place()

    told = words(of(key).get("/saya/jadwal/"))

    assert "Senin, 9 Maret 2026, pukul 09.00–17.00 WIB" in told
    assert "Aula Dinas Sosial" in told


def test_a_place_is_given_back_once() -> None:
    key, ref = place()
    client = of(key)

    first = client.post(f"/saya/jadwal/{ref}/lepas/")
    second = client.post(f"/saya/jadwal/{ref}/lepas/")

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Anda melepas tempat ini" in words(client.get("/saya/jadwal/"))


def test_a_stranger_gives_nobodys_place_back() -> None:
    _, ref = place()

    assert stranger().post(f"/saya/jadwal/{ref}/lepas/").status_code == 404


def test_the_exam_room_opens_half_an_hour_before_the_window() -> None:
    held = make_exams.sitting(opens_at=TUESDAY + timedelta(minutes=20))
    entry, candidate = make_exams.one_seated(held=held)

    page = browser(candidate).get("/saya/jadwal/").content.decode()

    assert f'href="/ujian/{entry.ref}/"' in page


def test_the_exam_room_is_not_offered_days_ahead() -> None:
    held = make_exams.sitting(opens_at=TUESDAY + timedelta(days=3))
    entry, candidate = make_exams.one_seated(held=held)

    page = browser(candidate).get("/saya/jadwal/").content.decode()

    assert f"/ujian/{entry.ref}/" not in page
    assert "menit, kapan saja" in page


def test_an_interrupted_exam_lies_behind_and_waits_for_another_date() -> None:
    held = make_exams.sitting(opens_at=TUESDAY - timedelta(hours=1))
    entry, candidate = make_exams.one_started(held=held)
    invigilator = account(7100, Role.INVIGILATOR)
    exams.interrupt(entry, reason="Listrik padam", by=invigilator, at=TUESDAY)

    told = words(browser(candidate).get("/saya/jadwal/"))

    assert "Belum ada jadwal" in told
    assert "Yang sudah lewat" in told


def test_an_appointment_shows_when_and_how() -> None:
    slot, _, _ = practicals.booked()

    page = of(slot.person_id).get("/saya/jadwal/").content.decode()

    assert "Senin, 9 Maret 2026" in page
    assert 'href="https://x/0"' in page


def test_the_schedule_costs_the_same_with_one_and_with_three_dates() -> None:
    application, ani = applications.accepted()
    fitri = make_training.coordinator()
    costs = []
    for n in (1, 2, 3):
        session = make_training.session(n, by=fitri)
        training.enrol_many(session, [application], by=fitri, at=MONDAY, rng=random.Random(n))
        costs.append(count_queries(browser(ani), "/saya/jadwal/"))
        newest = places.own(places.mine(ani)[0].ref, ani)
        assert newest is not None
        training.withdraw(newest, by=ani, at=MONDAY)

    assert len(set(costs)) == 1


# Decision and certificate


def test_a_granted_decision_is_told_part_by_part() -> None:
    decision = decisions.decided()

    told = words(of(decision.person_id).get(f"/saya/hasil/{decision.ref}/"))

    assert "Selamat. Anda dinyatakan kompeten." in told
    assert "Tercapai 80 persen, diperlukan 60 persen" in told
    assert "sedang diterbitkan" in told


def test_not_yet_competent_is_told_kindly_with_what_can_be_done() -> None:
    decision = decisions.decided(mark=2)

    told = words(of(decision.person_id).get(f"/saya/hasil/{decision.ref}/"))

    assert "Belum kompeten" in told
    assert "gagal" not in told.lower()
    assert "Anda boleh mencoba lagi" in told
    assert "banding dalam" in told


def test_a_decision_that_is_only_proposed_is_no_page() -> None:
    practicals.settled(1, route=Route.DIRECT_CERTIFICATION)
    while results.seal(at=MONDAY):
        continue
    registrar = account(7300, Role.REGISTRAR)
    members, rng = decisions.committee(), random.Random(1)
    meeting = deciding.convene(
        members, held_at=TUESDAY, zone="Asia/Jakarta", place="J", by=registrar, at=MONDAY, rng=rng
    )
    deciding.propose(meeting, list(agenda.inbox()), by=registrar, at=MONDAY, rng=rng)
    decision = meeting.decisions.get()

    assert of(decision.person_id).get(f"/saya/hasil/{decision.ref}/").status_code == 404


def test_nobody_sees_somebody_elses_decision() -> None:
    decision = decisions.decided()

    assert stranger().get(f"/saya/hasil/{decision.ref}/").status_code == 404


def certified() -> tuple[str, Client]:
    """Return the reference of a certificate and the browser of its holder."""
    from kompeten.certificates import queries

    decision = decisions.certified()
    held = queries.of_applications([decision.application_id])[decision.application_id]
    return held.ref, of(decision.person_id)


def test_a_holder_finds_paper_credential_and_the_public_page() -> None:
    ref, client = certified()

    page = client.get(f"/saya/sertifikat/{ref}/")
    paper = client.get(f"/saya/sertifikat/{ref}/pdf/")
    credential = client.get(f"/saya/sertifikat/{ref}/kredensial/")

    assert "Ani Rahayu" in words(page)
    assert paper.content.startswith(b"%PDF-")
    assert paper["Content-Disposition"] == f'attachment; filename="sertifikat-{ref}.pdf"'
    assert credential["Content-Type"] == "application/vc+json"
    assert "121890" not in page.content.decode()
    assert f'href="/saya/sertifikat/{ref}/"' in client.get("/saya/sertifikat/").content.decode()


def test_a_holder_takes_everything_home_in_one_file() -> None:
    ref, client = certified()

    page = client.get(f"/saya/sertifikat/{ref}/")
    file = client.get(f"/saya/sertifikat/{ref}/bukti/")

    assert f'href="/saya/sertifikat/{ref}/bukti/"' in page.content.decode()
    assert file["Content-Type"] == "application/zip"
    assert file["Content-Disposition"] == f'attachment; filename="sertifikat-{ref}.zip"'
    assert file["Cache-Control"] == "private, no-store"
    parts = bundle.unpack(file.content)
    entry = rules.entry_of(parts.opening)
    assert verify_proof(parts.proof, entry, policy=logkeys.policy())[0].code == "log.holds"


def test_without_a_proof_none_is_offered() -> None:
    ref, client = certified()
    registrar = account(7201, Role.REGISTRAR)
    held = certificates.visible(registrar).get(ref=ref)
    wish = erasing.propose(held, ground="Permohonan", by=registrar, at=TUESDAY)
    erasing.order(wish, by=account(7202, Role.DIRECTOR), at=TUESDAY)

    page = client.get(f"/saya/sertifikat/{ref}/")

    assert "/bukti/" not in page.content.decode()
    assert client.get(f"/saya/sertifikat/{ref}/bukti/").status_code == 404


@pytest.mark.parametrize("page", ["", "pdf/", "kredensial/", "token/", "bukti/"])
def test_nobody_takes_somebody_elses_certificate_here(page: str) -> None:
    ref, _ = certified()
    registrar = account(7200, Role.REGISTRAR)

    assert stranger().get(f"/saya/sertifikat/{ref}/{page}").status_code == 404
    assert browser(registrar).get(f"/saya/sertifikat/{ref}/{page}").status_code == 404


# News


def test_news_are_counted_opened_and_read() -> None:
    application, ani = applications.submitted()
    tell()
    client = browser(ani)
    row = notice_queries.box(ani)[0]
    assert notice_queries.unread(ani) == 1

    answer = client.post(f"/saya/kabar/{row.ref}/")

    assert answer["Location"] == f"/saya/permohonan/{application.ref}/"
    assert notice_queries.unread(ani) == 0


def test_all_news_are_read_at_once() -> None:
    _, ani = applications.accepted()
    tell()

    browser(ani).post("/saya/kabar/dibaca/")

    assert notice_queries.unread(ani) == 0


def test_a_stranger_opens_nobodys_news() -> None:
    _, ani = applications.submitted()
    tell()
    row = notice_queries.box(ani)[0]

    assert stranger().post(f"/saya/kabar/{row.ref}/").status_code == 404
    assert notice_queries.unread(ani) == 1


def written(ani: object, first: int, count: int) -> None:
    """Write the person so many notices, as events `first` and after would."""
    from kompeten.journey.terms import Target
    from kompeten.kernel.actors import Actor
    from kompeten.notices.terms import Letter

    assert isinstance(ani, Actor)
    letters = [
        Letter(
            event_id=first + n,
            kind="application.accepted",
            person_id=ani.person_id or 0,
            values={"application": "X", "scheme": "Skema", "answer_by": MONDAY.date()},
            target=Target.APPLICATION,
            target_ref="X",
        )
        for n in range(count)
    ]
    notices.write(letters, at=MONDAY, rng=random.Random(first))


def test_news_cost_the_same_with_one_three_ten_and_two_hundred() -> None:
    _, ani = applications.submitted()
    client = browser(ani)
    costs = []
    for first, count in ((1000, 1), (2000, 2), (3000, 7), (4000, 190)):
        written(ani, first, count)
        costs.append(count_queries(client, "/saya/kabar/"))

    assert len(set(costs)) == 1
    assert client.get("/saya/kabar/?halaman=10").content.decode().count("k-card-title") == 20


def test_htmx_gets_the_rows_alone_and_they_are_the_same() -> None:
    _, ani = applications.submitted()
    tell()
    client = browser(ani)

    assert is_part(client.get("/saya/kabar/", headers=HTMX), client.get("/saya/kabar/"))
