"""When are photos of check-ins deleted? When their time is over, and nobody doubts who it was."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry
from kompeten.exams.queries.facts import in_doubt
from kompeten.exams.queries.held import photographed, photos_due
from kompeten.exams.rules import arrivals
from kompeten.exams.terms import Disposal
from kompeten.foundation import files, ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import SYSTEM, Actor

BATCH = 200


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
        files.let_go(facts.photos, meant=_kept)
    return event


def _kept(digests: set[str]) -> set[str]:
    """Return those digests that somebody's seat shows."""
    return set(Entry.objects.filter(photo__in=digests).values_list("photo", flat=True))


def dispose_due(*, at: datetime) -> int:
    """Delete the photos of up to 200 seats whose sitting was over `exam_photo_days` ago."""
    return _dispose_all(photos_due(at=at).order_by("id")[:BATCH], at=at)


def dispose_of(person_id: int, *, at: datetime) -> int:
    """Delete all photos of one person; return of how many seats.

    :raises StepRefused: `photo.in_doubt`
    """
    return _dispose_all(photographed(person_id), at=at)


def _dispose_all(due: Iterable[Entry], *, at: datetime) -> int:
    entries = list(due)
    for entry in entries:
        dispose_photos(entry, by=SYSTEM, at=at)
    return len(entries)
