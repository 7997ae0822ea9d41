"""Does the office hear of promises in time, the head of those that are past, and nobody too often?"""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices import actions, queries
from kompeten.notices.models import Digest
from tests.make import applications as make_applications
from tests.make.people import account
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
# Handed in on Monday 2 March, promised within ten working days: by the 16th, a Monday.
CALM, CLOSE, LAST, PAST = (MONDAY + n * DAY for n in (4, 10, 14, 15))


def escalate(at: datetime) -> int:
    return actions.escalate(at=at, rng=random.Random(int(at.timestamp())))


def heard(person: Actor) -> list[str]:
    rows = queries.box(person, limit=50)
    return [row.body for row in rows if row.kind == "digest.opened"]


def test_the_verifier_hears_first_then_the_head_and_each_once() -> None:
    make_applications.submitted(1)
    budi, kepala = account(5001, Role.VERIFIER), account(5002, Role.COORDINATOR)

    assert escalate(CALM) == 0
    assert escalate(LAST - 3 * DAY) == 1
    assert escalate(LAST) == 0
    assert (len(heard(budi)), len(heard(kepala))) == (1, 0)

    assert escalate(PAST) == 2
    assert escalate(PAST + DAY) == 0
    assert (len(heard(budi)), len(heard(kepala))) == (2, 1)


def test_there_is_one_digest_a_day_however_often_one_looks() -> None:
    for n in range(1, 4):
        make_applications.submitted(n)
    budi = account(5001, Role.VERIFIER)

    assert [escalate(PAST + timedelta(minutes=m)) for m in range(3)] == [1, 0, 0]
    assert len(heard(budi)) == 1
    assert Digest.objects.count() == 1
    event = Event.objects.get(type="digest.opened")
    assert event.facts == {"steps": [{"service": "verification", "soon": 0, "late": 3}]}


def test_whoever_has_two_parts_gets_one_letter() -> None:
    make_applications.submitted(1)
    dini = account(5003, Role.VERIFIER, Role.COORDINATOR, Role.REGISTRAR)

    assert escalate(PAST) == 1
    assert len(heard(dini)) == 1


@pytest.mark.parametrize(
    "at",
    [
        MONDAY + 12 * DAY,  # a Saturday
        MONDAY + 16 * DAY,  # collective leave before Nyepi
        PAST - timedelta(hours=3),  # 06.00 WIB
    ],
)
def test_nobody_is_told_in_the_night_or_on_a_day_off(at: datetime) -> None:
    make_applications.submitted(1)
    account(5001, Role.VERIFIER)

    assert escalate(at) == 0
    assert not Digest.objects.exists()


def test_others_hear_nothing() -> None:
    _, applicant = make_applications.submitted(1)
    auditor = account(5004, Role.AUDITOR)

    escalate(PAST)

    assert (heard(applicant), heard(auditor)) == ([], [])


def test_looking_in_vain_costs_one_query(django_assert_num_queries: Any) -> None:
    escalate(PAST)

    with django_assert_num_queries(1):
        escalate(PAST)


def test_the_sweep_finds_it() -> None:
    make_applications.submitted(1)
    budi = account(5001, Role.VERIFIER)

    ledger.drain("notices.escalate", at=PAST)

    (body,) = heard(budi)
    assert "Verifikasi: 0 baru mendekati hari yang dijanjikan, 1 baru melewatinya" in body
