"""Do the figures of second looks show to all who read reviews, and the pairs to the head alone?"""

import random
from typing import Any

import pytest

from kompeten.config.options import Options
from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.verification import actions, queries
from kompeten.verification.models import Review
from kompeten.verification.terms import Fault, State
from tests.faces.office.staff import at_work, cost, said, words
from tests.make import verification

pytestmark = pytest.mark.django_db
LOOKS = "/kantor/verifikasi/beda/"
QUEUE = "/kantor/verifikasi/"


@pytest.fixture(autouse=True)
def _every_review_gets_a_second_look(settings: Any) -> None:
    settings.OPTIONS = Options({**settings.OPTIONS.values, "second_look_percent": 100})


def differing(n: int = 1, *, budi: Actor, cici: Actor) -> Review:
    """Return the second of two reviews that differ: the one passes, the other wants a new card."""
    at = clock.now()
    first, _ = verification.claimed(n, by=budi, at=at)
    actions.note(first, verification.in_order(first), by=budi, at=at)
    actions.find_eligible(first, by=budi, at=at)
    rng = random.Random(4000 + n)
    second = actions.claim(first.application, by=cici, at=at, rng=rng)
    faults = {"identity_card": Fault.EXPIRED}
    actions.note(second, verification.in_order(second, faults=faults), by=cici, at=at)
    actions.return_for_correction(second, by=cici, at=at)
    return second


def two() -> dict[str, Actor]:
    """Return two verifiers."""
    return {"budi": verification.verifier(), "cici": verification.verifier(5009)}


def test_the_head_reads_both_and_settles() -> None:
    second = differing(**two())
    head, _ = at_work(Role.COORDINATOR)
    data = {f"{second.ref}-berlaku": "kedua", f"{second.ref}-alasan": "Kartu sudah lewat masanya."}

    page = words(head.get(LOOKS))
    answer = head.post(f"{LOOKS}{second.ref}/", data)

    assert said("returned for correction") in page
    assert said("meets the requirements") in page
    assert answer["Location"] == LOOKS
    assert Review.objects.get(pk=second.pk).state == State.RETURNED
    assert said("Nothing to settle") in words(head.get(LOOKS))


def test_the_head_is_asked_why() -> None:
    second = differing(**two())
    head, _ = at_work(Role.COORDINATOR)

    answer = head.post(f"{LOOKS}{second.ref}/", {f"{second.ref}-berlaku": "pertama"})

    assert answer.status_code == 422
    assert Review.objects.get(pk=second.pk).state == State.DIFFERED


def test_a_verifier_sees_figures_and_neither_finding() -> None:
    actors = two()
    second = differing(**actors)
    client, by = at_work(Role.VERIFIER, n=7001)

    page = words(client.get(LOOKS))

    assert said("Looked at twice") in page
    assert second.application.person.name not in page
    assert client.get(f"{QUEUE}{second.ref}/").status_code == 404
    assert client.post(f"{LOOKS}{second.ref}/", {}).status_code == 403
    assert queries.inbox(by=by).count() == 0


def test_an_auditor_reads_both_and_settles_nothing() -> None:
    second = differing(**two())
    auditor, _ = at_work(Role.AUDITOR)

    page = auditor.get(LOOKS)

    assert second.application.person.name in words(page)
    assert said("Let it hold") not in words(page)
    assert auditor.post(f"{LOOKS}{second.ref}/", {}).status_code == 403


def test_the_director_reads_the_file_of_a_pair_for_as_long_as_it_differs_and_settles_it() -> None:
    actors = two()
    second = differing(**actors)
    other, _ = verification.claimed(2, by=actors["budi"], at=clock.now())
    director, _ = at_work(Role.DIRECTOR)
    sheet, file = (
        f"{QUEUE}{second.ref}/",
        f"/kantor/permohonan/{second.application.ref}/dokumen/photo/",
    )

    home, page = words(director.get("/kantor/")), director.get(LOOKS).content.decode()
    assert said("Reviews that differ") in home
    assert f'href="{sheet}"' in page
    assert f'href="{QUEUE}"' not in page
    assert file in director.get(sheet).content.decode()
    assert f'href="{QUEUE}"' not in director.get(sheet).content.decode()
    for address in (file, f"{file}lihat/", f"{file}gambar/"):
        assert director.get(address).status_code == 200
    for address in (
        QUEUE,
        f"{QUEUE}{other.ref}/",
        f"/kantor/permohonan/{second.application.ref}/",
        f"/kantor/permohonan/{other.application.ref}/dokumen/photo/",
    ):
        assert director.get(address).status_code == 404
    data = {f"{second.ref}-berlaku": "kedua", f"{second.ref}-alasan": "Kartu sudah lewat masanya."}
    assert director.post(f"{LOOKS}{second.ref}/", data)["Location"] == LOOKS

    assert Review.objects.get(pk=second.pk).state == State.RETURNED
    assert {director.get(address).status_code for address in (sheet, file)} == {404}


def test_an_applicant_finds_no_such_place() -> None:
    client, _ = at_work(Role.APPLICANT)

    assert client.get(LOOKS).status_code == 404


def test_the_page_takes_as_many_queries_for_one_as_for_three() -> None:
    actors = two()
    differing(1, **actors)
    head, _ = at_work(Role.COORDINATOR)
    one = cost(head, LOOKS)

    differing(2, **actors)
    differing(3, **actors)

    assert cost(head, LOOKS) == one


def test_a_verifier_hears_that_the_answer_waits() -> None:
    client, by = at_work(Role.VERIFIER, n=7001)
    review, _ = verification.claimed(1, by=by, at=clock.now())
    data = {f"nilai-{code}": "met" for code in review.files} | {"langkah": "loloskan"}

    answer = client.post(f"{QUEUE}{review.ref}/", data, follow=True)
    again = client.post(f"{QUEUE}{review.ref}/", data)

    assert Review.objects.get(pk=review.pk).state == State.HELD
    assert said(
        "Your answer on %(name)s is kept. It goes out once somebody else has looked.",
        name=review.application.person.name,
    ) in words(answer)
    assert again.status_code == 302
