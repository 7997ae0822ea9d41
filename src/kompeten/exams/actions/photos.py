"""When are photos of check-ins deleted? When their time is over, and nobody doubts who it was."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry, Remark
from kompeten.exams.queries.facts import in_doubt
from kompeten.exams.rules import arrivals
from kompeten.exams.terms import IN_DOUBT, Disposal, RemarkState, SittingState
from kompeten.foundation import files, ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import SYSTEM, Actor

BATCH = 200
OVER = (SittingState.CLOSED, SittingState.SCORED)


def dispose_photos(entry: Entry, *, by: Actor, at: datetime) -> Event:
    """Delete all photos of a seat; that they were taken, and their digests, stay in its history.

    :raises StepRefused: `photo.in_doubt` while a doubt of the identity waits for a person;
        `photo.none`
    """
    told = [(event.type, event.at, event.facts) for event in ledger.history("entry", entry.pk)]
    facts = Disposal(arrivals.held(told), in_doubt(entry))
    with transaction.atomic():
        event = ledger.take(
            ENTRY,
            "dispose",
            entry,
            by=by,
            at=at,
            facts=facts,
            also={"photo": "", "photos_held": False},
        )
        # Deleting twice does no harm: if the rest is not written, the next run does both again.
        for digest in facts.photos:
            files.delete(digest)
    return event


def dispose_due(*, at: datetime) -> int:
    """Delete the photos of up to 200 seats whose sitting was over `exam_photo_days` ago."""
    waits = Remark.objects.filter(entry_id=OuterRef("pk"), code=IN_DOUBT, state=RemarkState.OPEN)
    due = Entry.objects.filter(
        ~Exists(waits),
        photos_held=True,
        sitting__state__in=OVER,
        sitting__closes_at__lte=at - timedelta(days=settings.OPTIONS.exam_photo_days),
    )
    entries = list(due.order_by("id")[:BATCH])
    for entry in entries:
        dispose_photos(entry, by=SYSTEM, at=at)
    return len(entries)
