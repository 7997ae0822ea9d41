"""Does somebody who shall recommend get by on a phone, by one link and without an account?"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Recommendation, Referee
from kompeten.applications.terms.invitation import LinkKind
from kompeten.applications.terms.recommending import RecommendationState
from kompeten.foundation import clock, shortlinks
from kompeten.kernel.roles import Role
from kompeten.schemes.terms import Recommender
from tests.faces.candidate.stage import browser, upload, words
from tests.make import applications as make
from tests.make import invitations
from tests.make import recommending as recommend
from tests.make.people import account
from tests.make.races import meanwhile
from tests.make.recommending import BY_PHONE, PROFESSION, WORKPLACE
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
LETTER = {
    "jawab": "ya",
    "nomor": "800/214/Dinsos",
    "tanggal": "2026-02-27",
    "nama": "Dra. Sri Hartati",
    "jabatan": "Kepala dinas",
    "lembaga": "Dinas Sosial Kota Bogor",
    "sebagai": "head",
    "sejak": "2021-07-01",
    "kata": "",
}


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request carry the same instant."""
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)


def linked(**more: Any) -> tuple[Referee, str, Application]:
    """Return a link, its address, and the application of Ani that it is about."""
    by = account(1, Role.APPLICANT)
    application = make.draft(1, by=by)
    referee = recommend.asked(application, by=by, **more)
    return referee, path(referee), application


def path(referee: Referee) -> str:
    return f"/t/{queries.referee_token(referee.ref)}/"


def code(referee: Referee) -> str:
    referee.refresh_from_db()
    return recommend.code(referee)


def ready(referee: Referee) -> dict[str, Any]:
    """Return what the page sends that shows the letter as it is now, with the code."""
    referee.refresh_from_db()
    return {"surat": queries.letter_digest(referee), "kode": recommend.code(referee)}


def listed(count: int) -> tuple[Referee, list[Application]]:
    """Return one link about the people of a list."""
    by = invitations.officer()
    lines = [
        {"nik": f"327195670192{n:04d}", "name": f"Dewi {chr(64 + n)}"} for n in range(1, count + 1)
    ]
    batch = invitations.sent(by, invitations.content(*lines))
    held = list(Application.objects.filter(collective=batch).select_related("person"))
    return recommend.asked(*held, by=by), held


def test_the_signatory_reads_whom_it_is_about_and_what_they_sign_and_no_more() -> None:
    _, address, application = linked()

    told = words(Client().get(address))

    for shown in ("Ani Rahayu", "Tenaga Kesejahteraan Sosial Generalis", "UU 11/2009"):
        assert shown in told
    for secret in ("1218905704850001", "0001", "17 April", "1985", "contoh.example", "8123456789"):
        assert secret not in told
    assert application.ref not in told


def test_the_page_is_small_and_kept_out_of_caches_and_search_engines() -> None:
    _, address, _ = linked()

    answer = Client().get(address)

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert len(answer.content) < 20_000


def test_a_letter_is_written_and_signed_with_the_code() -> None:
    referee, address, application = linked()
    phone = Client()

    written = phone.post(address, LETTER)
    shown = words(phone.get(written["Location"]))
    signed = phone.post(written["Location"], ready(referee))

    assert written["Location"] == f"{address}tanda-tangan/"
    assert "800/214/Dinsos" in shown
    assert "s•••@dinsos.example" in shown
    assert code(referee) not in shown
    assert signed["Location"] == "/t/akhir/ya/"
    assert "tautan yang sama" not in words(phone.get(signed["Location"]))
    (given,) = queries.signed(application)
    assert (given.name, given.recommends) == ("Dra. Sri Hartati", True)
    assert phone.get(address).status_code == 404


def test_nobody_signs_a_letter_that_was_changed_behind_their_back() -> None:
    referee, address, application = linked(signatory=BY_PHONE)
    signatory, whoever_has_the_link = Client(), Client()
    signatory.post(address, LETTER | {"jawab": "tidak", "kata": "Tidak saya kenal."})
    before = ready(referee)
    whoever_has_the_link.post(address, LETTER)

    refused = signatory.post(f"{address}tanda-tangan/", before)

    assert refused.status_code == 422
    assert not queries.signed(application)
    now = re.search(r'name="surat" value="([^"]+)"', refused.content.decode())
    assert now is not None
    assert now[1] == ready(referee)["surat"] != before["surat"]
    assert signatory.post(f"{address}tanda-tangan/", {"kode": before["kode"]}).status_code == 422
    assert signatory.post(f"{address}tanda-tangan/", ready(referee)).status_code == 302


