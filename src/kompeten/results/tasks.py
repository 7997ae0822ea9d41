"""What follows when the last of somebody's means is settled? Their result is sealed."""

from datetime import datetime
from secrets import SystemRandom

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.kernel.actors import SYSTEM
from kompeten.results import actions, queries

BATCH = 200


@ledger.after("dossier.assessed", "entry.scored", "slot.settled")
def seal(*, at: datetime) -> int:
    """Seal the results of up to 200 candidates; return how many."""
    with transaction.atomic():
        ready = list(queries.inbox()[:BATCH])
        points = queries.points(ready)
        actions.seal_many(ready, points, by=SYSTEM, at=at, rng=SystemRandom())
    return len(ready)
