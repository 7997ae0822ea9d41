"""How does the intake stand beside the web server? On an event loop, thousands of devices to one thread.

`Beside` is an application of granian's RSGI interface, which hands a body over in one piece.
"""

import asyncio
import gc
import sys
from typing import Any

from kompeten.exams.actions.receiving import GroupCommit, Waiting, journal
from kompeten.exams.terms.vault import MOST_BYTES
from kompeten.web.examroom import intake
from kompeten.web.examroom.intake import Desk, Pending, Reply, Settled
from kompeten.web.examroom.intake_desk import Refresher, look, now_ms

SWITCH_SECONDS = 0.001
HEADERS = [
    ("content-type", "application/json"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
]


class Beside:
    """The application: judges in the loop's thread, keeps in another, answers when it is kept."""

    def __init__(self) -> None:
        self.desk = Desk()
        self._refresher = Refresher(self.desk, look)
        self._commit: GroupCommit | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start what belongs to this process: the thread that keeps, and the one that looks around."""

        def release(batch: list[Waiting]) -> None:
            loop.call_soon_threadsafe(_wake, batch)

        self._loop = loop
        self._commit = GroupCommit(journal, release=release)
        self.desk.backlog = self._commit.backlog
        self._refresher.start()
        # The thread that keeps has little to do with Python's lock, but often: with the usual 5 ms it
        # waits longer for the lock than for the disk.
        sys.setswitchinterval(SWITCH_SECONDS)
        # What was loaded until here stays as long as the process: no sweep has to walk over it again.
        gc.collect()
        gc.freeze()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Keep what still waits, then stop."""
        if self._commit is not None:
            self._commit.close()
        self._refresher.stop()

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        size = scope.headers.get("content-length") or ("" if scope.method == "POST" else "0")
        if not size.isdigit():
            return _answer(proto, intake.refused(411, "message.size"))
        if int(size) > MOST_BYTES:
            return _answer(proto, intake.refused(413, "message.size"))
        outcome = intake.judge(
            scope.method, scope.path, await proto(), now=now_ms(), desk=self.desk
        )
        while isinstance(outcome, Pending):
            settled = await self._kept(outcome)
            outcome = outcome.then(settled) if settled else intake.later(self.desk)
        return _answer(proto, outcome)

    def _kept(self, pending: Pending) -> "asyncio.Future[Settled | None]":
        assert self._loop is not None
        assert self._commit is not None
        future: asyncio.Future[Settled | None] = self._loop.create_future()
        self._commit.put(Waiting(pending.row, ask=pending.ask, caller=future))
        return future


def _wake(batch: list[Waiting]) -> None:
    for waiting in batch:
        future = waiting.caller
        if not future.done():  # the device may have hung up meanwhile
            future.set_result(None if waiting.error else Settled(waiting.kept, waiting.held))


def _answer(proto: Any, reply: Reply) -> None:
    headers = HEADERS
    if reply.retry_after:
        headers = [*HEADERS, ("retry-after", str(reply.retry_after))]
    proto.response_bytes(reply.status, headers, reply.body)
