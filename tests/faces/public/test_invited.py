"""Does a person on a list get by on a phone, by one link and without an account?"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kompeten.applications import queries
from kompeten.applications.models import Application, Invitation
from kompeten.applications.terms.application import State
from kompeten.applications.terms.invitation import InvitationState
from kompeten.foundation import clock
from kompeten.people import queries as people
from kompeten.people.models import Account
from tests.faces.candidate.stage import words
from tests.make import applications as make
from tests.make.invitations import GOOD_NIK, SHORT_NIK, invited, officer
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
PASSWORD = "kuda laut di muara"


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request carry the same instant."""
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)


def linked(**line: Any) -> tuple[Invitation, str]:
    """Return the link of the one person on a list, and its address."""
    found, _ = invited(officer(), **line)
    return found, f"/k/{queries.token_of(found.ref)}/"


def proven(path: str, *, by: str = "27/01/1992") -> Client:
    """Return the browser of somebody who has shown that it is they."""
    phone = Client()
    answer = phone.post(path, {"bukti": by})
    assert answer["Location"] == path
    return phone


def agreed(**more: str) -> dict[str, str]:
    """Return what is sent by whoever agrees."""
    return {"setuju": "on", "version": make.CONSENT} | more


def test_before_they_show_who_they_are_nobody_learns_a_name() -> None:
    _, path = linked()

    told = words(Client().get(path))

    assert "Dinas Sosial 900" in told
    for secret in ("Dewi", "Lestari", GOOD_NIK, "1992, ", "0001"):
        assert secret not in told.replace("27/01/1992", "")


def test_a_link_is_kept_out_of_caches_search_engines_and_referrers() -> None:
    _, path = linked()

    answer = Client().get(path)

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"


def test_messengers_that_look_at_the_address_use_nothing_up() -> None:
    found, path = linked()

    for _ in range(20):
        assert Client().head(path).status_code == 200
        assert Client().get(path).status_code == 200

    found.refresh_from_db()
    assert (found.state, found.tries) == (InvitationState.OPEN, 0)


def test_an_address_that_never_was_and_one_that_is_over_look_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, path = linked()
    never = Client().get("/k/0000000000000000/")
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=31))

    over = Client().get(path)

    assert (never.status_code, over.status_code) == (404, 404)
    assert words(never) == words(over)


@pytest.mark.parametrize("page", ["benahi/", "setuju/", "salah/", "tidak/", "akun/"])
def test_nothing_is_done_by_the_address_alone(page: str) -> None:
    found, path = linked()

    answer = Client().post(path + page, agreed(sandi=PASSWORD, salah="x"))

    assert answer["Location"] == path
    found.refresh_from_db()
    assert found.state == InvitationState.OPEN
    assert Application.objects.get().state == State.DRAFT
    assert not people.consents_of(Application.objects.get().person_id)


def test_wrong_answers_are_told_kindly_and_the_fifth_closes_the_link() -> None:
    _, path = linked()
    phone = Client()

    answers = [phone.post(path, {"bukti": "01/01/1970"}) for _ in range(5)]

    assert [a.status_code for a in answers] == [422, 422, 422, 422, 429]
    assert 'id="id_bukti-error"' in answers[0].content.decode()
    assert "ditutup" in words(answers[4])
    assert phone.post(path, {"bukti": "27/01/1992"}).status_code == 404


def test_the_person_sees_their_data_with_the_nik_masked() -> None:
    _, path = linked()

    told = words(proven(path).get(path))

    assert "Dewi Lestari" in told
    assert "•••• •••• •••• 0001" in told
    assert GOOD_NIK not in told
    assert "Saya setuju lembaga sertifikasi" in told


def test_what_was_shown_counts_for_half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    _, path = linked()
    phone = proven(path)
    monkeypatch.setattr(clock, "now", lambda: TUESDAY + timedelta(minutes=30))

    assert "Dewi" not in words(phone.get(path))
    assert phone.post(f"{path}setuju/", agreed())["Location"] == path


def test_another_browser_has_to_show_it_again() -> None:
    _, path = linked()
    proven(path)

    assert "Dewi" not in words(Client().get(path))


def test_only_what_is_wrong_is_asked_and_the_rest_is_not_shown() -> None:
    found, path = linked(nik=SHORT_NIK, region_code="99.99")

    page = proven(path).get(path).content.decode()

    assert re.findall(
        r'<(?:input|select)[^>]* name="(\w+)"', page.split("<main")[1].split("</main")[0]
    ) == [
        "csrfmiddlewaretoken",
        "nik",
        "region_code",
    ]
    assert SHORT_NIK not in page
    assert "dewi@contoh.example" not in page
    assert "Kota Bogor" in page
    assert found.ref not in page


