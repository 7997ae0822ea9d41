"""Whose turn is it at a follower's inbox, and for how long? One worker at a time, and no inbox for ever.

A worker that dies in its turn is not waited for: the turn ends by the clock, and the sweep finds the
work. Should a batch outlast it, two workers are at one inbox, which costs time and harms nothing.
"""

from datetime import datetime, timedelta

from django.db import connection

from kompeten.foundation import clock
from kompeten.foundation.ledger.models import Bell

BUSY = timedelta(minutes=2)
RENEWED = timedelta(seconds=10)
# After it the others have their turn: a decree for thousands must not keep an exam's marks waiting.
TURN = timedelta(seconds=5)


def begin(name: str, *, at: datetime) -> bool:
    """Take the turn at a follower's inbox; False while another worker has it. One statement."""
    now, until = map(connection.ops.adapt_datetimefield_value, (at, at + BUSY))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_bell (follower, rung, busy_until) VALUES (%s, %s, %s)"
            " ON CONFLICT (follower) DO UPDATE SET busy_until = excluded.busy_until"
            " WHERE foundation_bell.busy_until IS NULL OR foundation_bell.busy_until < %s",
            [name, False, until, now],
        )
        return bool(cursor.rowcount)


def end(name: str) -> bool:
    """Give the turn back; True where the bell rang meanwhile, so that a task has to be queued.

    Whoever came in vain has taken the task that the bell had queued.
    """
    Bell.objects.filter(pk=name).update(busy_until=None)
    return Bell.objects.filter(pk=name, rung=True).exists()


class Turn:
    """A turn that has begun: asked after each batch whether it goes on, it is made longer meanwhile."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.began = self.renewed = clock.now()

    def goes_on(self) -> bool:
        """Say whether there is time for another batch."""
        now = clock.now()
        if now - self.renewed > RENEWED:
            self.renewed = now
            Bell.objects.filter(pk=self.name).update(busy_until=now + BUSY)
        return now - self.began < TURN
