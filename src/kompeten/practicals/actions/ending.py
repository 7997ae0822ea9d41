"""What if a performance does not take place? The candidate may be booked again, whatever the cause."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.practicals.chart import OFFICE, RATING, SLOT
from kompeten.practicals.models import Rating, Slot
from kompeten.practicals.terms import LIVE, Absence, Cause, Interruption, RatingState


def miss(slot: Slot, *, by: Actor, at: datetime) -> Event:
    """Note that the candidate did not come; not before the time, and not against a rating.

    :raises StepRefused: `slot.not_started`, `slot.has_ratings`, `assessor.not_assigned`
    """
    handed_in = slot.ratings.filter(state=RatingState.HANDED_IN)
    facts = Absence(too_early=at < slot.starts_at, has_ratings=handed_in.exists())
    return _end(slot, "miss", by=by, at=at, facts=facts)


def interrupt(slot: Slot, *, cause: Cause, by: Actor, at: datetime) -> Event:
    """Note that the performance broke off through no fault of the candidate.

    A rating handed in before stays on record and counts for nothing.

    :raises StepRefused: `assessor.not_assigned`
    """
    return _end(slot, "interrupt", by=by, at=at, facts=Interruption(cause.value))


def cancel(slot: Slot, *, by: Actor, at: datetime) -> Event:
    """Take back a booking."""
    return _end(slot, "cancel", by=by, at=at)


def _end(slot: Slot, verb: str, *, by: Actor, at: datetime, facts: Any = None) -> Event:
    """Take the slot out of the plan, and with it the ratings that are still open."""
    _may_end(slot, by, verb)
    with transaction.atomic():
        event = ledger.take(SLOT, verb, slot, by=by, at=at, facts=facts)
        waiting = list(slot.ratings.filter(state=RatingState.OPEN))
        ledger.take_many(RATING, "lapse", waiting, by=by, at=at)
    return event


def _may_end(slot: Slot, by: Actor, step: str) -> None:
    """Let through the office, and the slot's own assessors."""
    if by.may(OFFICE):
        return
    mine = Rating.objects.filter(slot=slot, assessor_id=by.person_id or 0)
    if not mine.filter(state__in=[s.value for s in LIVE]).exists():
        raise ledger.StepRefused("assessor.not_assigned", step=step)
