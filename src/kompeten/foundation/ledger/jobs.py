"""Which task does a bell queue, and how is lost work found? The only place that knows the task library."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from kompeten.foundation import clock
from kompeten.foundation.ledger import turns
from kompeten.foundation.ledger.errors import StaleRecord
from kompeten.foundation.ledger.followers import drain, followers, ring_bells

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for a worker: queued tasks, the oldest one's instant, when one was taken last, how many
    are being worked on, and how many failed lately.
    """

    waiting: int
    oldest_at: datetime | None
    taken_at: datetime | None
    running: int
    failed: int


@task()
def pull_bell(name: str) -> int:
    """Drain the follower called `name` for its turn; one that no longer exists is silence, not an error.

    One worker at a time is at a follower's inbox: two would do the same batch twice, and one of them
    in vain. What comes meanwhile is found by the one that is at it. Where a batch outlasted its turn
    and another worker was quicker, it has the batch, and goes on to the end of the inbox.
    """
    if name not in followers() or not turns.begin(name, at=clock.now()):
        return 0
    try:
        return drain(name, at=clock.now(), goes_on=turns.Turn(name).goes_on)
    except StaleRecord as stale:
        log.info("%s: another worker was quicker (%s)", name, stale)
        return 0
    finally:
        if turns.end(name) and name not in _queued():
            pull_bell.enqueue(name)


def sweep() -> int:
    """Ring every bell and queue anew what was lost; return the number of bells.

    A worker that died between taking a task and silencing its bell leaves a bell that rings with no
    task behind it, and no event would ever queue another.
    """
    names = tuple(sorted(followers()))
    with transaction.atomic():
        ring_bells(names)
        for name in sorted(set(names) - _queued()):
            pull_bell.enqueue(name)
    return len(names)


def backlog() -> Backlog:
    """Return what waits, when a worker took something last, and what failed. Five queries."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    oldest = ready.aggregate(at=Min("enqueued_at"))["at"]
    taken = DBTaskResult.objects.aggregate(at=Max("started_at"))["at"]
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return Backlog(ready.count(), oldest, taken, running.count(), failed.count())


def forget(*, before: datetime) -> int:
    """Delete the results of tasks that ended before the instant; the ledger keeps what matters."""
    ended = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    rows = DBTaskResult.objects.filter(status__in=ended, finished_at__lt=before)
    return rows.delete()[0]


def _queued() -> set[str]:
    """Return the followers for whom a task waits."""
    rows = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=pull_bell.module_path
    )
    return {str(row["args"][0]) for row in rows.values_list("args_kwargs", flat=True)}
