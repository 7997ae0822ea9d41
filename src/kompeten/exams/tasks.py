"""What follows in the exam room? Doors open and close by the clock, answers come in, and are scored."""

import random
from datetime import datetime

from kompeten.exams.actions import closing, intake, marking, photos, planning, scoring
from kompeten.exams.models import Sitting
from kompeten.exams.terms import OPEN_EARLY, SittingState
from kompeten.foundation.ledger import after
from kompeten.kernel.actors import SYSTEM


@after("sitting.opened")
def open_due(*, at: datetime) -> int:
    """Open sittings whose window is near; found each minute by the sweep, not by the event alone."""
    due = Sitting.objects.filter(
        state=SittingState.PLANNED, opens_at__lte=at + OPEN_EARLY, closes_at__gt=at
    )
    sittings = list(due.order_by("id")[:200])
    for sitting in sittings:
        planning.open_sitting(sitting, by=SYSTEM, at=at)
    return len(sittings)


@after("sitting.begun", "sitting.closed", "entry.reseated")
def take_in(*, at: datetime) -> int:
    """Take what devices sent out of the vault, 500 rows at a time.

    Devices ring no bell: the sweep pulls this each minute, `kompeten work` every few seconds while a
    sitting is open, and pages that must know ask for it themselves.
    """
    return intake.drain(at=at)


@after("sitting.begun")
def close_due(*, at: datetime) -> int:
    """Close sittings in which nobody has time any more."""
    over = Sitting.objects.filter(
        state__in=[SittingState.PLANNED, SittingState.OPEN], closes_at__lte=at
    )
    due = [sitting for sitting in over.order_by("id") if planning.last_end(sitting) <= at]
    for sitting in due:
        closing.close_sitting(sitting, by=SYSTEM, at=at)
    return len(due)


@after("sitting.closed", "entry.settled", "entry.recovered", "entry.delivered", "script.settled")
def score(*, at: datetime) -> int:
    """Score 200 entries of closed sittings; when none is left, note that these sittings are scored."""
    moved = scoring.score_next(at=at, rng=random.SystemRandom())
    return moved or scoring.complete_next(at=at)


@after("script.opened", "marking.released")
def assign_markers(*, at: datetime) -> int:
    """Give essays the assessors they lack; the sweep tries again where nobody was free of ties."""
    return marking.assign(by=SYSTEM, at=at, seed=int(at.timestamp()), rng=random.SystemRandom())


@after("marking.handed_in")
def settle_scripts(*, at: datetime) -> int:
    """Settle essays that all their assessors have marked, or call a third one."""
    return marking.settle(by=SYSTEM, at=at, seed=int(at.timestamp()), rng=random.SystemRandom())


@after("sitting.scored")
def dispose(*, at: datetime) -> int:
    """Delete photos of check-ins whose time is over; found by the sweep, long after the event."""
    return photos.dispose_due(at=at)
