"""How does one come in: by e-mail or NIK, with a second factor, and how often may one guess?"""

import gettext
import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.people import queries
from kompeten.web.ui import sessions
from kompeten.web.ui.entrance import wording
from kompeten.web.ui.entrance.adapter import Entrance
from tests.make import people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.faces.ui.urls")]
PASSWORD = "kata sandi yang panjang"
NIK = people.identity(1).nik
LOGIN = "/akun/masuk/"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> None:
    cache.clear()


def ani(*roles: Role) -> None:
    """Open an account that can be entered with `PASSWORD`."""
    people.account(1, *roles, at=clock.now(), password=PASSWORD)


def enter(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    """Send the log-in form."""
    return client.post(LOGIN, {"login": login, "password": password, **more})


def confirm(client: Client) -> None:
    """Type the password once more, as changing a factor asks for."""
    answer = client.post("/akun/konfirmasi/", {"password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize("login", ["akun1@contoh.example", "AKUN1@contoh.example", NIK])
def test_an_applicant_enters_by_mail_address_or_nik(client: Client, login: str) -> None:
    ani()

    answer = enter(client, login)

    assert answer["Location"] == "/saya/"


def test_a_nik_may_be_typed_in_groups(client: Client) -> None:
    ani()

    assert enter(client, f"{NIK[:4]} {NIK[4:12]} {NIK[12:]}").status_code == 302


def test_staff_are_sent_to_the_office(client: Client) -> None:
    ani(Role.VERIFIER)

    assert enter(client, NIK)["Location"] == "/kantor/"


def test_the_log_in_leads_to_the_page_that_was_wanted(client: Client) -> None:
    ani()

    assert enter(client, NIK, next="/saya/uji/")["Location"] == "/saya/uji/"
    assert "sesi" in client.cookies


def test_the_log_in_never_leads_out_of_the_house(client: Client) -> None:
    ani()

    assert enter(client, NIK, next="https://evil.example/")["Location"] == "/saya/"


def test_a_wrong_password_and_an_unknown_nik_sound_the_same(client: Client) -> None:
    ani()

    wrong = enter(client, NIK, "bukan kata sandinya")
    unknown = enter(client, "9999999999999999", "bukan kata sandinya")

    sentence = "Surel, NIK, atau kata sandi belum tepat."
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()


def test_after_five_wrong_guesses_even_the_right_password_waits(client: Client) -> None:
    ani()
    for _ in range(5):
        enter(client, NIK, "tebakan")

    answer = enter(client, NIK)

    assert answer.status_code == 429
    assert "Terlalu banyak percobaan" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_spaces_in_the_nik_do_not_get_around_the_lock_out(client: Client) -> None:
    ani()
    for n in range(5):
        enter(client, f"{NIK[: n + 1]} {NIK[n + 1 :]}", "tebakan")

    assert "Terlalu banyak percobaan" in enter(client, NIK).content.decode()


def test_a_hall_behind_one_address_may_log_in(client: Client) -> None:
    for n in range(40):
        answer = enter(client, f"orang{n}@contoh.example", "tebakan")

    assert "belum tepat" in answer.content.decode()


@override_settings(ACCOUNT_RATE_LIMITS={"login": "3/m/ip"})
def test_a_flood_of_attempts_gets_a_kind_page(client: Client) -> None:
    for n in range(3):
        enter(client, f"orang{n}@contoh.example", "tebakan")

    answer = enter(client, "orang4@contoh.example", "tebakan")

    assert answer.status_code == 429
    assert "Mohon tunggu sebentar" in answer.content.decode()


def test_a_name_longer_than_any_address_is_refused_with_words(client: Client) -> None:
    answer = enter(client, "a" * 100_000)

    assert answer.status_code == 422
    assert "254" in answer.content.decode()


def test_an_account_that_is_closed_stays_closed(client: Client) -> None:
    ani()
    get_user_model().objects.update(is_active=False)

    enter(client, NIK)

    assert "_auth_user_id" not in client.session


def test_who_signs_up_becomes_an_applicant_without_a_nik(client: Client) -> None:
    form = {"name": "Siti Aminah", "email": "siti@contoh.example", "password1": PASSWORD}

    answer = client.post("/akun/daftar/", form)

    account = get_user_model().objects.get()
    actor = queries.actor(account.pk, at=clock.now())
    assert answer["Location"] == "/saya/"
    assert actor.roles == {Role.APPLICANT}
    assert actor.label == "Siti Aminah"
    assert actor.person_id is not None
    assert queries.nik_of(actor.person_id) == ""


def test_signing_up_with_a_short_password_says_what_is_missing(client: Client) -> None:
    form = {"name": "Siti", "email": "siti@contoh.example", "password1": "pendek"}

    answer = client.post("/akun/daftar/", form)

    assert "perlu Anda perhatikan" in answer.content.decode()
    assert not get_user_model().objects.exists()


def test_a_forgotten_password_is_set_by_a_link(client: Client) -> None:
    ani()

    client.post("/akun/sandi/lupa/", {"email": "akun1@contoh.example"})
    link = next(w for w in mail.outbox[0].body.split() if "/akun/sandi/baru/" in w)
    page = client.get(link, follow=True)
    answer = client.post(
        page.redirect_chain[-1][0], {"password1": PASSWORD * 2, "password2": PASSWORD * 2}
    )

    assert answer.status_code == 302
    assert enter(Client(), NIK, PASSWORD * 2).status_code == 302


def test_a_link_used_twice_says_so(client: Client) -> None:
    answer = client.get("/akun/sandi/baru/1-set-password/")

    assert "sudah tidak berlaku" in answer.content.decode()


def test_whoever_has_a_second_factor_is_asked_for_it(client: Client) -> None:
    ani(Role.VERIFIER)
    secret = _app_for(get_user_model().objects.get())

    first = enter(client, NIK)
    second = client.post("/akun/faktor/masuk/", {"code": _code(secret)})

    assert first["Location"] == "/akun/faktor/masuk/"
    assert second["Location"] == "/kantor/"


@pytest.mark.parametrize(
    ("kind", "counts"), [("totp", True), ("webauthn", True), ("recovery_codes", False)]
)
def test_a_factor_set_up_by_hand_counts_in_that_session(
    client: Client, rf: RequestFactory, kind: str, counts: bool
) -> None:
    """The library sends its signal at commit, which comes after the request in a test."""
    request = rf.post("/akun/faktor/aplikasi/")
    request.session = client.session

    authenticator_added.send(
        sender=Authenticator, request=request, user=None, authenticator=Authenticator(type=kind)
    )

    assert request.session.get(sessions.FACTOR, False) is counts


def test_the_app_is_switched_on_with_its_first_code(client: Client) -> None:
    ani(Role.VERIFIER)
    enter(client, NIK)
    confirm(client)
    secret = client.get("/akun/faktor/aplikasi/").context["form"].secret

    client.post("/akun/faktor/aplikasi/", {"code": _code(secret)})

    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES).exists()


def test_secrets_of_second_factors_lie_sealed() -> None:
    ani()
    secret = _app_for(get_user_model().objects.get())

    (row,) = Authenticator.objects.filter(type=Authenticator.Type.TOTP)

    assert secret not in str(row.data)
    assert row.wrap().validate_code(_code(secret))


@pytest.mark.parametrize(
    "path",
    [
        "masuk",
        "daftar",
        "sandi/lupa",
        "sandi/terkirim",
        "sandi/selesai",
        "surel/terkirim",
        "tertutup",
    ],
)
def test_pages_of_the_entrance_show_themselves_to_strangers(client: Client, path: str) -> None:
    answer = client.get(f"/akun/{path}/")

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize(
    "path",
    [
        "keluar",
        "sandi",
        "surel",
        "faktor",
        "faktor/aplikasi",
        "faktor/kunci",
        "faktor/kunci/tambah",
    ],
)
def test_pages_of_the_account_show_themselves_to_its_owner(client: Client, path: str) -> None:
    ani()
    enter(client, NIK)
    confirm(client)

    answer = client.get(f"/akun/{path}/")

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


def _app_for(account: object) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return secret


def _code(secret: str) -> str:
    counter = int(clock.now().timestamp()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


STRAY = re.compile(r"e-?mail|pengguna|gagal", re.IGNORECASE)
ADDRESSED = [  # what the library says of addresses, and nothing of phones, which the house does not ask
    "email_taken", "duplicate_email", "cannot_remove_primary_email", "unverified_primary_email",
    "max_email_addresses", "unknown_email", "email_password_mismatch", "username_password_mismatch",
]  # fmt: skip


def test_the_sentences_that_are_ours_are_still_the_librarys() -> None:
    folder = Path(allauth.__file__).parent / "locale"
    with (folder / "id" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        theirs = {
            key
            for key in gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            if isinstance(key, str)
        }

    assert [said for said in wording.SENTENCES if said not in theirs] == []


def test_an_address_is_called_one_thing() -> None:
    with translation.override("id"):
        told = [translation.gettext(said) for said in wording.SENTENCES]
        told += [str(Entrance.error_messages[code]) for code in ADDRESSED]

    bare = [re.sub(r"%\(\w+\)s", "", said) for said in told]
    assert [said for said in bare if STRAY.search(said)] == []


def test_a_taken_address_and_a_new_password_are_told_in_our_words(client: Client) -> None:
    ani()
    form = {"name": "Ani", "email": "akun1@contoh.example", "password1": PASSWORD}

    answer = client.post("/akun/daftar/", form)
    client.post("/akun/sandi/lupa/", {"email": "akun1@contoh.example"})

    assert "Sudah ada akun dengan alamat surel ini." in answer.content.decode()
    (sent,) = mail.outbox
    assert sent.subject == "[Kompeten] Membuat kata sandi baru"
    body = re.sub(r"\S+@\S+|https?://\S+", "", str(sent.body))
    assert STRAY.search(body) is None
