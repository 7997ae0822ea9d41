"""Which watches are to hear of an event? Each of them once."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kompeten.certificates import queries as certificates
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM
from kompeten.notices import queries
from kompeten.notices.chart import PING
from kompeten.notices.models import Ping, Watched
from kompeten.notices.terms import Pinging

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate


def ring(events: Sequence[Event], *, at: datetime, rng: random.Random) -> int:
    """Queue what the watches are to hear of events of certificates; return how many messages are new.

    What was queued for the same watch and event is left as it is, so that reading the feed again
    queues nothing twice. A watch hears of nothing from before it was opened. Seven queries for any
    number of events up to 200.
    """
    held = certificates.by_ids(event.subject_id for event in events)
    with transaction.atomic():
        _keep_watching(events, held, at=at)
        watchers = queries.watchers(held.values())
        queued = set(queries.queued(event.pk for event in events))
        fresh = [
            Ping(
                ref=refs.new(rng),
                watch=watch,
                certificate=held[event.subject_id],
                event_id=event.pk,
                kind=event.type,
                happened_at=event.at,
                queued_at=at,
            )
            for event in events
            for watch in watchers.get(event.subject_id, ())
            if event.at >= watch.opened_at and (watch.pk, event.pk) not in queued
        ]
        ledger.enter_many(PING, fresh, by=SYSTEM, at=at, facts=_facts)
    return len(fresh)


def _keep_watching(
    events: Iterable[Event], held: "Mapping[int, Certificate]", *, at: datetime
) -> None:
    """Let whoever added a certificate watch the one that took its place, too."""
    published = (held[e.subject_id] for e in events if e.type == "certificate.published")
    heirs = {heir.replaces: heir for heir in published if heir.replaces}
    if not heirs:
        return
    before = Watched.objects.filter(certificate__number__in=heirs).select_related("certificate")
    rows = [
        Watched(
            organization_id=row.organization_id,
            certificate=heirs[row.certificate.number],
            added_by_id=row.added_by_id,
            added_at=at,
        )
        for row in before
    ]
    Watched.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _facts(ping: Ping) -> Pinging:
    return Pinging(ping.watch.ref, ping.event_id)
