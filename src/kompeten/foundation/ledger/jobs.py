"""Which task does a bell queue? One, for every follower; the library's worker runs it."""

from django.db import transaction
from django_tasks import task

from kompeten.foundation import clock
from kompeten.foundation.ledger import followers


@task()
def pull_bell(name: str) -> int:
    """Drain the follower called `name`; a follower that no longer exists is silence, not an error."""
    if name not in followers.followers():
        return 0
    return followers.drain(name, at=clock.now())


def sweep() -> int:
    """Ring every bell, so that work whose task was lost is found; return the number of bells."""
    names = tuple(sorted(followers.followers()))
    with transaction.atomic():
        followers.ring_bells(names)
    return len(names)
