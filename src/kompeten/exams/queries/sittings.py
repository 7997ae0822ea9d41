"""Which sittings are there, and how do their candidates stand?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max

from kompeten.exams.models import Entry, Sitting
from kompeten.exams.queries.entries import WATCHES
from kompeten.exams.rules import clock
from kompeten.exams.terms import BoardRow, SittingRow
from kompeten.kernel.actors import Actor
from kompeten.kernel.interval import Window


def sittings(actor: Actor) -> list[SittingRow]:
    """Return all sittings, the next first, with their entries counted by state. Two queries."""
    if not actor.may(WATCHES):
        return []
    rows = list(Sitting.objects.select_related("site").order_by("-opens_at", "-id"))
    counted = _counts(row.pk for row in rows)
    return [_row(row, counted.get(row.pk, {})) for row in rows]


def sitting(ref: str, actor: Actor) -> Sitting | None:
    """Return a sitting as a record to act on, for those who plan or watch. One query."""
    if not actor.may(WATCHES):
        return None
    return Sitting.objects.filter(ref=ref).select_related("site").first()


def version_ids(sitting: Sitting) -> list[int]:
    """Return the scheme versions whose candidates may sit here, by key. One query."""
    return sorted(sitting.schemes.values_list("scheme_version_id", flat=True))


def counts(sitting: Sitting) -> dict[str, int]:
    """Return how many entries stand in each state. One query."""
    return _counts([sitting.pk]).get(sitting.pk, {})


def board(sitting: Sitting) -> list[BoardRow]:
    """Return every entry of a sitting by the candidate's name, with when answers last came. One query."""
    rows = sitting.entries.select_related("person").annotate(
        saved_at=Max("batches__received_at"), saves=Count("batches")
    )
    return [
        BoardRow(
            ref=row.ref,
            person_ref=row.person.ref,
            name=row.person.name,
            state=row.state,
            started_at=row.started_at,
            ends_at=_ends_at(sitting, row),
            handed_in_at=row.handed_in_at,
            saved_at=row.saved_at,
            batches=row.saves,
            extra_minutes=row.extra_minutes,
        )
        for row in rows.order_by("person__name", "id")
    ]


def _ends_at(sitting: Sitting, entry: Entry) -> datetime | None:
    if entry.started_at is None:
        return None
    return clock.ends_at(
        Window(sitting.opens_at, sitting.closes_at),
        minutes=sitting.minutes,
        started_at=entry.started_at,
        extra_minutes=entry.extra_minutes,
    )


def _counts(sitting_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    rows = Entry.objects.filter(sitting_id__in=list(sitting_ids)).order_by("sitting_id", "state")
    found: dict[int, dict[str, int]] = {}
    for key, state, number in rows.values_list("sitting_id", "state").annotate(n=Count("id")):
        found.setdefault(key, {})[state] = number
    return found


def _row(sitting: Sitting, counted: dict[str, int]) -> SittingRow:
    return SittingRow(
        ref=sitting.ref,
        title=sitting.title,
        state=sitting.state,
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        zone=sitting.zone,
        minutes=sitting.minutes,
        site=sitting.site.name if sitting.site else "",
        capacity=sitting.capacity,
        seats=sum(counted.values()),
        counts=counted,
    )
