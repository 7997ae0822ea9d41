"""Can several equal files be answered on one page?"""

import pytest
from django.test import Client

from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.verification import queries
from kompeten.verification.models import Review
from tests.faces.office.staff import at_work, cost, said, words
from tests.make import verification

pytestmark = pytest.mark.django_db
ALIKE = "/kantor/verifikasi/sekaligus/"


def desk(count: int) -> tuple[Client, Actor, list[Review]]:
    """Return a verifier with some equal files on the desk."""
    client, by = at_work(Role.VERIFIER, n=7001)
    held = [verification.claimed(n, by=by, at=clock.now())[0] for n in range(1, count + 1)]
    return client, by, held


def key(review: Review) -> str:
    a = review.application
    return f"{a.collective_id or 0}-{a.scheme_version_id}-{a.route}"


def test_those_ticked_are_answered_and_the_others_stay() -> None:
    client, by, held = desk(3)
    data = {
        "kelompok": key(held[0]),
        "berkas": [held[0].ref, held[1].ref],
        "dokumen": "identity_card",
        "sebab": "fault.unreadable",
        "sisanya": "on",
    }

    page = words(client.get(ALIKE))
    answer = client.post(ALIKE, data)

    assert all(r.application.person.name in page for r in held)
    assert answer["Location"] == ALIKE
    assert list(queries.desk(by)) == [held[2]]
    assert Review.objects.filter(state="returned").count() == 2


def test_a_reason_is_asked_for_and_ticks_too() -> None:
    client, _, held = desk(2)
    data = {"kelompok": key(held[0]), "sisanya": "on"}

    without_reason = client.post(ALIKE, data | {"dokumen": "identity_card", "berkas": held[0].ref})
    without_ticks = client.post(ALIKE, data)

    assert (without_reason.status_code, without_ticks.status_code) == (422, 422)
    assert said("Tick at least one file.") in words(without_ticks)
    assert not Review.objects.exclude(state="open").exists()


def test_a_group_of_somebody_else_is_not_there() -> None:
    _, _, held = desk(2)
    other, _ = at_work(Role.VERIFIER, n=7002)
    auditor, _ = at_work(Role.AUDITOR, n=7003)

    assert other.post(ALIKE, {"kelompok": key(held[0])}).status_code == 404
    assert auditor.get(ALIKE).status_code == 404


def test_the_page_takes_as_many_queries_for_two_as_for_six() -> None:
    client, by, _ = desk(2)
    two = cost(client, ALIKE)

    for n in range(3, 7):
        verification.claimed(n, by=by, at=clock.now())

    assert cost(client, ALIKE) == two
