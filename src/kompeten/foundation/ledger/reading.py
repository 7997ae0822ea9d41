"""What does the ledger tell? One record's story, and the feed that followers read in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from kompeten.foundation.ledger.models import Cursor, Event
from kompeten.kernel.statechart import Chart


def history(subject: str, subject_id: int) -> list[Event]:
    """Return the events of one record, oldest first. One query."""
    rows = Event.objects.filter(subject=subject, subject_id=subject_id)
    return list(rows.order_by("id"))


def together(records: Mapping[str, Iterable[int]]) -> list[Event]:
    """Return the events of several records, by subject and key, oldest first. One query."""
    wanted = Q(pk__in=[])
    for subject, keys in records.items():
        wanted |= Q(subject=subject, subject_id__in=list(keys))
    return list(Event.objects.filter(wanted).order_by("id"))


def happened(subject: str, *, after: datetime) -> QuerySet[Event]:
    """Return what happened to records of one kind after an instant, to be narrowed by `subject_id`."""
    return Event.objects.filter(subject=subject, at__gt=after)


def last_moved(subject: str, keys: Sequence[int]) -> dict[int, datetime]:
    """Return when anything happened last to records of one kind, by key. One query per 500."""
    found: dict[int, datetime] = {}
    for start in range(0, len(keys), 500):
        rows = Event.objects.filter(subject=subject, subject_id__in=keys[start : start + 500])
        found |= dict(rows.values_list("subject_id").annotate(last=Max("at")))
    return found


def taken_at(event: str, subject: str, *, key: str = "pk") -> Subquery:
    """Return when each record last took a step, as a subquery; `key` leads to the record's key from there."""
    rows = Event.objects.filter(subject=subject, subject_id=OuterRef(key), type=event)
    return Subquery(rows.order_by("-id").values("at")[:1])


def last_event_at() -> datetime | None:
    """Return the instant of the newest event, or None in an empty house. One query by key."""
    return Event.objects.order_by("-id").values_list("at", flat=True).first()


def replay(chart: Chart, events: Iterable[Event]) -> str:
    """Return the state that `events` lead to, checking each against the chart.

    :raises ValueError: an event starts elsewhere than the one before it ended, or is no step
    """
    arrows = {s.event: s for s in chart.steps}
    state = ""
    for event in events:
        if event.source != state:
            raise ValueError(f"event {event.pk} leaves {event.source!r}, the record is {state!r}")
        arrow = arrows.get(event.type)
        if arrow is None and event.type != chart.opened:
            raise ValueError(f"event {event.pk} ({event.type}) is no step of {chart.name}")
        if arrow is not None and state not in arrow.source:
            raise ValueError(f"event {event.pk} ({event.type}) is not open in {state!r}")
        state = event.target
    return state


@contextmanager
def turn(follower: str) -> Iterator[Cursor]:
    """Let one process at a time do what `follower` does; give its cursor. One transaction around the block."""
    with transaction.atomic():
        Cursor.objects.get_or_create(follower=follower)
        yield Cursor.objects.select_for_update().get(follower=follower)


@contextmanager
def feed(follower: str, types: Sequence[str], *, limit: int = 200) -> Iterator[list[Event]]:
    """Give the next events of `types` to `follower`, in order, and move its cursor if the block ends well.

    One transaction around reading, work and cursor. Yields at most `limit` events.
    """
    with turn(follower) as cursor:
        rows = Event.objects.filter(type__in=types, id__gt=cursor.position)
        events = list(_settled(rows).order_by("id")[:limit])
        yield events
        if events:
            Cursor.objects.filter(pk=follower).update(position=events[-1].pk)


def _settled(rows: QuerySet[Event]) -> QuerySet[Event]:
    """Keep to events whose order is final.

    SQLite has one writer: keys commit in order. PostgreSQL gives keys before the commit, so a lower
    key may still appear; only rows of transactions older than every open one are read, and those of
    our own. The column `xid` is filled by the database and known to it only (migration 0002).
    """
    return rows.extra(where=[SETTLED]) if connection.vendor == "postgresql" else rows  # noqa: S610 (a literal)


# A server counts transactions for all its databases together. Those that are known to run in another
# one write no events here and are passed over; of which nothing is known counts as one of ours.
SETTLED = """
(foundation_event.xid < COALESCE(
    (SELECT x FROM pg_snapshot_xip(pg_current_snapshot()) x
     WHERE NOT EXISTS (SELECT 1 FROM pg_stat_activity a
                       WHERE a.backend_xid = x::xid AND a.datname <> current_database())
     ORDER BY x LIMIT 1),
    pg_snapshot_xmax(pg_current_snapshot()))
 OR foundation_event.xid = pg_current_xact_id_if_assigned())
"""
