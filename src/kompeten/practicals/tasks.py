"""What does the room do by itself? It sees that slots were rated by all, and settles them."""

import random
from datetime import datetime

from django.db import transaction

from kompeten.foundation.ledger import after
from kompeten.kernel.actors import SYSTEM
from kompeten.practicals import actions, queries

BATCH = 200


@after("rating.handed_in")
def rate(*, at: datetime) -> int:
    """Note the slots that all their assessors have rated."""
    with transaction.atomic():
        inbox = queries.to_rate().select_for_update(of=("self",), skip_locked=True)
        rated = list(inbox[:BATCH])
        actions.rate_many(rated, by=SYSTEM, at=at)
    return len(rated)


@after("slot.rated", "rating.handed_in", "rating.released")
def settle(*, at: datetime) -> int:
    """Settle rated slots, or call third assessors.

    Slots for which nobody can be called are stepped over, however many they are, so that they hold
    up nobody else.
    """
    last = 0
    while True:
        with transaction.atomic():
            inbox = queries.to_settle().filter(pk__gt=last)
            batch = list(inbox.select_for_update(of=("self",), skip_locked=True)[:BATCH])
            if not batch:
                return 0
            moved = actions.settle_many(
                batch,
                by=SYSTEM,
                at=at,
                seed=int(at.timestamp()),
                rng=random.SystemRandom(),
            )
        if moved:
            return moved
        last = batch[-1].pk
