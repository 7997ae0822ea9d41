"""What becomes of a slot that has been rated?"""

import random
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.impartiality.models import Tie
from kompeten.kernel import digest
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.interval import Window
from kompeten.people import actions as people
from kompeten.practicals import actions, queries, tasks
from kompeten.practicals.chart import SLOT
from kompeten.practicals.models import Performance, Slot
from kompeten.schemes.terms import Component
from tests.make import practicals as make
from tests.make.portfolios import drain_rung
from tests.make.practicals import ELEVEN

pytestmark = pytest.mark.django_db

INTERVIEW = Component.INTERVIEW


def test_a_slot_is_rated_only_when_both_have_handed_in() -> None:
    slot, (first, second), pool = make.booked()

    make.rate(first, pool)
    assert tasks.rate(at=ELEVEN) == 0
    make.rate(second, pool)
    assert tasks.rate(at=ELEVEN) == 1
    assert tasks.rate(at=ELEVEN) == 0

    slot.refresh_from_db()
    assert slot.state == "rated"
    ties = Tie.objects.filter(kind="examined", candidate=slot.person_id, source="practicals")
    assert set(ties.values_list("person_id", flat=True)) == {first.assessor_id, second.assessor_id}


def test_the_ledger_itself_pulls_the_followers() -> None:
    slot, ratings, pool = make.booked()
    for rating in ratings:
        make.rate(rating, pool)

    drain_rung(at=ELEVEN)

    history = ledger.history("slot", slot.pk)
    assert [e.type for e in history] == ["slot.opened", "slot.rated", "slot.settled"]
    assert ledger.replay(SLOT, history) == "settled"


def test_the_outcome_is_sealed_with_the_digest_of_its_content() -> None:
    slot, (first, second), pool = make.booked(component=Component.PRACTICE)
    make.rate(first, pool, 4)
    make.rate(second, pool, 3)

    make.settle()

    seal = queries.performance(slot)
    assert seal is not None
    assert (seal.points, seal.out_of, seal.competent) == (42, 60, True)
    assert seal.digest == digest.of(seal.content)
    assert seal.content["rubric"] == "practice"
    assert seal.content["ratings"][0] == {
        "rating": first.ref,
        "third": False,
        "marks": first.marks,
        "competent": True,
    }
    key = slot.application_id
    assert queries.outcomes([key], Component.PRACTICE) == {key: (42, 60)}
    assert queries.outcomes([key], INTERVIEW) == {}
    assert queries.seals([key], Component.PRACTICE) == {key: seal.digest}


def test_a_seal_is_kept_by_the_database_too() -> None:
    slot = make.settled()
    rows = Performance.objects.filter(slot=slot)

    with pytest.raises(IntegrityError, match="kept as they are"), transaction.atomic():
        rows.update(points=1)
    with pytest.raises(IntegrityError, match="kept as they are"), transaction.atomic():
        rows.delete()


@pytest.mark.parametrize(
    ("second", "recommends"), [({"mark": 4}, False), ({"mark": 4, "ethics": 2}, True)]
)
def test_a_third_assessor_is_called_where_two_differ(
    second: dict[str, int], recommends: bool
) -> None:
    slot, ratings, pool = make.booked(count=3)
    make.rate(ratings[0], pool, 4)
    make.rate(ratings[1], pool, competent=recommends, **second)

    make.settle()

    (third,) = make.open_ratings(slot)
    assert (third.third, third.assessor_id in {r.assessor_id for r in ratings}) == (True, False)
    make.rate(third, pool, 5)
    make.settle()
    slot.refresh_from_db()
    assert slot.state == "settled"
    seal = queries.performance(slot)
    assert seal is not None
    assert len(seal.content["ratings"]) == 3
    ties = Tie.objects.filter(kind="examined", candidate=slot.person_id, source="practicals")
    assert set(ties.values_list("person_id", flat=True)) == set(pool)


def test_a_third_is_bound_to_no_time() -> None:
    slot, ratings, pool = make.booked(1, count=3)
    make.rate(ratings[0], pool, 4)
    make.rate(ratings[1], pool, 2)
    make.settle()
    (third,) = make.open_ratings(slot)

    assert queries.busy([third.assessor_id], Window(slot.starts_at, slot.ends_at)) == {}


def window(slot: Slot):
    from kompeten.kernel.interval import Window

    return Window(slot.starts_at, slot.ends_at)


@pytest.mark.parametrize("batch", [200, 1])
def test_without_a_third_assessor_a_slot_waits_and_holds_up_nobody(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "BATCH", batch)
    stuck, ratings, pool = make.booked(1, count=2)
    make.rate(ratings[0], pool, 4)
    make.rate(ratings[1], pool, 2)
    other = make.candidate(2)
    result = make.book([other], pool, plan=make.seats(1, start=ELEVEN))
    later = Slot.objects.get(ref=result.slots[0])
    for rating in make.open_ratings(later):
        make.rate(rating, pool)
    while tasks.rate(at=ELEVEN):
        continue

    (third,) = set(make.assessors(3)) - set(pool)
    people.license_assessor(third, registration_number="M.3", until=date(2026, 3, 8))

    assert tasks.settle(at=ELEVEN) == 1
    assert tasks.settle(at=ELEVEN) == 0

    stuck.refresh_from_db()
    later.refresh_from_db()
    assert (stuck.state, later.state) == ("rated", "settled")


def test_nobody_settles_twice() -> None:
    slot, ratings, pool = make.booked()
    for rating in ratings:
        make.rate(rating, pool)
    tasks.rate(at=ELEVEN)
    twin = Slot.objects.get(pk=slot.pk)
    tasks.settle(at=ELEVEN)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.settle_many([twin], by=SYSTEM, at=ELEVEN, seed=1, rng=random.Random(1))

    assert Performance.objects.count() == 1
