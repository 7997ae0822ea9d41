"""Do bells ring once, drains pull until empty, and is lost work found again?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from kompeten.foundation import clock
from kompeten.foundation.ledger import (
    StepRefused,
    after,
    drain,
    drain_all,
    followers,
    jobs,
    take,
    turns,
)
from kompeten.foundation.ledger import followers as registered
from kompeten.foundation.models import Bell
from tests.make.actors import ANI
from tests.make.letters import CHART, Letter, Sending, letter
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.usefixtures("letter_table")
ONE_PAGE = Sending(pages=1)
BATCH = 2


@pytest.fixture(autouse=True)
def postman() -> Iterator[str]:
    """Register a follower that stamps sent letters two at a time; forget it afterwards."""
    from importlib import import_module

    book = import_module("kompeten.foundation.ledger.followers")
    before = dict(book._FOLLOWERS), dict(book._BY_EVENT)

    @after("letter.sent")
    def stamp(*, at: datetime) -> int:
        waiting = list(Letter.objects.filter(state="sent", stamps=0).order_by("pk")[:BATCH])
        Letter.objects.filter(pk__in=[w.pk for w in waiting]).update(stamps=1)
        return len(waiting)

    name = next(n for n, f in registered().items() if f.pull is stamp)
    yield name
    for live, kept in zip((book._FOLLOWERS, book._BY_EVENT), before, strict=True):
        live.clear()
        live.update(kept)


def send(record: Letter) -> None:
    """Let Ani send a letter of one page."""
    take(CHART, "send", record, by=ANI, at=MONDAY, facts=ONE_PAGE)


def queued(name: str) -> int:
    """Return how many tasks wait for the follower."""
    rows = DBTaskResult.objects.filter(status="READY")
    return sum(row.args_kwargs["args"] == [name] for row in rows)


def test_a_follower_is_named_after_its_room_and_function(postman: str) -> None:
    assert postman.endswith(".stamp")
    assert followers()[postman].events == ("letter.sent",)


def test_many_events_queue_one_task(postman: str) -> None:
    for _ in range(5):
        send(letter())

    assert queued(postman) == 1
    assert Bell.objects.get(pk=postman).rung


def test_an_event_nobody_follows_rings_nothing(postman: str) -> None:
    letter()

    assert not Bell.objects.filter(pk=postman).exists()


def test_a_refused_step_rings_nothing(postman: str) -> None:
    with pytest.raises(StepRefused):
        take(CHART, "send", letter(), by=ANI, at=MONDAY, facts=Sending(pages=0))

    assert queued(postman) == 0


def test_a_transaction_that_is_taken_back_takes_its_bell_back(postman: str) -> None:
    record = letter()

    with transaction.atomic():
        send(record)
        transaction.set_rollback(True)

    assert queued(postman) == 0
    assert not Bell.objects.filter(pk=postman, rung=True).exists()


def test_a_drain_pulls_in_batches_until_its_inbox_is_empty(postman: str) -> None:
    for _ in range(5):
        send(letter())

    assert drain(postman, at=TUESDAY) == 5
    assert drain(postman, at=TUESDAY) == 0
    assert set(Letter.objects.values_list("stamps", flat=True)) == {1}
    assert not Bell.objects.get(pk=postman).rung


def test_an_event_after_the_drain_rings_again(postman: str) -> None:
    send(letter())
    drain(postman, at=TUESDAY)

    send(letter())

    assert queued(postman) == 2  # the first task is still in the book; it will find nothing
    assert drain_all(at=TUESDAY)[postman] == 1


def test_drain_all_says_what_each_settled(postman: str) -> None:
    for _ in range(3):
        send(letter())

    assert drain_all(at=TUESDAY) == {postman: 3}


def test_the_queued_task_drains_the_follower(postman: str) -> None:
    send(letter())
    task = next(
        row.task for row in DBTaskResult.objects.all() if row.args_kwargs["args"] == [postman]
    )

    assert task.call(postman) == 1
    assert task.call("nobody.here") == 0


def test_one_worker_at_a_time_is_at_an_inbox(postman: str) -> None:
    send(letter())
    assert turns.begin(postman, at=clock.now())

    came_in_vain = jobs.pull_bell.call(postman)

    assert came_in_vain == 0
    assert turns.end(postman)  # the bell still rings, and its task is gone: one has to be queued
    assert jobs.pull_bell.call(postman) == 1
    assert Bell.objects.get(pk=postman).busy_until is None


def test_the_turn_of_a_worker_that_died_ends_by_the_clock(postman: str) -> None:
    send(letter())
    turns.begin(postman, at=clock.now() - turns.BUSY - timedelta(seconds=1))

    assert jobs.pull_bell.call(postman) == 1


def test_a_turn_ends_after_a_while_and_the_rest_waits_in_the_queue(
    postman: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        send(letter())
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(turns, "TURN", timedelta())

    first = jobs.pull_bell.call(postman)

    assert 0 < first < 5
    assert queued(postman) == 1
    while jobs.pull_bell.call(postman):
        continue
    assert set(Letter.objects.values_list("stamps", flat=True)) == {1}


def test_a_worker_whose_batch_breaks_gives_its_turn_back(
    postman: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(letter())
    monkeypatch.setattr(Letter.objects, "filter", None)

    with pytest.raises(TypeError):
        jobs.pull_bell.call(postman)

    assert Bell.objects.get(pk=postman).busy_until is None


def test_the_sweep_rings_every_silent_bell_once(postman: str) -> None:
    count = jobs.sweep()
    jobs.sweep()

    assert count == len(followers())
    assert {queued(name) for name in followers()} == {1}


def test_the_sweep_finds_a_bell_whose_task_was_lost(postman: str) -> None:
    send(letter())
    DBTaskResult.objects.all().delete()
    assert queued(postman) == 0

    jobs.sweep()

    assert queued(postman) == 1


def test_the_backlog_counts_what_waits_and_results_are_forgotten(postman: str) -> None:
    send(letter())
    send(letter())
    done = DBTaskResult.objects.get()

    assert jobs.backlog().waiting == 1
    assert jobs.backlog().oldest_at == done.enqueued_at

    DBTaskResult.objects.update(status="FAILED", finished_at=MONDAY)
    assert (jobs.backlog().waiting, jobs.backlog().failed) == (0, 1)

    assert jobs.forget(before=MONDAY) == 0
    assert jobs.forget(before=MONDAY + timedelta(seconds=1)) == 1
