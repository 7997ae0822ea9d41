"""What follows in the exam room? Doors open and close by the clock, answers come in, and are scored."""

import random
from datetime import datetime

from django.conf import settings

from kompeten.applications import queries as applications
from kompeten.exams.actions import closing, intake, marking, photos, planning, scoring
from kompeten.exams.labels import KEPT
from kompeten.exams.models import Sitting
from kompeten.exams.queries import held
from kompeten.exams.terms import OPEN_EARLY, SittingState
from kompeten.foundation import keeping
from kompeten.foundation.keeping import RecordKind
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


keeping.keep(
    RecordKind(
        name="exams.photos",
        order=80,
        label=KEPT["photos"],
        purpose=KEPT["photos.purpose"],
        law=KEPT["photos.law"],
        until=KEPT["photos.until"],
        then=KEPT["photos.then"],
        figures=lambda: {"days": settings.OPTIONS.exam_photo_days},
        records=held.photo_records,
        files=held.photo_files,
        stays=held.photos_stay,
        erase=photos.dispose_of,
        due=lambda *, at: held.photos_due(at=at).count(),
        clear=photos.dispose_due,
    )
)
keeping.keep(
    RecordKind(
        name="exams.entries",
        order=90,
        label=KEPT["entries"],
        purpose=KEPT["entries.purpose"],
        law=KEPT["entries.law"],
        until=KEPT["entries.until"],
        then=KEPT["entries.then"],
        records=held.entry_records,
        stays=lambda person_id: applications.stays(person_id) or "keep.certified",
    )
)
