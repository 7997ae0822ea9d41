"""What follows an event? Followers are drains: a bell tells them to pull their inbox until it is empty.

The bell is rung in the transaction of the event. It queues one task, and no second one before the
first has started, so that a thousand events make one task. A sweep rings every bell each minute:
a lost task loses nothing, since the work is found again in the inbox.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kompeten.foundation.ledger.models import Bell

Drain = Callable[..., int]


@dataclass(frozen=True, slots=True)
class Follower:
    """One drain: `pull(at=…)` does a batch of work and returns how many cases it settled."""

    name: str
    events: tuple[str, ...]
    pull: Drain


_FOLLOWERS: dict[str, Follower] = {}
_BY_EVENT: dict[str, tuple[str, ...]] = {}


def after(*events: str) -> Callable[[Drain], Drain]:
    """Register the decorated drain to be pulled after each of `events`.

    The drain takes `at` (the worker's instant, UTC), settles a batch of about 200 cases in a
    transaction of its own and returns their number; 0 says the inbox is empty. It must be
    idempotent. Its name is `<room>.<function>`.
    """

    def register(pull: Drain) -> Drain:
        room = pull.__module__.split(".")[1]
        follower = Follower(f"{room}.{pull.__name__}", events, pull)
        _FOLLOWERS[follower.name] = follower
        for event in events:
            _BY_EVENT[event] = tuple(sorted({*_BY_EVENT.get(event, ()), follower.name}))
        return pull

    return register


def followers() -> dict[str, Follower]:
    """Return all followers by name."""
    return dict(_FOLLOWERS)


def ring(event: str) -> None:
    """Ring the bells of whoever follows `event`; part of the caller's transaction."""
    names = _BY_EVENT.get(event)
    if names:
        ring_bells(names)


def ring_bells(names: tuple[str, ...]) -> None:
    """Queue one drain for each follower in `names` whose bell is silent."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(
                "INSERT INTO foundation_bell (follower, rung) VALUES (%s, %s) ON CONFLICT (follower)"
                " DO UPDATE SET rung = excluded.rung WHERE NOT foundation_bell.rung",
                [name, True],
            )
            if cursor.rowcount:
                _enqueue(name)


def _enqueue(name: str) -> None:
    from kompeten.foundation.ledger.jobs import pull_bell  # noqa: PLC0415 (jobs import this module)

    pull_bell.enqueue(name)


def drain(name: str, *, at: datetime, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Pull follower `name` until its inbox is empty; return how many cases it settled.

    Where `goes_on`, asked after each batch, says no, the bell is rung anew for what is left.
    """
    # Silence the bell first: an event that comes while we pull rings again and is not missed.
    Bell.objects.filter(pk=name, rung=True).update(rung=False)
    total = 0
    while settled := _FOLLOWERS[name].pull(at=at):
        total += settled
        if not goes_on():
            ring_bells((name,))
            break
    return total


def rung() -> list[str]:
    """Return the followers whose bell is rung, by name. One query."""
    names = Bell.objects.filter(rung=True).values_list("follower", flat=True)
    return sorted(name for name in names if name in _FOLLOWERS)


def drain_all(*, at: datetime) -> dict[str, int]:
    """Pull every follower, again and again, until all inboxes are empty; return what each settled."""
    totals: dict[str, int] = {}
    while True:
        settled = {name: drain(name, at=at) for name in rung()}
        for name, count in settled.items():
            totals[name] = totals.get(name, 0) + count
        if not any(settled.values()):
            return totals
