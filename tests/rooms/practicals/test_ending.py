"""What if a performance does not take place?"""

from datetime import timedelta

import pytest

from kompeten.foundation import ledger
from kompeten.practicals import actions, queries, tasks
from kompeten.practicals.models import Slot
from kompeten.practicals.terms import Cause
from kompeten.schemes.terms import Component
from tests.make import practicals as make
from tests.make.actors import BUDI, CITRA
from tests.make.portfolios import account_of
from tests.make.practicals import ELEVEN, TEN
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db

AFTERNOON = TEN + timedelta(hours=4)


def test_who_did_not_come_may_be_booked_again() -> None:
    slot, ratings, pool = make.booked()

    actions.miss(slot, by=pool[ratings[0].assessor_id], at=ELEVEN)

    assert slot.state == "missed"
    assert set(slot.ratings.values_list("state", flat=True)) == {"lapsed"}
    assert list(queries.inbox(Component.INTERVIEW)) == [slot.application]
    again = make.book([slot.application], pool, plan=make.seats(1, start=AFTERNOON))
    assert len(again.slots) == 1
    assert queries.outcomes([slot.application_id], Component.INTERVIEW) == {}


def test_nobody_is_absent_before_the_time_or_after_having_been_rated() -> None:
    slot, (rating, _), pool = make.booked()

    with pytest.raises(ledger.StepRefused, match=r"slot\.not_started"):
        actions.miss(slot, by=make.OFFICER, at=TEN - timedelta(minutes=1))
    make.rate(rating, pool)
    with pytest.raises(ledger.StepRefused, match=r"slot\.has_ratings"):
        actions.miss(slot, by=make.OFFICER, at=ELEVEN)

    assert Slot.objects.get(pk=slot.pk).state == "booked"


def test_an_interruption_is_never_held_against_the_candidate() -> None:
    slot, (rating, other), pool = make.booked()
    make.rate(rating, pool, 1, competent=False)

    actions.interrupt(slot, cause=Cause.POWER, by=pool[other.assessor_id], at=ELEVEN)

    assert ledger.history("slot", slot.pk)[-1].facts == {"cause": "power"}
    states = dict(slot.ratings.values_list("pk", "state"))
    assert states == {rating.pk: "handed_in", other.pk: "lapsed"}
    assert tasks.rate(at=ELEVEN) == 0
    again = make.book([slot.application], pool, plan=make.seats(1, start=AFTERNOON))
    assert len(again.slots) == 1


def test_a_booking_is_taken_back_by_the_office_alone() -> None:
    slot, ratings, pool = make.booked()

    with pytest.raises(ledger.StepRefused, match=r"role\.not_held"):
        actions.cancel(slot, by=pool[ratings[0].assessor_id], at=TUESDAY)
    actions.cancel(slot, by=make.OFFICER, at=TUESDAY)

    assert slot.state == "cancelled"


def test_strangers_end_nothing() -> None:
    slot, _, _ = make.booked()

    for who in (CITRA, BUDI, account_of(slot.application.person_id)):
        with pytest.raises(ledger.StepRefused, match=r"assessor\.not_assigned"):
            actions.miss(slot, by=who, at=ELEVEN)
        with pytest.raises(ledger.StepRefused, match=r"assessor\.not_assigned"):
            actions.interrupt(slot, cause=Cause.OTHER, by=who, at=ELEVEN)


def test_two_assessors_end_a_slot_once() -> None:
    slot, (one, other), pool = make.booked()
    twin = Slot.objects.get(pk=slot.pk)
    actions.interrupt(slot, cause=Cause.NETWORK, by=pool[one.assessor_id], at=ELEVEN)

    with pytest.raises(ledger.StepRefused):
        actions.miss(twin, by=pool[other.assessor_id], at=ELEVEN)
    with pytest.raises(ledger.StaleRecord):
        actions.miss(twin, by=make.OFFICER, at=ELEVEN)
    with pytest.raises(ledger.StepRefused, match=r"step\.not_open"):
        actions.miss(slot, by=make.OFFICER, at=ELEVEN)
