"""Does the office let the log forget a person: one proposes, another carries it out, and both see what stays?"""

import json
from typing import Any

import pytest
from django.test import Client

from kompeten.certificates.models import Certificate
from kompeten.foundation import clock, ledger
from kompeten.kernel.roles import Role
from kompeten.ops import cli
from kompeten.register.models import Erasure
from kompeten.register.queries import erasing as queries
from kompeten.register.queries import log, logkeys
from tests.faces.office.staff import at_work, cost, said, words
from tests.make import decisions

pytestmark = pytest.mark.django_db
SHELF = "/kantor/sertifikat/"


@pytest.fixture
def issued() -> Certificate:
    decision = decisions.certified(1)
    return Certificate.objects.get(application_id=decision.application_id)


def page_of(certificate: Certificate) -> str:
    """Return the address of its erasure."""
    return f"{SHELF}{certificate.ref}/penghapusan/"


def propose(client: Client, certificate: Certificate, ground: str = "Permohonan 7/2026") -> Any:
    return client.post(page_of(certificate), {"dasar": ground})


def test_one_proposes_another_carries_it_out_and_the_proof_is_gone(issued: Certificate) -> None:
    registrar, _ = at_work(Role.REGISTRAR, n=7801)
    director, _ = at_work(Role.DIRECTOR, n=7802)
    before = words(registrar.get(page_of(issued)))

    proposed = propose(registrar, issued)
    inbox = words(director.get("/kantor/"))
    waiting = words(director.get(f"{SHELF}penghapusan/"))
    seen = words(director.get(page_of(issued)))
    untouched = log.has_bundle(issued)
    director.post(f"{page_of(issued)}hapus/")

    assert said("What stays, and why") in before
    assert proposed.status_code == 302
    assert said("Erasures in the public log") in inbox
    assert issued.number in waiting
    assert said("Erase for good") in seen
    assert untouched
    assert not log.has_bundle(issued)
    assert said("Erased") in words(director.get(page_of(issued)))
    assert log.examine(None, policy=logkeys.policy(), since=None).faults == ()


def test_nobody_carries_out_their_own(issued: Certificate) -> None:
    director, _ = at_work(Role.DIRECTOR, n=7802)
    propose(director, issued)

    page = words(director.get(page_of(issued)))
    director.post(f"{page_of(issued)}hapus/")

    assert said("Erase for good") not in page
    assert said("You proposed it: somebody else has to carry it out.") in page
    assert log.has_bundle(issued)
    assert said("Somebody else than who proposed the erasure has to carry it out.") in words(
        director.get(page_of(issued))
    )


def test_a_proposal_is_let_be_and_a_second_click_changes_nothing(issued: Certificate) -> None:
    registrar, _ = at_work(Role.REGISTRAR, n=7801)
    propose(registrar, issued)

    first = registrar.post(f"{page_of(issued)}batalkan/")
    second = registrar.post(f"{page_of(issued)}batalkan/")

    assert (first.status_code, second.status_code) == (302, 302)
    (erasure,) = queries.of(issued)
    assert [e.type for e in ledger.history("erasure", erasure.pk)] == [
        "erasure.proposed",
        "erasure.dropped",
    ]
    assert log.has_bundle(issued)


def test_what_is_missing_is_said_on_the_form(issued: Certificate) -> None:
    registrar, _ = at_work(Role.REGISTRAR, n=7801)

    answer = propose(registrar, issued, ground=" ")

    assert answer.status_code == 422
    assert not Erasure.objects.exists()


def test_a_stranger_and_an_unknown_deed_find_nothing(issued: Certificate) -> None:
    registrar, _ = at_work(Role.REGISTRAR, n=7801)
    writer, _ = at_work(Role.ITEM_WRITER, n=7803)
    propose(registrar, issued)

    assert Client().get(page_of(issued)).status_code == 302
    assert writer.get(page_of(issued)).status_code == 404
    assert registrar.get(f"{SHELF}AAAAAAAAAA/penghapusan/").status_code == 404
    assert registrar.post(f"{page_of(issued)}musnah/").status_code == 404
    registrar.post(f"{page_of(issued)}hapus/")
    assert log.has_bundle(issued)  # a registrar erases nothing


def test_the_page_costs_the_same_after_one_erasure_and_after_three(issued: Certificate) -> None:
    registrar, _ = at_work(Role.REGISTRAR, n=7801)
    director, _ = at_work(Role.DIRECTOR, n=7802)
    costs = []
    for count in (1, 2):
        for _ in range(count):
            propose(registrar, issued)
            director.post(f"{page_of(issued)}batalkan/")
        costs.append(cost(registrar, page_of(issued)))

    assert costs == [18, 18]


def test_the_shell_proposes_and_another_agrees_on_the_page(
    issued: Certificate, capsys: pytest.CaptureFixture[str]
) -> None:
    director, _ = at_work(Role.DIRECTOR, n=7802)
    words_of = ["register", "erase", issued.number, "--ground", "Permohonan 8/2026", "--json"]

    code = cli.run(words_of)
    told = json.loads(capsys.readouterr().out)
    again = cli.run(words_of)
    unknown = cli.run(["register", "erase", "0", "--ground", "x"])
    director.post(f"{page_of(issued)}hapus/")

    assert (code, again, unknown) == (0, 1, 1)
    assert told == {"number": issued.number, "entries": 1, "state": "proposed"}
    assert queries.salted(issued) == 0
    assert clock.now() >= queries.of(issued)[0].proposed_at
