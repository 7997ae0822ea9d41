"""How do many answers share one flush of the disk? One thread keeps together all that waits."""

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from django.db import connection

from kompeten.exams.ports import Journal
from kompeten.exams.terms.vault import Row, Stored

MOST_TOGETHER = 2_000
TIDY_SECONDS = 2
log = logging.getLogger("kompeten.vault")


class Waiting:
    """One message that waits for the disk.

    `row` is what to keep, None where there is only something to ask; with `ask`, an attempt, `held`
    is everything kept of it afterwards. Either `error` is set at the end, or `kept`, the instant the
    row was first kept. `caller` is the business of whoever waits.
    """

    __slots__ = ("ask", "caller", "error", "held", "kept", "row")

    def __init__(self, row: Row | None, *, ask: str = "", caller: Any = None) -> None:
        self.row, self.ask, self.caller = row, ask, caller
        self.kept = 0
        self.held: list[Stored] = []
        self.error: BaseException | None = None


class GroupCommit:
    """A queue and the one thread that empties it: what gathers during one commit goes into the next.

    `release` is called in that thread with everything that was settled together: after the commit,
    or with an error on each, and never before.
    """

    def __init__(
        self, journal: Callable[[], Journal], *, release: Callable[[list[Waiting]], None]
    ) -> None:
        self._journal, self._release = journal, release
        self._queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self._in_hand = 0
        self._stop = threading.Event()
        self._tidy = threading.Thread(target=self._keep_tidy, name="vault-tidy", daemon=True)
        self._tidy.start()
        self._thread = threading.Thread(target=self._run, name="vault", daemon=True)
        self._thread.start()

    def put(self, waiting: Waiting) -> None:
        """Let `waiting` be kept with the next commit; returns at once."""
        self._queue.put(waiting)

    def backlog(self) -> int:
        """Return how many wait now."""
        return self._queue.qsize() + self._in_hand

    def close(self) -> None:
        """Keep what waits, then stop."""
        self._queue.put(None)
        self._stop.set()
        self._thread.join()
        self._tidy.join()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            batch, last = self._gather(first)
            self._in_hand = len(batch)
            _settle(self._journal, batch)
            self._in_hand = 0
            self._release(batch)
            if last:
                break
        connection.close()

    def _keep_tidy(self) -> None:
        while not self._stop.wait(TIDY_SECONDS):
            # An isolation point: what is not tidied now is tidied the next time, or by a commit.
            try:
                self._journal().tidy()
            except Exception:
                log.exception("the vault could not be tidied; it goes on")

    def _gather(self, first: Waiting) -> tuple[list[Waiting], bool]:
        batch = [first]
        while len(batch) < MOST_TOGETHER:
            try:
                waiting = self._queue.get_nowait()
            except Empty:
                break
            if waiting is None:
                return batch, True
            batch.append(waiting)
        return batch, False


def settle(journal: Journal, batch: list[Waiting]) -> None:
    """Keep the rows of `batch` in one commit, then read what was asked for."""
    keeping = [waiting for waiting in batch if waiting.row is not None]
    instants = journal.append([w.row for w in keeping if w.row is not None])
    for waiting, kept in zip(keeping, instants, strict=True):
        waiting.kept = kept
    for waiting in batch:
        if waiting.ask:
            waiting.held = journal.of(waiting.ask)


def _settle(journal: Callable[[], Journal], batch: list[Waiting]) -> None:
    # An isolation point: a full disk or a database that is away for a minute must end neither this
    # thread nor the promise to those who wait; they hear "later" and come again.
    try:
        settle(journal(), batch)
    except Exception as error:
        log.exception("%s messages could not be kept; their senders come again", len(batch))
        for waiting in batch:
            waiting.error = error
        connection.close()