def test_by_phone_who_asked_tells_the_code() -> None:
    referee, address, _ = linked(signatory=BY_PHONE)
    phone = Client()
    phone.post(address, LETTER)

    told = words(phone.get(f"{address}tanda-tangan/"))

    assert "Ani Rahayu" in told
    assert code(referee) not in told
    assert phone.post(f"{address}tanda-tangan/", ready(referee)).status_code == 302


def test_what_was_written_stands_there_again_to_be_changed() -> None:
    _, address, _ = linked()
    phone = Client()
    phone.post(address, LETTER | {"kata": "Tekun."})

    told = phone.get(address).content.decode()

    for value in ("800/214/Dinsos", "2026-02-27", "2021-07-01"):
        assert f'value="{value}"' in told
    assert "Tekun." in told


def test_what_lacks_stands_on_its_field_and_nothing_written_is_lost() -> None:
    _, address, _ = linked()

    answer = Client().post(address, LETTER | {"jawab": "tidak", "nomor": "7/B"})

    assert answer.status_code == 422
    assert 'value="7/B"' in answer.content.decode()
    assert not Recommendation.objects.exclude(state="asked").exists()


def test_who_cannot_recommend_says_why_and_is_thanked() -> None:
    referee, address, application = linked()
    phone = Client()
    phone.post(address, LETTER | {"jawab": "tidak", "kata": "Baru sebulan."})

    answer = phone.post(f"{address}tanda-tangan/", ready(referee))

    assert answer["Location"] == "/t/akhir/tidak/"
    assert queries.signed(application)[0].words == "Baru sebulan."
    assert queries.signed_kinds(application) == frozenset()


def test_wrong_codes_are_counted_and_close_the_link() -> None:
    referee, address, _ = linked()
    phone = Client()
    phone.post(address, LETTER)
    wrong = f"{(int(code(referee)) + 1) % 10**6:06d}"

    answers = [
        phone.post(f"{address}tanda-tangan/", ready(referee) | {"kode": wrong}) for _ in range(5)
    ]

    assert [a.status_code for a in answers] == [422, 422, 422, 422, 429]
    assert phone.get(address).status_code == 404


def test_the_second_click_after_signing_is_not_told_that_nothing_was_signed() -> None:
    referee, address, application = linked()
    phone = Client()
    phone.post(address, LETTER)
    first, sent = Referee.objects.get(pk=referee.pk), ready(referee)

    # the second click has found the link
    with meanwhile(lambda: recommend.sign(first, at=TUESDAY)):
        second = phone.post(f"{address}tanda-tangan/", sent)

    told = words(phone.get(second["Location"]))
    assert second.status_code == 302
    assert "sudah dijawab" in told
    assert len(queries.signed(application)) == 1


def test_another_code_is_sent_on_demand() -> None:
    referee, address, _ = linked()
    phone = Client()
    phone.post(address, LETTER)
    Referee.objects.update(coded_at=TUESDAY - timedelta(minutes=2))
    before = code(referee)

    answer = phone.post(f"{address}kode/")

    assert answer["Location"] == f"{address}tanda-tangan/"
    assert code(referee) != before
    assert queries.codes_due(at=TUESDAY).exists()


def test_a_letter_changed_at_once_is_kept_and_the_page_says_which_code_fits() -> None:
    referee, address, application = linked()
    phone = Client()
    phone.post(address, LETTER)
    before = code(referee)

    written = phone.post(address, LETTER | {"kata": "Tekun."})
    told = words(phone.get(written["Location"]))

    assert code(referee) == before
    assert "Kode itu yang cocok" in told
    assert "Kode itu yang cocok" in words(phone.post(f"{address}kode/", follow=True))
    assert phone.post(written["Location"], ready(referee)).status_code == 302
    assert queries.signed(application)[0].words == "Tekun."


def test_by_phone_nobody_reads_of_mails() -> None:
    _, address, _ = linked(signatory=BY_PHONE)
    phone = Client()
    phone.post(address, LETTER)

    told = words(phone.post(address, LETTER, follow=True))

    assert "Kode itu yang cocok" not in told


