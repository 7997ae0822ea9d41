"""Does the list of reasons reach the sheet and the applicant, and is it the head's to maintain?"""

import random

import pytest

from kompeten.foundation import clock
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.roles import Role
from kompeten.verification import actions, queries
from kompeten.verification.models import Review
from kompeten.verification.terms import Fault, Wording
from tests.faces.office.staff import at_work, cost, said, words
from tests.make import verification

pytestmark = pytest.mark.django_db
REASONS = "/kantor/verifikasi/alasan/"
NEW = {
    "kode": "card_blurred",
    "jenis": "fault.unreadable",
    "indonesia": "Foto KTP buram. Foto ulang di tempat terang.",
    "inggris": "The card is blurred. Photograph it again in good light.",
    "dokumen": "identity_card",
}


def test_the_head_puts_a_reason_on_the_list_and_takes_it_off() -> None:
    head, _ = at_work(Role.COORDINATOR)

    added = head.post(REASONS, NEW)
    page = words(head.get(REASONS))
    head.post(f"{REASONS}card_blurred/cabut/")

    assert added["Location"] == REASONS
    assert NEW["indonesia"] in page
    assert NEW["indonesia"] not in words(head.get(REASONS))


def test_what_is_wrong_with_a_reason_is_said() -> None:
    head, _ = at_work(Role.COORDINATOR)

    answer = head.post(REASONS, NEW | {"kode": "KTP buram!"})

    assert answer.status_code == 422
    assert said("A code is 3 to 40 small letters, digits and underscores.") in words(answer)


def test_a_verifier_reads_the_list_and_gives_a_reason_of_it() -> None:
    reason = actions.word(_wording(), by=SYSTEM, at=clock.now(), rng=random.Random(1))
    client, by = at_work(Role.VERIFIER, n=7001)
    review, _ = verification.claimed(1, by=by, at=clock.now())
    data = {f"nilai-{code}": "met" for code in review.files} | {
        "nilai-identity_card": "not_met",
        "sebab-identity_card": reason.ref,
        "langkah": "kembalikan",
    }
    address = f"/kantor/verifikasi/{review.ref}/"

    page = words(client.get(address))
    client.post(address, data)

    assert NEW["indonesia"] in page
    assert NEW["indonesia"] in words(client.get(address))
    assert NEW["indonesia"] in words(client.get(REASONS))
    (card,) = [f for f in queries.findings(Review.objects.get()) if f.fault]
    assert (card.reason, card.fault) == (reason.ref, "fault.unreadable")
    assert client.post(REASONS, NEW).status_code in {403, 409}
    assert client.post(f"{REASONS}card_blurred/cabut/").status_code == 403


def test_the_list_takes_as_many_queries_for_one_as_for_all() -> None:
    head, _ = at_work(Role.COORDINATOR)
    head.post(REASONS, NEW)
    one = cost(head, REASONS)

    for n in range(3):
        head.post(REASONS, NEW | {"kode": f"card_{n}"})

    assert cost(head, REASONS) == one


def _wording() -> Wording:
    said = {"id": NEW["indonesia"], "en": NEW["inggris"]}
    return Wording(NEW["kode"], Fault.UNREADABLE, said, ("identity_card",))
