"""What does the exam room hold of one person, as they get it back? No form, no key, no answer sheet."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from kompeten.exams.models import Entry, Remark
from kompeten.exams.rules import arrivals
from kompeten.exams.terms import IN_DOUBT, RemarkState, SittingState
from kompeten.foundation import ledger
from kompeten.foundation.keeping import HeldFile

OVER = (SittingState.CLOSED, SittingState.SCORED)


def entry_records(person_id: int) -> list[dict[str, Any]]:
    """Return the person's places in written tests. One query."""
    held = Entry.objects.filter(person_id=person_id).select_related("sitting", "sitting__site")
    return [
        {
            "reference": e.ref,
            "test": e.sitting.title,
            "state": e.state,
            "site": e.sitting.site.name if e.sitting.site else "",
            "opens": e.sitting.opens_at,
            "closes": e.sitting.closes_at,
            "extra_minutes": e.extra_minutes,
            "arrived": e.checked_in_at,
            "started": e.started_at,
            "handed_in": e.handed_in_at,
        }
        for e in held.order_by("id")
    ]


def photographed(person_id: int) -> QuerySet[Entry]:
    """Return the person's places of which photos are held."""
    return Entry.objects.filter(person_id=person_id, photos_held=True).order_by("id")


def photo_records(person_id: int) -> list[dict[str, Any]]:
    """Return of which places photos are held. One query, and one for each place."""
    return [{"entry": e.ref, "photos": len(_digests(e))} for e in photographed(person_id)]


def photo_files(person_id: int) -> Iterable[HeldFile]:
    """Give the photos of the person. One query, and one for each place."""
    for entry in photographed(person_id):
        for number, digest in enumerate(_digests(entry), 1):
            yield HeldFile(f"photos/{entry.ref}-{number}.jpg", digest)


def photos_stay(person_id: int) -> str:
    """Return why photos have to stay: the exam is not over, or it is being settled who it was. Two queries."""
    held = photographed(person_id)
    if held.exclude(sitting__state__in=OVER).exists():
        return "keep.open"
    return "keep.doubt" if held.filter(_in_doubt()).exists() else ""


def photos_due(*, at: datetime) -> QuerySet[Entry]:
    """Return the places whose sitting was over `exam_photo_days` ago and that nobody doubts."""
    return Entry.objects.filter(
        ~_in_doubt(),
        photos_held=True,
        sitting__state__in=OVER,
        sitting__closes_at__lte=at - timedelta(days=settings.OPTIONS.exam_photo_days),
    )


def _in_doubt() -> Exists:
    return Exists(
        Remark.objects.filter(entry_id=OuterRef("pk"), code=IN_DOUBT, state=RemarkState.OPEN)
    )


def _digests(entry: Entry) -> tuple[str, ...]:
    told = [(event.type, event.at, event.facts) for event in ledger.history("entry", entry.pk)]
    return arrivals.held(told)
