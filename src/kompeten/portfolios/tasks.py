"""What does the room do by itself? It opens dossiers, accepts what was read, and settles it."""

import random
from datetime import datetime

from django.db import transaction

from kompeten.applications import queries as applications
from kompeten.foundation import keeping
from kompeten.foundation.keeping import RecordKind
from kompeten.foundation.ledger import after
from kompeten.kernel.actors import SYSTEM
from kompeten.portfolios import actions, queries
from kompeten.portfolios.labels import KEPT

BATCH = 200


@after("application.accepted")
def open_dossiers(*, at: datetime) -> int:
    """Open a dossier for each new candidate whose route has a portfolio."""
    with transaction.atomic():
        inbox = queries.without_dossier().select_for_update(of=("self",), skip_locked=True)
        waiting = list(inbox[:BATCH])
        actions.open_many(waiting, by=SYSTEM, at=at, rng=random.SystemRandom())
    return len(waiting)


@after("reading.handed_in")
def accept(*, at: datetime) -> int:
    """Accept the dossiers that all their readers have read."""
    with transaction.atomic():
        inbox = queries.to_accept().select_for_update(of=("self",), skip_locked=True)
        read = list(inbox[:BATCH])
        actions.accept_many(read, by=SYSTEM, at=at)
    return len(read)


@after("dossier.accepted", "reading.handed_in", "reading.released")
def assess(*, at: datetime) -> int:
    """Settle the accepted dossiers, or call third readers.

    Dossiers for which nobody can be called are stepped over, however many they are, so that they
    hold up nobody else.
    """
    last = 0
    while True:
        with transaction.atomic():
            inbox = queries.to_assess().filter(pk__gt=last)
            batch = list(inbox.select_for_update(of=("self",), skip_locked=True)[:BATCH])
            if not batch:
                return 0
            moved = actions.assess_many(
                batch,
                by=SYSTEM,
                at=at,
                seed=int(at.timestamp()),
                rng=random.SystemRandom(),
            )
        if moved:
            return moved
        last = batch[-1].pk


keeping.keep(
    RecordKind(
        name="portfolios.portfolio",
        order=70,
        label=KEPT["portfolio"],
        purpose=KEPT["purpose"],
        law=KEPT["law"],
        until=KEPT["until"],
        then=KEPT["then"],
        records=queries.records,
        stays=lambda person_id: applications.stays(person_id) or "keep.certified",
    )
)
