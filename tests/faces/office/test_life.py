"""Does the office suspend, lift, withdraw and put right what it has issued, each by whoever may?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kompeten.certificates import queries
from kompeten.certificates.models import Certificate, Suspension
from kompeten.foundation import clock, ledger
from kompeten.kernel.roles import Role
from tests.faces.office.staff import at_work, said, words
from tests.make import decisions

pytestmark = pytest.mark.django_db
SHELF = "/kantor/sertifikat/"


@pytest.fixture
def issued() -> Certificate:
    decision = decisions.certified(1)
    return Certificate.objects.get(application_id=decision.application_id)


def act(client: Client, certificate: Certificate, deed: str, **fields: str) -> Any:
    sent = {f"{deed}-{name}": value for name, value in fields.items()}
    return client.post(f"{SHELF}{certificate.ref}/{deed}/", sent)


def suspend(client: Client, certificate: Certificate, *, days: int = 30, note: str = "SK 3") -> Any:
    until = timezone.localdate(clock.now() + timedelta(days=days)).isoformat()
    return act(client, certificate, "bekukan", sebab="inquiry", sampai=until, catatan=note)


def state(certificate: Certificate) -> str:
    certificate.refresh_from_db()
    return certificate.state


def test_a_registrar_suspends_extends_and_lifts(issued: Certificate) -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)

    suspend(client, issued)
    page = words(client.get(f"{SHELF}{issued.ref}/"))
    later = timezone.localdate(clock.now() + timedelta(days=60))
    act(client, issued, "perpanjang", sampai=later.isoformat())
    running = Suspension.objects.get()
    act(client, issued, "angkat")

    assert said("Suspended") in page
    assert "SK 3" in page
    assert said("Withdraw it for good") not in page  # the director's alone
    assert timezone.localdate(running.ends_at - timedelta(seconds=1)) == later
    assert state(issued) == "published"


def test_what_is_missing_is_said_where_it_is_asked_and_nothing_entered_is_lost(
    issued: Certificate,
) -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)

    answer = suspend(client, issued, days=-3, note="Keluhan nomor 12")

    assert answer.status_code == 422
    assert said("A suspension ends after it begins; an extension ends later.") in words(answer)
    assert "Keluhan nomor 12" in words(answer)
    assert state(issued) == "published"


def test_the_director_withdraws_and_reinstates(issued: Certificate) -> None:
    client, _ = at_work(Role.DIRECTOR, n=7603)

    act(client, issued, "cabut", sebab="issued_in_error", catatan="Berita acara 3")
    page = words(client.get(f"{SHELF}{issued.ref}/"))
    act(client, issued, "pulihkan", dasar="Banding dikabulkan")
    ledger.drain_all(at=clock.now())

    assert said("Withdrawn") in page
    heir = queries.heir(issued)
    assert heir is not None
    assert (state(issued), heir.state) == ("withdrawn", "published")
    assert heir.number in words(client.get(f"{SHELF}{issued.ref}/"))
    assert "Banding dikabulkan" in words(client.get(f"{SHELF}{heir.ref}/"))


def test_a_second_click_changes_nothing(issued: Certificate) -> None:
    client, _ = at_work(Role.DIRECTOR, n=7603)

    first = act(client, issued, "cabut", sebab="request", catatan="Surat pemegang")
    second = act(client, issued, "cabut", sebab="request", catatan="Surat pemegang")

    assert (first.status_code, second.status_code) == (302, 302)
    assert ledger.history("certificate", issued.pk)[-1].type == "certificate.withdrawn"


def test_a_second_reinstatement_is_told_that_one_is_on_its_way(issued: Certificate) -> None:
    client, _ = at_work(Role.DIRECTOR, n=7603)
    act(client, issued, "cabut", sebab="issued_in_error", catatan="Berita acara 3")

    first = act(client, issued, "pulihkan", dasar="Banding dikabulkan")
    second = act(client, issued, "pulihkan", dasar="Banding dikabulkan")

    assert (first.status_code, second.status_code) == (302, 302)
    shown = words(client.get(second.headers["Location"]))
    assert said("This certificate was moved meanwhile. Look at it again.") in shown
    assert Certificate.objects.filter(replaces=issued.number).count() == 1


def test_nobody_does_what_is_not_theirs(issued: Certificate) -> None:
    registrar, _ = at_work(Role.REGISTRAR, n=7601)
    auditor, _ = at_work(Role.AUDITOR, n=7604)
    writer, _ = at_work(Role.ITEM_WRITER, n=7602)

    answers = [
        act(registrar, issued, "cabut", sebab="request", catatan="ada").status_code,
        act(registrar, issued, "lain").status_code,
        suspend(auditor, issued).status_code,
        suspend(writer, issued).status_code,
    ]

    assert answers == [404, 404, 403, 403]  # staff are told what they lack
    assert state(issued) == "published"


def recall_of(client: Client, certificate: Certificate, **changes: str) -> Any:
    sent = {
        "skema": "",
        "sk": "",
        "provinsi": "",
        "dari": "",
        "sampai": "",
        "nomor": certificate.number,
        "usul": "ya",
        "sidik": queries.digest_of([certificate.pk]),
        "sebab": "issued_in_error",
        "catatan": "Berita acara 9",
    }
    return client.post(f"{SHELF}penarikan/usul/", sent | changes)


def test_a_recall_is_looked_at_proposed_by_one_and_approved_by_another(issued: Certificate) -> None:
    registrar, _ = at_work(Role.REGISTRAR, n=7601)
    director, _ = at_work(Role.DIRECTOR, n=7603)
    preview = registrar.post(f"{SHELF}penarikan/usul/", {"nomor": issued.number, "lihat": "ya"})

    address = recall_of(registrar, issued).headers["Location"]
    waits = words(director.get("/kantor/"))
    before = state(issued)
    refused = registrar.post(f"{address}setujui/")
    director.post(f"{address}setujui/")
    ledger.drain_all(at=clock.now())

    assert preview.status_code == 200
    assert issued.person.full_name in words(preview)
    assert said("Recalls of certificates") in waits
    assert refused.status_code in (302, 403, 404)
    assert (before, state(issued)) == ("published", "withdrawn")
    assert said("Every certificate of the recall is out of force.") in words(director.get(address))


def test_the_directors_own_proposal_waits_for_somebody_else(issued: Certificate) -> None:
    director, _ = at_work(Role.DIRECTOR, n=7603)
    other, _ = at_work(Role.DIRECTOR, n=7605)
    address = recall_of(director, issued).headers["Location"]

    told = words(director.post(f"{address}setujui/", follow=True))
    before = state(issued)
    other.post(f"{address}setujui/")
    ledger.drain_all(at=clock.now())

    assert said("Somebody else than who proposed the recall has to approve it.") in told
    assert (before, state(issued)) == ("published", "withdrawn")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"nomor": ""}, "Say which certificates: a recall of all of them is not made this way."),
        ({"nomor": "tidak ada"}, "No certificate in force meets this; there is nothing to recall."),
        (
            {"sidik": queries.digest_of([])},
            "Other certificates meet this now than those that you were shown. Look at them again.",
        ),
    ],
)
def test_a_recall_that_is_not_what_was_looked_at_is_refused(
    issued: Certificate, changes: dict[str, str], told: str
) -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)

    answer = recall_of(client, issued, **changes)

    assert answer.status_code == 422
    assert said(told) in words(answer)
    assert queries.recalls_waiting() == 0


def test_a_recall_of_days_that_no_day_lies_between_is_told_so(issued: Certificate) -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)

    answer = recall_of(client, issued, dari="2026-12-02", sampai="2026-12-01")

    assert answer.status_code == 422
    assert said("The last day comes before the first.") in words(answer)
    assert queries.recalls_waiting() == 0


def test_a_recall_that_is_dropped_withdraws_nothing(issued: Certificate) -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    address = recall_of(client, issued).headers["Location"]

    client.post(f"{address}batalkan/")
    ledger.drain_all(at=clock.now())

    assert state(issued) == "published"
    assert said("The recall was dropped.") in words(client.get(address))
