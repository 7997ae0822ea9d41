"""How many queries does a batch cost? As many for thirty candidates as for one."""

from datetime import timedelta

import pytest

from kompeten.practicals import queries, tasks
from kompeten.practicals.models import Rating, Slot
from kompeten.schemes.terms import Component
from tests.make import practicals as make
from tests.make.costs import spent
from tests.make.practicals import TEN

pytestmark = pytest.mark.django_db

COUNTS = (1, 30)
NEXT_DAY = TEN + timedelta(days=1)


@pytest.mark.parametrize("count", COUNTS)
def test_a_booking_and_its_settlement(count: int) -> None:
    candidates = [make.candidate(n) for n in range(1, count + 1)]
    pool = make.assessors(5)

    assert spent(lambda: make.book(candidates, pool)) == 14

    keys = [candidate.pk for candidate in candidates]
    assert spent(lambda: queries.slot_rows(Slot.objects.order_by("id")[:25])) == 1
    assert spent(lambda: queries.rating_rows(Rating.objects.order_by("id")[:25])) == 1
    assert spent(lambda: list(queries.inbox(Component.PRACTICE)[:25])) == 2

    for rating in Rating.objects.select_related("slot"):
        make.rate(rating, pool, at=NEXT_DAY)
    assert spent(lambda: tasks.rate(at=NEXT_DAY)) == 5
    assert spent(lambda: tasks.settle(at=NEXT_DAY)) == 5
    assert spent(lambda: queries.outcomes(keys, Component.INTERVIEW)) == 1
    assert spent(lambda: queries.seals(keys, Component.INTERVIEW)) == 1
    assert len(queries.outcomes(keys, Component.INTERVIEW)) == count


def test_pages() -> None:
    _, (rating, _), pool = make.booked()
    citra = pool[rating.assessor_id]

    assert spent(lambda: queries.own_rating(rating.ref, citra)) == 1
    assert spent(lambda: queries.rating_view(rating)) == 1
    assert spent(lambda: queries.mine(citra)) == 1