def test_when_no_more_codes_go_out_the_page_says_what_can_be_done() -> None:
    for n in range(2, 5):
        by = account(n, Role.APPLICANT)
        before = recommend.asked(make.draft(n, by=by), by=by, seed=n)
        recommend.coded(before, times=8, at=TUESDAY - timedelta(hours=1))
    _, address, _ = linked()
    phone = Client()

    told = words(phone.post(address, LETTER))

    assert "besok" in told
    assert "nomor telepon" in told
    assert "terbaru" not in told


def test_a_scan_goes_along_and_a_bad_one_is_refused_on_its_field() -> None:
    referee, address, application = linked()
    phone = Client()
    phone.post(address, LETTER)
    to = f"{address}tanda-tangan/"

    refused = phone.post(to, ready(referee) | {"berkas": upload(b"bukan")})
    taken = phone.post(to, ready(referee) | {"berkas": upload(make.PDF)})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert queries.document(application, "recommendation_workplace") is not None


@pytest.mark.parametrize(("kind", "usual"), [(WORKPLACE, "head"), (PROFESSION, "board")])
def test_the_letter_begins_with_what_signatories_of_its_kind_mostly_are(
    kind: Recommender, usual: str
) -> None:
    _, address, _ = linked(kind=kind)

    form = Client().get(address).content.decode()

    assert re.findall(r'<option value="(\w+)" selected', form) == [usual]


def test_dead_links_and_links_that_never_were_look_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, address, _ = linked()
    never = Client().get("/t/0000000000000000/")
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=15))

    over = Client().get(address)

    assert (never.status_code, over.status_code) == (404, 404)
    assert words(never) == words(over)
    assert "Tautan" in words(over)
    assert Client().get(f"{address}tanda-tangan/").status_code == 404
    assert Client().post(f"{address}kode/").status_code == 404


def test_a_link_taken_back_leads_nowhere_while_the_letter_is_written() -> None:
    referee, address, _ = linked()
    phone = Client()
    phone.post(address, LETTER)
    actions.take_back_all(referee, by=account_of(referee), at=TUESDAY)

    answer = phone.post(f"{address}tanda-tangan/", ready(referee))

    assert answer.status_code == 404
    assert Recommendation.objects.get().state == RecommendationState.WITHDRAWN


def account_of(referee: Referee) -> Any:
    return make.owner(queries.asked_of(referee)[0].application)


def test_the_short_address_of_a_message_leads_to_the_page() -> None:
    referee, address, _ = linked()
    shortlinks.keep(LinkKind.RECOMMENDATION, [referee.ref], ends_at=referee.ends_at)

    answer = Client().get(f"/r/{shortlinks.code_of(LinkKind.RECOMMENDATION, referee.ref)}")

    assert answer["Location"].endswith(address)


def test_of_several_people_those_ticked_are_answered_and_the_rest_waits() -> None:
    referee, held = listed(3)
    phone, address = Client(), path(referee)
    two = sorted(held, key=lambda a: a.person.name)[:2]
    written = phone.post(address, LETTER | {"tentang": [a.ref for a in two]})

    signed = phone.post(written["Location"], ready(referee))

    left = words(phone.get(address))
    assert "Dewi C" in left
    assert "tautan yang sama" in words(phone.get(signed["Location"]))
    assert "Dewi A" not in left
    assert Recommendation.objects.filter(state="given").count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_many(count: int) -> None:
    referee, _ = listed(count)
    phone = Client()
    phone.get(path(referee))

    with CaptureQueriesContext(connection) as seen:
        phone.get(path(referee))

    assert len(seen) == 3


def test_who_is_logged_in_may_say_that_it_is_they_and_nobody_signs_for_themselves() -> None:
    referee, address, application = linked(signatory=BY_PHONE)
    assessor = account(60, Role.ASSESSOR)
    own = browser(make.owner(application))

    refused = own.post(address, LETTER | {"akun": "on"})
    browser(assessor).post(address, LETTER | {"akun": "on"})

    assert refused.status_code == 422
    assert 'name="akun"' not in Client().get(address).content.decode()
    referee.refresh_from_db()
    held = queries.letter(referee)
    assert held is not None
    assert held.account_person == assessor.person_id


@pytest.mark.parametrize("ending", ["selesai", "keluar"])
def test_the_last_page_of_an_invitation_says_something(ending: str) -> None:
    told = Client().get(f"/k/akhir/{ending}/").content.decode()

    assert "<h1" in told
    assert "k-lead" in told
