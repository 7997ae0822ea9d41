"""Does a holder see what became of each certificate, and take with them what they need?"""

import io
import json
import random
from datetime import timedelta

import pytest
from django.test import Client

from kompeten.certificates import actions, queries
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import SuspensionCause, WithdrawalCause
from kompeten.foundation import clock, ledger, qr
from kompeten.kernel import baking
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from tests.faces.candidate import stage
from tests.make import actors, bell
from tests.make.bell import HELD_AT as AT
from tests.make.bell import holder_of
from tests.make.people import account

pytestmark = pytest.mark.django_db
RNG = random.Random(3)
DIRECTOR = actors.actor(Role.DIRECTOR, account_id=150)
SHELF = "/saya/sertifikat/"


def suspend(held: Certificate) -> None:
    actions.suspend(
        held,
        cause=SuspensionCause.SURVEILLANCE,
        note="Laporan praktik belum diterima",
        ends_at=AT + timedelta(days=20),
        by=DIRECTOR,
        at=AT,
    )


def withdraw(held: Certificate) -> None:
    actions.withdraw(
        [held],
        cause=WithdrawalCause.ISSUED_IN_ERROR,
        note="Berita acara 3/2026",
        by=DIRECTOR,
        at=AT,
    )


def read(client: Client, held: Certificate) -> str:
    answer = client.get(f"{SHELF}{held.ref}/")
    assert answer.status_code == 200
    return stage.words(answer)


def test_a_certificate_that_holds_says_so(holder: Client, held: Certificate) -> None:
    page = read(holder, held)

    assert "berlaku" in page
    assert held.number in page
    assert "Kartu untuk dicetak" in page


def test_a_suspended_one_says_until_when_and_why(holder: Client, held: Certificate) -> None:
    suspend(held)

    page = read(holder, held)

    assert "Untuk sementara tidak berlaku" in page
    assert "4 April 2026" in page
    assert "Laporan praktik belum diterima" in page
    assert "Kartu untuk dicetak" not in page
    assert "dibekukan" in stage.words(holder.get(SHELF))


def test_a_withdrawn_one_says_since_when_and_why_and_names_its_heir(
    holder: Client, held: Certificate
) -> None:
    withdraw(held)
    alone = read(holder, held)
    heir = actions.reinstate(held, ground="Banding dikabulkan", by=DIRECTOR, at=AT, rng=RNG)
    on_its_way = read(holder, held)
    ledger.drain_all(at=AT)
    published = holder.get(f"{SHELF}{held.ref}/").content.decode()
    newer = read(holder, Certificate.objects.get(pk=heir.pk))

    assert "Sertifikat ini dicabut" in alone
    assert "15 Maret 2026" in alone
    assert "Berita acara 3/2026" in alone
    assert "sedang diproses" in on_its_way
    assert f"{SHELF}{heir.ref}/" in published
    assert "Banding dikabulkan" in newer


def test_a_replaced_one_leads_to_the_newer(holder: Client, held: Certificate) -> None:
    people.correct_name(
        held.person,
        name="Kartika Dewi",
        title_before="",
        title_after="",
        ground="KTP",
        by=account(140, Role.REGISTRAR, at=AT),
        at=AT,
    )
    held.refresh_from_db()
    heir = actions.correct(held, ground="KTP dalam berkas", by=DIRECTOR, at=AT, rng=RNG)
    ledger.drain_all(at=AT)

    old = holder.get(f"{SHELF}{held.ref}/").content.decode()
    listed = stage.words(holder.get(SHELF))

    assert "Sudah ada penggantinya" in old
    assert f"{SHELF}{heir.ref}/" in old
    assert "diganti" in listed
    assert heir.number in listed


def test_an_expired_one_says_what_it_still_shows(
    holder: Client, held: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held.valid_until is not None
    later = AT.replace(year=held.valid_until.year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    client = stage.browser(holder_of(held))

    page = read(client, held)

    assert "Masa berlakunya sudah habis" in page
    assert "11 Maret 2031" in page


def test_the_files_are_those_that_were_signed(holder: Client, held: Certificate) -> None:
    paper = holder.get(f"{SHELF}{held.ref}/pdf/")
    credential = holder.get(f"{SHELF}{held.ref}/kredensial/")

    assert paper.content == queries.pdf(held)
    assert credential.content == queries.credential(held)
    assert "no-store" in paper["Cache-Control"]


def test_the_card_has_the_facts_and_a_code_that_a_phone_reads(
    holder: Client, held: Certificate
) -> None:
    answer = holder.get(f"{SHELF}{held.ref}/kartu/")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert answer.content == queries.card(held)  # the same each time
    assert qr.read(qr.png(held.qr)) == (held.qr,)


def test_there_is_no_card_of_one_that_does_not_hold(holder: Client, held: Certificate) -> None:
    suspend(held)

    assert holder.get(f"{SHELF}{held.ref}/kartu/").status_code == 404


@pytest.mark.parametrize(("kind", "media_type"), [("png", "image/png"), ("svg", "image/svg+xml")])
def test_a_badge_carries_the_very_bytes_of_the_credential(
    holder: Client, held: Certificate, kind: str, media_type: str
) -> None:
    answer = holder.get(f"{SHELF}{held.ref}/lencana.{kind}")

    carried = baking.unbake(answer.content)
    assert answer["Content-Type"] == media_type
    assert carried is not None
    assert carried.encode() == queries.credential(held)
    assert json.loads(carried)["proof"]


def test_a_badge_is_a_picture_like_others(holder: Client, held: Certificate) -> None:
    from PIL import Image

    answer = holder.get(f"{SHELF}{held.ref}/lencana.png")

    picture = Image.open(io.BytesIO(answer.content))
    picture.load()
    assert picture.size == (600, 600)
    assert picture.text.keys() == {"openbadgecredential"}  # type: ignore[attr-defined]


def test_what_is_not_theirs_is_not_there(held: Certificate) -> None:
    other = stage.browser(holder_of(bell.held()[1]))

    for part in ("", "pdf/", "kredensial/", "kartu/", "lencana.png", "lencana.gif"):
        assert other.get(f"{SHELF}{held.ref}/{part}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    holder: Client, held: Certificate, count: int
) -> None:
    for n in range(1, count):
        Certificate.objects.get(pk=held.pk)
        withdraw(held)
        held = actions.reinstate(held, ground=f"Banding {n}", by=DIRECTOR, at=AT, rng=RNG)
        ledger.drain_all(at=AT)
        held.refresh_from_db()

    assert stage.count_queries(holder, SHELF) == 6
    assert stage.words(holder.get(SHELF)).count("TKS-G") == count
