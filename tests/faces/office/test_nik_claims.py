"""Does the office settle whose a NIK is, and does nobody else get to see it?"""

import random

import pytest
from django.test import Client

from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.models import NikClaim
from tests.faces.office.staff import at_work, cost, words
from tests.make import people

pytestmark = pytest.mark.django_db
CLAIMS = "/kantor/orang/nik/"


def disputed(n: int = 1) -> tuple[NikClaim, int, int, str]:
    """Return the n-th dispute, the keys of who claims and who holds, and the NIK."""
    holder = people.person(2 * n, at=clock.now(), name=f"Pemegang {n}")
    claimant = people.account(2 * n + 1, Role.APPLICANT, at=clock.now())
    assert claimant.person_id is not None
    nik = queries.nik_of(holder)
    claim = actions.claim_nik(
        claimant.person_id, nik, by=claimant, at=clock.now(), rng=random.Random(8000 + n)
    )
    return claim, claimant.person_id, holder, nik


def settled(client: Client, claim: NikClaim, *, to: str, why: str = "KTP asli diperlihatkan."):
    """Send the form that settles a dispute."""
    return client.post(f"{CLAIMS}{claim.ref}/", {"milik": to, "alasan": why})


def test_a_dispute_is_listed_with_both_names_and_without_the_number() -> None:
    client, _ = at_work(Role.REGISTRAR)
    claim, _, _, nik = disputed()

    index, page = client.get(CLAIMS), client.get(f"{CLAIMS}{claim.ref}/")

    for answer in (index, page):
        assert "Pemegang 1" in words(answer)
        assert "Ani Rahayu 3" in words(answer)
        assert nik not in answer.content.decode()
        assert nik[-4:] in words(answer)


@pytest.mark.parametrize("to", ["pemohon", "pemegang"])
def test_it_is_settled_either_way_with_a_reason(to: str) -> None:
    client, _ = at_work(Role.REGISTRAR)
    claim, claimant, holder, nik = disputed()

    answer = settled(client, claim, to=to)

    assert answer["Location"] == CLAIMS
    assert queries.person_by_nik(nik) == {"pemohon": claimant, "pemegang": holder}[to]
    assert "KTP asli diperlihatkan." in words(client.get(f"{CLAIMS}{claim.ref}/"))
    assert "Ani Rahayu 3" not in words(client.get(CLAIMS))


def test_a_dispute_of_somebody_who_was_forgotten_is_shown_without_digits_or_name() -> None:
    client, _ = at_work(Role.REGISTRAR)
    claim, claimant, _, nik = disputed()
    actions.forget_person(claimant, at=clock.now())

    page = client.get(f"{CLAIMS}{claim.ref}/")

    assert page.status_code == 200
    assert "tidak diputuskan" in words(page)
    assert "Ani Rahayu 3" not in words(page)
    assert nik[-4:] not in words(page)
    assert 'name="milik"' not in page.content.decode()


@pytest.mark.parametrize("why", ["", "NIK 1218905704850002 cocok"])
def test_a_reason_that_will_not_do_is_told_on_its_field(why: str) -> None:
    client, _ = at_work(Role.REGISTRAR)
    claim, _, holder, nik = disputed()

    answer = settled(client, claim, to="pemohon", why=why)

    assert answer.status_code == 422
    assert 'id="id_alasan-error"' in answer.content.decode()
    assert queries.person_by_nik(nik) == holder


def test_the_second_click_changes_nothing() -> None:
    client, _ = at_work(Role.REGISTRAR)
    claim, claimant, _, nik = disputed()
    settled(client, claim, to="pemohon")

    again = settled(client, claim, to="pemegang")

    assert again.status_code == 409
    assert queries.person_by_nik(nik) == claimant


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.COORDINATOR, Role.AUDITOR])
def test_for_others_there_is_no_such_page(role: Role) -> None:
    client, _ = at_work(role)
    claim, _, holder, nik = disputed()

    assert client.get(CLAIMS).status_code == 404
    assert client.get(f"{CLAIMS}{claim.ref}/").status_code == 404
    assert settled(client, claim, to="pemohon").status_code == 403
    assert queries.person_by_nik(nik) == holder


def test_the_list_costs_the_same_with_one_and_with_three() -> None:
    client, _ = at_work(Role.REGISTRAR)
    disputed(1)
    one = cost(client, CLAIMS)
    disputed(2)
    disputed(3)

    assert cost(client, CLAIMS) == one
