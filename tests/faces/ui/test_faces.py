"""Who may enter which face, with which session, and for how long?"""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from kompeten.config.options import Options
from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.web.ui import sessions
from tests.make import people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.faces.ui.urls")]


def logged_in(*roles: Role, n: int = 1) -> Client:
    """Return a browser in which somebody with `roles` has just logged in."""
    actor = people.account(n, *roles, at=clock.now())
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.account_id))
    return client


def age(client: Client, key: str, by: timedelta) -> None:
    """Let the hour that the session keeps under `key` lie further back."""
    session = client.session
    session[key] -= by.total_seconds()
    session.save()


@pytest.fixture
def with_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask staff for a second factor, as outside tests and demonstration."""
    values = settings.OPTIONS.values | {"second_factor": True, "demo": False}
    monkeypatch.setattr(settings, "OPTIONS", Options(values))


@pytest.mark.parametrize("path", ["/saya/uji/", "/kantor/uji/", "/ujian/uji/"])
def test_a_stranger_is_asked_to_log_in_and_comes_back(path: str) -> None:
    answer = Client().get(f"{path}?a=1")

    assert answer.status_code == 302
    assert answer["Location"] == f"/akun/masuk/?next={path.replace('/', '%2F')}%3Fa%3D1"


def test_a_stranger_who_acts_comes_back_to_the_face_not_to_the_action() -> None:
    answer = Client().post("/kantor/uji/")

    assert answer["Location"] == "/akun/masuk/?next=%2Fkantor%2F"


def test_htmx_is_sent_to_the_log_in_as_a_whole_page() -> None:
    answer = Client().get("/kantor/uji/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/akun/masuk/")


def test_staff_enter_the_office() -> None:
    assert logged_in(Role.VERIFIER).get("/kantor/uji/").status_code == 200


@pytest.mark.parametrize("path", ["/saya/uji/", "/ujian/uji/", "/kantor/uji/"])
def test_a_page_of_somebody_is_kept_by_no_browser(path: str) -> None:
    answer = logged_in(Role.VERIFIER if "kantor" in path else Role.APPLICANT).get(path)

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_for_an_applicant_there_is_no_office() -> None:
    assert logged_in(Role.APPLICANT).get("/kantor/uji/").status_code == 404


def test_an_applicant_who_knocks_at_the_office_first_still_reaches_their_own_pages() -> None:
    client = logged_in(Role.APPLICANT)

    assert client.get("/kantor/uji/").status_code == 404
    assert client.get("/saya/uji/").status_code == 200


def test_a_role_that_lapsed_closes_the_office_at_once_and_says_so() -> None:
    client = logged_in(Role.VERIFIER)
    client.get("/kantor/uji/")
    people.actions.end_grants(_only_account(), Role.VERIFIER, at=clock.now())

    answer = client.get("/kantor/uji/")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Peran Anda sudah berakhir" in page
    assert date_format(timezone.localdate(clock.now())) in page
    # Whom the office is shut to is led out of it, not around in it.
    assert 'href="/kantor/"' not in page
    assert client.post("/kantor/uji/").status_code == 403


def test_whose_role_has_lapsed_still_reaches_their_own_pages_with_a_new_log_in() -> None:
    client = logged_in(Role.VERIFIER)
    people.actions.end_grants(_only_account(), Role.VERIFIER, at=clock.now())

    assert client.get("/kantor/uji/").status_code == 403
    assert client.get("/saya/uji/").status_code == 200


def test_a_session_of_the_office_grows_old_even_when_the_role_has_lapsed() -> None:
    client = logged_in(Role.VERIFIER)
    client.get("/kantor/uji/")
    people.actions.end_grants(_only_account(), Role.VERIFIER, at=clock.now())
    age(client, sessions.SEEN, timedelta(minutes=30))

    assert client.get("/kantor/uji/")["Location"].startswith("/akun/masuk/")


def test_a_session_of_one_face_does_not_open_the_other() -> None:
    client = logged_in(Role.VERIFIER)
    client.get("/saya/uji/")

    answer = client.get("/kantor/uji/")

    assert answer.status_code == 403
    assert "Masuk sekali lagi" in answer.content.decode()


def test_from_one_face_to_the_other_goes_by_a_new_log_in() -> None:
    client = logged_in(Role.VERIFIER)
    client.get("/saya/uji/")

    answer = client.post("/akun/pindah/", {"next": "/kantor/uji/"})

    assert answer["Location"] == "/akun/masuk/?next=%2Fkantor%2Fuji%2F"
    assert "_auth_user_id" not in client.session


def test_changing_the_face_never_leads_out_of_the_house() -> None:
    answer = logged_in().post("/akun/pindah/", {"next": "https://evil.example/"})

    assert answer["Location"] == "/akun/masuk/?next=%2F"


@pytest.mark.parametrize("first", ["/saya/uji/", "/kantor/uji/"])
def test_the_exam_room_takes_candidates_and_invigilators_as_they_come(first: str) -> None:
    client = logged_in(Role.INVIGILATOR)
    client.get(first)

    assert client.get("/ujian/uji/").status_code == 200


def test_the_office_ends_a_session_after_half_an_hour_of_silence() -> None:
    client = logged_in(Role.VERIFIER)
    client.get("/kantor/uji/")
    age(client, sessions.SEEN, timedelta(minutes=30))

    answer = client.get("/kantor/uji/", follow=True)

    assert answer.redirect_chain[0][0].startswith("/akun/masuk/")
    assert "setengah jam tanpa kegiatan" in answer.content.decode()


def test_whoever_works_stays_in_the_office() -> None:
    client = logged_in(Role.VERIFIER)
    client.get("/kantor/uji/")
    age(client, sessions.SEEN, timedelta(minutes=29))
    client.get("/kantor/uji/")
    age(client, sessions.SEEN, timedelta(minutes=29))

    assert client.get("/kantor/uji/").status_code == 200


def test_the_office_ends_a_session_after_ten_hours_of_work() -> None:
    client = logged_in(Role.VERIFIER)
    client.get("/kantor/uji/")
    age(client, sessions.SINCE, timedelta(hours=10))

    assert client.get("/kantor/uji/").status_code == 302


def test_a_candidate_stays_logged_in_for_two_weeks() -> None:
    client = logged_in()
    client.get("/saya/uji/")
    age(client, sessions.SINCE, timedelta(days=13, hours=23))
    age(client, sessions.SEEN, timedelta(days=13))

    assert client.get("/saya/uji/").status_code == 200
    age(client, sessions.SINCE, timedelta(hours=1))
    assert client.get("/saya/uji/").status_code == 302


def test_the_office_forgets_when_the_browser_closes_and_a_phone_remembers() -> None:
    staff, candidate = logged_in(Role.VERIFIER), logged_in(n=2)
    staff.get("/kantor/uji/")
    candidate.get("/saya/uji/")

    assert staff.session.get_expire_at_browser_close()
    assert candidate.session.get_expiry_age() == 14 * 24 * 3600


@pytest.mark.usefixtures("with_factor")
def test_staff_without_a_second_factor_are_led_to_set_one_up() -> None:
    answer = logged_in(Role.VERIFIER).get("/kantor/uji/")

    assert answer["Location"] == "/akun/faktor/"


@pytest.mark.usefixtures("with_factor")
def test_setting_a_factor_up_opens_the_office_in_the_same_session() -> None:
    client = logged_in(Role.VERIFIER)
    client.get("/kantor/uji/")
    session = client.session
    session[sessions.FACTOR] = True
    session.save()

    assert client.get("/kantor/uji/").status_code == 200


@pytest.mark.usefixtures("with_factor")
def test_a_session_that_never_showed_the_factor_logs_in_again() -> None:
    client = logged_in(Role.VERIFIER)
    TOTP.activate(_only_account(), "JBSWY3DPEHPK3PXP")

    answer = client.get("/kantor/uji/")

    assert answer["Location"].startswith("/akun/masuk/")
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("with_factor")
def test_recovery_codes_alone_are_no_second_factor() -> None:
    client = logged_in(Role.VERIFIER)
    Authenticator.objects.create(
        user=_only_account(), type=Authenticator.Type.RECOVERY_CODES, data={}
    )

    assert client.get("/kantor/uji/")["Location"] == "/akun/faktor/"


def _only_account() -> object:
    return get_user_model().objects.get()
