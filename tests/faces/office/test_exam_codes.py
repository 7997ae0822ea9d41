"""Is the code of a sitting shown to those who read it out, when they need it, and never in silence?"""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kompeten.exams import labels
from kompeten.exams.adapters import keys
from kompeten.exams.models import Sitting
from kompeten.foundation import clock
from kompeten.foundation.ledger import history
from kompeten.kernel.refs import ALPHABET
from kompeten.kernel.roles import Role
from kompeten.web.office import codes
from tests.faces.office.staff import at_work, said, words
from tests.make import exams as make
from tests.make import itembank

pytestmark = pytest.mark.django_db
SHOW = {"langkah": "lihat"}
READ_OUT = "Read this out, twice"


@pytest.fixture(autouse=True)
def _stocked() -> None:
    itembank.bank()


def sitting(*, opens: timedelta) -> Sitting:
    now = clock.now()
    opens_at = now + opens
    closes_at = opens_at + timedelta(hours=3)
    return make.sitting(opens_at=opens_at, closes_at=closes_at, at=now - timedelta(days=1))


def path(held: Sitting) -> str:
    return f"/kantor/ujian/{held.ref}/kode/"


def irwan() -> Client:
    return at_work(Role.INVIGILATOR, n=7402)[0]


def endang() -> Client:
    return at_work(Role.COORDINATOR, n=7401)[0]


def events(held: Sitting) -> list[tuple[str, str, str]]:
    told = history("sitting", held.pk)[1:]
    return [(e.type, e.actor_role, e.facts["reason"]) for e in told]


def groups(held: Sitting) -> str:
    text = keys.sitting_code(held.ref, held.code_renewals)
    return f"{text[:5]} {text[5:]}"


def test_looking_at_the_page_shows_no_code_and_notes_nothing() -> None:
    held = sitting(opens=timedelta(minutes=20))

    answer = irwan().get(path(held))

    assert answer.status_code == 200
    assert keys.sitting_code(held.ref, 0)[:5] not in answer.content.decode()
    assert events(held) == []


def test_an_invigilator_is_shown_it_half_an_hour_before_and_that_is_noted() -> None:
    held = sitting(opens=timedelta(minutes=20))

    answer = irwan().post(path(held), SHOW)

    text = keys.sitting_code(held.ref, 0)
    assert said(READ_OUT) in words(answer)
    assert groups(held) in words(answer)
    assert f"{text[0]} {labels.SPELLING[text[0]]}" in words(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert events(held) == [("sitting.code_shown", "invigilator", "")]
    assert said("Code of the package shown") in words(answer)


def test_earlier_an_invigilator_waits_and_a_coordinator_says_why() -> None:
    held = sitting(opens=timedelta(days=2))

    invigilator, coordinator = irwan(), endang()
    page = invigilator.get(path(held))
    early = invigilator.post(path(held), SHOW)
    silent = coordinator.post(path(held), SHOW)
    told = coordinator.post(path(held), SHOW | {"alasan": "SMS dijadwalkan"})

    assert said("Show the code") not in words(page)
    assert early.status_code == 409
    assert silent.status_code == 422
    assert said("Say why; it stands in the history of the sitting.") in words(silent)
    assert groups(held) in words(told)
    assert events(held) == [("sitting.code_shown", "coordinator", "SMS dijadwalkan")]
    assert "SMS dijadwalkan" in words(told)


def test_a_coordinator_lets_another_code_hold_and_is_told_what_that_means() -> None:
    held = sitting(opens=timedelta(days=2))
    before = groups(held)
    client = endang()

    page = client.get(path(held))
    answer = client.post(path(held), {"langkah": "ganti", "alasan": "Bocor"}, follow=True)
    shown = client.post(path(held), SHOW | {"alasan": "Periksa"})

    held.refresh_from_db()
    assert said(
        "Devices that were prepared before need a line then: to fetch the paper again, or to open it"
        " when the exam begins."
    ) in words(page)
    assert said(
        "Another code holds now. Whoever prepared a device before fetches the paper once more."
    ) in words(answer)
    assert groups(held) != before
    assert groups(held) in words(shown)
    assert before not in words(shown)


def test_an_invigilator_renews_nothing_and_a_reason_is_asked_for() -> None:
    held = sitting(opens=timedelta(minutes=20))

    refused = irwan().post(path(held), {"langkah": "ganti", "alasan": "x"})
    silent = endang().post(path(held), {"langkah": "ganti"})

    assert (refused.status_code, silent.status_code) == (403, 422)
    assert events(held) == []


def test_others_find_no_such_page() -> None:
    held = sitting(opens=timedelta(minutes=20))

    for n, role in enumerate((Role.VERIFIER, Role.AUDITOR, Role.REGISTRAR)):
        client, _ = at_work(role, n=7410 + n)
        assert client.get(path(held)).status_code == 404
    assert irwan().get("/kantor/ujian/0000000000/kode/").status_code == 404


def test_after_the_sitting_there_is_none() -> None:
    held = sitting(opens=timedelta(hours=-4))
    make.closed(make.opened(held))

    client = irwan()
    answer = client.get(path(held))

    assert said("This sitting is over") in words(answer)
    assert client.post(path(held), SHOW).status_code == 409


@pytest.mark.parametrize(
    "title",
    ["Ujian tulis", "Ujian é ü [susulan] ~ {} | 16 peserta", "Ujian tulis nasional " * 8, ""],
)
def test_an_sms_is_one_sms(title: str) -> None:
    held = Sitting(title=title[:120], opens_at=make.OPENS, zone="Asia/Jayapura")

    text = codes.sms("7XK2M9QPW3", held)

    assert len(text) <= 160
    assert "7XK2M 9QPW3" in text
    assert "9 Mar 11.00 WIT" in text
    assert re.fullmatch(r"[A-Za-z0-9 .,:;/()-]+", text)


def test_every_sign_of_a_code_has_a_word() -> None:
    assert set(labels.SPELLING) == set(ALPHABET)
    assert len(set(labels.SPELLING.values())) == len(ALPHABET)
    assert all(labels.SPELLING[c].startswith(c) or c in "0123456789X" for c in ALPHABET)


def test_the_board_leads_to_the_code() -> None:
    held = sitting(opens=timedelta(minutes=20))

    assert f'href="{path(held)}"' in irwan().get(f"/kantor/ujian/{held.ref}/").content.decode()
