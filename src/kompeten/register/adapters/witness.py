"""Has this log only grown since we last saw it? A witness remembers one head of each log, and cosigns the next.

It knows nothing of Django and nothing of certificates; an office far away can run it on any machine.
What it remembers lies in a SQLite file that waits for the disk.

Source: c2sp.org/tlog-witness.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from kompeten.kernel.tlog import merkle
from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.kernel.tlog.notes import NoteMalformed, VerifierKey
from kompeten.kernel.tlog.requests import AddCheckpoint
from kompeten.register.adapters import notes

TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"
MAX_EVIDENCE = 1_000

_TABLES = """
CREATE TABLE IF NOT EXISTS head (
    origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS evidence (
    at INTEGER NOT NULL, reason TEXT NOT NULL, body BLOB NOT NULL UNIQUE
);
"""


class Reply(NamedTuple):
    """What the witness answers: an HTTP status, a body, and its media type."""

    status: int
    body: str
    media_type: str = TEXT


class Seen(NamedTuple):
    """The head of a log that was cosigned last; size 0 before there was one."""

    size: int = 0
    root: bytes = merkle.EMPTY_ROOT


class _Refused(Exception):
    def __init__(self, status: int, said: str, media_type: str = TEXT) -> None:
        super().__init__(said)
        self.reply = Reply(status, f"{said}\n", media_type)


class Witness:
    """A witness of some logs, with its key, and a file that holds what it has seen."""

    def __init__(self, key: notes.NoteKey, *, logs: Iterable[VerifierKey], state: Path) -> None:
        self._key, self._state = key, state
        # A log that changes its key has several for a time; its name is what it is known by.
        self._logs: dict[str, set[VerifierKey]] = {}
        for log in logs:
            self._logs.setdefault(log.name, set()).add(log)
        with self._memory() as memory:
            memory.executescript(_TABLES)

    def add_checkpoint(self, body: bytes, *, at_seconds: int) -> Reply:
        """Answer a log that asks for a cosignature; `at_seconds` is now, since 1970.

        200 with the cosignature; 400 no request, 403 not the log's signature, 404 a log unknown here,
        409 another size or another root than we have seen, 422 no proof of growth.
        """
        try:
            request, checkpoint = self._read(body)
            cosignature = notes.cosigned(checkpoint.text, self._key, at_seconds=at_seconds)
            with self._memory() as memory:
                memory.execute("BEGIN IMMEDIATE")
                try:
                    _judge(request, checkpoint, _seen(memory, checkpoint.origin))
                except _Refused as refusal:
                    _keep_evidence(memory, refusal.reply, body, at_seconds)
                    raise
                # It is on the disk before anybody hears of it: a head that was cosigned and forgotten
                # could be contradicted.
                memory.execute(
                    "INSERT OR REPLACE INTO head VALUES (?, ?, ?, ?, ?)",
                    (checkpoint.origin, checkpoint.size, checkpoint.root, request.note, at_seconds),
                )
        except _Refused as refusal:
            return refusal.reply
        return Reply(200, cosignature.line)

    def seen(self, origin: str) -> Seen:
        """Return the head of a log that was cosigned last."""
        with self._memory() as memory:
            return _seen(memory, origin)

    def evidence(self) -> list[tuple[int, str, bytes]]:
        """Return the signed requests that contradict what was seen: time, reason, and the request."""
        with self._memory() as memory:
            return list(memory.execute("SELECT at, reason, body FROM evidence ORDER BY at, rowid"))

    def _read(self, body: bytes) -> tuple[AddCheckpoint, Checkpoint]:
        """Return the request and its checkpoint, signed by a log that we know."""
        try:
            request = AddCheckpoint.parse(body)
            raw = request.note.encode()
            checkpoint = Checkpoint.parse(notes.opened(raw, ()).note.text)
        except NoteMalformed as error:
            raise _Refused(400, str(error)) from error
        keys = self._logs.get(checkpoint.origin)
        if keys is None:
            raise _Refused(404, "this log is not known here")
        try:
            by = notes.opened(raw, keys).by
        except notes.NoteBroken as error:
            raise _Refused(403, str(error)) from error
        if not by:
            raise _Refused(403, "the log has not signed this")
        if request.old > checkpoint.size:
            raise _Refused(400, "the log has become smaller")
        return request, checkpoint

    @contextmanager
    def _memory(self) -> Iterator[sqlite3.Connection]:
        memory = sqlite3.connect(self._state, timeout=30, isolation_level=None)
        try:
            memory.execute("PRAGMA synchronous = FULL")
            yield memory
            if memory.in_transaction:
                memory.execute("COMMIT")
        except _Refused:
            if memory.in_transaction:
                memory.execute("COMMIT")  # what speaks against the log is kept too
            raise
        finally:
            memory.close()


def _judge(request: AddCheckpoint, checkpoint: Checkpoint, seen: Seen) -> None:
    """Pass if the log has only grown. :raises _Refused: it has not, or speaks of another past"""
    if request.old != seen.size:
        raise _Refused(409, str(seen.size), SIZE)
    if request.old == checkpoint.size and seen.root != checkpoint.root and seen.size:
        raise _Refused(409, "a log of this size with another root was seen here")
    try:
        merkle.check_consistency(
            seen.size, seen.root, checkpoint.size, checkpoint.root, request.proof
        )
    except merkle.ProofInvalid as error:
        raise _Refused(422, str(error)) from error


def _seen(memory: sqlite3.Connection, origin: str) -> Seen:
    row = memory.execute("SELECT size, root FROM head WHERE origin = ?", (origin,)).fetchone()
    return Seen(*row) if row else Seen()


def _keep_evidence(memory: sqlite3.Connection, reply: Reply, body: bytes, at: int) -> None:
    """Keep a signed request that contradicts what was seen; one that only names another size does not."""
    if reply.media_type == SIZE:
        return
    kept = memory.execute("SELECT count(*) FROM evidence").fetchone()[0]
    if kept < MAX_EVIDENCE:
        memory.execute(
            "INSERT OR IGNORE INTO evidence VALUES (?, ?, ?)", (at, reply.body.strip(), body)
        )