def test_from_a_bad_line_to_the_own_account_by_one_link() -> None:
    found, path = linked(nik=SHORT_NIK)
    phone = proven(path, by=queries.code_of(found.ref))

    wrong = phone.post(f"{path}benahi/", {"nik": "12"})
    right = phone.post(f"{path}benahi/", {"nik": GOOD_NIK, "name": "Orang Lain"})
    asked = words(phone.get(path))
    confirmed = phone.post(f"{path}setuju/", agreed())
    weak = phone.post(f"{path}akun/", {"sandi": "12345"})
    entered = phone.post(f"{path}akun/", {"sandi": PASSWORD})

    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert 'id="id_nik-error"' in wrong.content.decode()
    assert 'id="id_sandi-error"' in weak.content.decode()
    assert right["Location"] == path
    assert "Dewi Lestari" in asked
    assert confirmed["Location"] == f"{path}#akun"
    draft = Application.objects.get()
    (given,) = people.consents_of(draft.person_id)
    assert (given.about, given.way) == (draft.ref, "code")
    assert entered["Location"] == f"/saya/permohonan/{draft.ref}/"
    assert phone.get(entered["Location"]).status_code == 200
    assert phone.get(path).status_code == 404
    login = Client()
    login.post("/akun/masuk/", {"login": GOOD_NIK, "password": PASSWORD})
    assert login.get("/saya/").status_code == 200


def test_nobody_agrees_to_a_text_of_before_nor_without_the_tick() -> None:
    _, path = linked()
    phone = proven(path)

    outdated = phone.post(f"{path}setuju/", agreed(version="2019-01"))
    silent = phone.post(f"{path}setuju/", {"version": make.CONSENT})

    assert (outdated.status_code, silent.status_code) == (422, 422)
    assert f'name="version" value="{make.CONSENT}"' in outdated.content.decode()
    assert not people.consents_of(Application.objects.get().person_id)


def test_what_is_wrong_is_said_and_stays_to_be_read() -> None:
    _, path = linked()
    phone = proven(path)

    answer = phone.post(f"{path}salah/", {"salah": "Nama saya <b>Dewi Lestari S.</b>"})

    assert answer["Location"] == path
    assert "Nama saya &lt;b&gt;Dewi" in phone.get(path).content.decode()
    assert phone.post(f"{path}salah/", {"salah": ""}).status_code == 422


def test_who_does_not_want_to_apply_says_so_once() -> None:
    _, path = linked()
    phone = proven(path)

    answer = phone.post(f"{path}tidak/")

    assert "Anda sudah keluar dari daftar" in words(phone.get(answer["Location"]))
    assert Application.objects.get().state == State.WITHDRAWN
    assert phone.post(f"{path}tidak/").status_code == 404


def test_whoever_has_an_account_is_led_to_the_log_in() -> None:
    _, path = linked()
    phone = proven(path)
    person = Application.objects.get().person_id
    phone.post(f"{path}akun/", {"sandi": PASSWORD})
    assert people.is_entered(person)

    other = proven(path)
    page, answer = words(other.get(path)), other.post(f"{path}akun/", {"sandi": "lain lagi sekali"})
    thanked = other.post(f"{path}setuju/", agreed())

    assert "Anda sudah punya akun" in page
    assert answer.status_code == 422
    assert Account.objects.get(person_id=person).check_password(PASSWORD)
    assert "Terima kasih" in words(other.get(thanked["Location"]))
    assert other.get(path).status_code == 404


def test_a_forged_request_from_elsewhere_does_nothing() -> None:
    _, path = linked()
    phone = Client(enforce_csrf_checks=True)

    assert phone.post(path, {"bukti": "27/01/1992"}).status_code == 403


def test_there_are_two_endings_and_no_third() -> None:
    assert Client().get("/k/akhir/lain/").status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 500, "a-b_c", "ÄÖ"])
def test_addresses_written_by_hand_lead_nowhere(token: str) -> None:
    assert Client().get(f"/k/{token}/").status_code == 404


def test_a_page_of_a_link_costs_a_fixed_number_of_questions(
    django_assert_max_num_queries: Any,
) -> None:
    _, path = linked()
    phone = proven(path)
    phone.get(path)

    with django_assert_max_num_queries(12):
        phone.get(path)
