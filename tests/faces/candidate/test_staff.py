"""Does an office see its people's certificates, and say by which way it wants to hear of them?"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from kompeten.certificates import actions
from kompeten.certificates.terms import SuspensionCause, WithdrawalCause
from kompeten.foundation import clock, ledger
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices.models import Watch, Watched
from kompeten.people.models import Organization
from tests.faces.candidate import stage
from tests.make import actors, bell
from tests.make.bell import HELD_AT as AT
from tests.make.story import told_once

pytestmark = pytest.mark.django_db
PEOPLE, MESSAGES = "/saya/pegawai/", "/saya/pegawai/kabar/"
DIRECTOR = actors.actor(Role.DIRECTOR, account_id=150)
URL = "https://sdm.example.go.id/kait"


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Organization]:
    """Return an office, three of whose people are certified."""
    with django_db_blocker.unblock(), told_once():
        made = bell.office()
        bell.certified(3, through=made)
        yield made


@pytest.fixture(autouse=True)
def _three_days_later(_tuesday: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def sponsor(office: Organization) -> Actor:
    return bell.sponsor(office, at=AT - timedelta(days=1))


@pytest.fixture
def client(sponsor: Actor) -> Client:
    return stage.browser(sponsor)


def other(at: Any = AT) -> Client:
    """Return the browser of somebody who speaks for another office."""
    elsewhere = bell.office(2, name="Yayasan Lain")
    return stage.browser(bell.sponsor(elsewhere, 8101, at=at - timedelta(days=1)))


def test_everybody_stands_there_with_what_holds_today(client: Client) -> None:
    first, second, third = bell.held()
    actions.suspend(
        first,
        cause=SuspensionCause.INQUIRY,
        note="Keluhan, rahasia",
        ends_at=AT + timedelta(days=9),
        by=DIRECTOR,
        at=AT,
    )
    actions.withdraw(
        [second], cause=WithdrawalCause.CONDUCT, note="Rahasia juga", by=DIRECTOR, at=AT
    )

    page = stage.words(client.get(PEOPLE))

    for held in (first, second, third):
        assert held.number in page
    assert f"{first.number} Hari ini dibekukan" in page
    assert f"{second.number} Hari ini dicabut" in page
    assert f"{third.number} Hari ini berlaku" in page
    assert page.count("1.822 hari lagi") == 2
    assert "rahasia" not in page.lower()
    assert "Dinas Sosial Kabupaten Banyumas" in page


def test_groups_and_search_find_and_count(client: Client) -> None:
    first = bell.held()[0]
    actions.withdraw([first], cause=WithdrawalCause.CONDUCT, note="x", by=DIRECTOR, at=AT)

    out = stage.words(client.get(f"{PEOPLE}?kelompok=out"))
    valid = stage.words(client.get(f"{PEOPLE}?kelompok=valid"))
    named = stage.words(client.get(f"{PEOPLE}?cari=rahayu+3"))
    nobody = stage.words(client.get(f"{PEOPLE}?cari=%00Zzz"))
    strange = client.get(f"{PEOPLE}?kelompok=x'&halaman=-4")

    assert (first.number in out, first.number in valid) == (True, False)
    assert ("Ani Rahayu 3" in named, "Ani Rahayu 2" in named) == (True, False)
    assert "Semua 1" in named
    assert "Tidak ada yang ditemukan" in nobody or "Tidak ditemukan" in nobody
    assert strange.status_code == 200


def test_the_part_that_htmx_swaps_is_that_part_of_the_page(client: Client) -> None:
    fragment = client.get(PEOPLE, headers=stage.HTMX)

    assert stage.is_part(fragment, client.get(PEOPLE))


def test_pages_of_an_office_are_for_its_sponsors_only(office: Organization) -> None:
    stranger, elsewhere = stage.stranger(), other()

    assert stranger.get(PEOPLE).status_code == 404
    assert stranger.get(MESSAGES).status_code == 404
    assert stranger.post(f"{MESSAGES}surel/", {"kantor": office.pk}).status_code == 403
    assert "Ani Rahayu" not in stage.words(elsewhere.get(PEOPLE))
    assert elsewhere.post(f"{MESSAGES}surel/", {"kantor": office.pk}).status_code == 422
    added = {"kantor": office.pk, "nomor": bell.held()[0].number}
    assert elsewhere.post(f"{PEOPLE}tambah/", added).status_code == 422
    assert Client().get(PEOPLE).status_code == 302


def test_a_certificate_is_added_by_number_and_taken_out(office: Organization) -> None:
    client = other()
    elsewhere = Organization.objects.exclude(pk=office.pk).latest("id")
    held = bell.held()[0]

    wrong = client.post(f"{PEOPLE}tambah/", {"kantor": elsewhere.pk, "nomor": "123"})
    right = client.post(f"{PEOPLE}tambah/", {"kantor": elsewhere.pk, "nomor": held.number})
    page = stage.words(client.get(PEOPLE))
    gone = client.post(f"{PEOPLE}{held.ref}/lepas/")

    assert wrong.status_code == 422
    assert "tidak mengenal sertifikat" in stage.words(wrong)
    assert right.status_code == gone.status_code == 302
    assert held.number in page
    assert "Berhenti memantau" in page
    assert Watched.objects.count() == 0


def test_guessing_numbers_is_slowed_down(office: Organization, client: Client) -> None:
    cache.clear()
    guesses = [{"kantor": office.pk, "nomor": f"88900 {n}"} for n in range(41)]

    statuses = [client.post(f"{PEOPLE}tambah/", guess).status_code for guess in guesses]

    assert (statuses[39], statuses[40]) == (422, 429)
    cache.clear()


def test_one_office_takes_out_nothing_of_another(
    office: Organization, sponsor: Actor, client: Client
) -> None:
    held = bell.held()[0]
    client.post(f"{PEOPLE}tambah/", {"kantor": office.pk, "nomor": held.number})

    other().post(f"{PEOPLE}{held.ref}/lepas/")

    assert Watched.objects.count() == 1


def test_mails_are_asked_for_and_ended(office: Organization, client: Client) -> None:
    begun = client.post(f"{MESSAGES}surel/", {"kantor": office.pk})
    twice = client.post(f"{MESSAGES}surel/", {"kantor": office.pk})
    page = stage.words(client.get(MESSAGES))
    watch = Watch.objects.get()
    ended = [client.post(f"{MESSAGES}{watch.ref}/akhiri/").status_code for _ in range(2)]

    assert (begun.status_code, twice.status_code) == (302, 422)
    assert "Ini sudah aktif" in stage.words(twice)
    assert "ani8100@contoh.example" in page
    assert ended == [302, 302]
    assert "diakhiri" in stage.words(client.get(MESSAGES))


def test_the_secret_of_a_webhook_is_shown_once(office: Organization, client: Client) -> None:
    made = client.post(f"{MESSAGES}kait/", {"kantor": office.pk, "alamat": URL})
    again = client.post(f"{MESSAGES}kait/", {"kantor": office.pk, "alamat": URL})
    later = client.get(MESSAGES)

    found = re.search(r"whsec_[A-Za-z0-9+/=]+", made.content.decode())
    assert made.status_code == 201
    assert found is not None
    assert "no-store" in made["Cache-Control"]
    assert again.status_code == 422
    assert "whsec_" not in again.content.decode() + later.content.decode()
    assert URL in later.content.decode()


def test_why_an_address_is_refused_stands_beside_it(office: Organization, client: Client) -> None:
    answer = client.post(
        f"{MESSAGES}kait/", {"kantor": office.pk, "alamat": "https://192.168.1.1/x"}
    )

    assert answer.status_code == 422
    assert "jaringan tertutup" in stage.words(answer)
    assert "https://192.168.1.1/x" in answer.content.decode()


def test_what_does_not_arrive_is_said_with_the_hour_of_the_next_try(
    office: Organization, sponsor: Actor, client: Client
) -> None:
    client.post(f"{MESSAGES}kait/", {"kantor": office.pk, "alamat": URL})
    actions.withdraw([bell.held()[0]], cause=WithdrawalCause.CONDUCT, note="x", by=DIRECTOR, at=AT)
    ledger.drain_all(at=AT)

    page = stage.words(client.get(MESSAGES))

    assert "1 pesan menunggu" in page
    assert "Tidak ada komputer yang dikenal" in page
    assert "Dicoba lagi: 15 Maret 2026" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(
    office: Organization, client: Client, count: int
) -> None:
    text = "" if count == 3 else "?cari=rahayu+3"
    for n in range(count):
        client.post(f"{MESSAGES}kait/", {"kantor": office.pk, "alamat": f"{URL}/{n}"})

    assert stage.count_queries(client, f"{PEOPLE}{text}") == 9
    assert stage.count_queries(client, MESSAGES) == 8
    assert stage.words(client.get(f"{PEOPLE}{text}")).count("TKS-G/LSP") == count
