"""Where is the vault where there is no database server? In a SQLite file of its own.

Apart from the house's database, so that neither waits for the other's lock, and so that a copy of
one file holds every answer.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from kompeten.exams.terms.vault import Row, RowKind, Stored, Via

WAIT_SECONDS = 30
LOG_PAGES = 64_000  # 256 MB
TABLE = """
CREATE TABLE IF NOT EXISTS vault (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, attempt TEXT NOT NULL, chain TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, head TEXT NOT NULL,
    body BLOB NOT NULL, received INTEGER NOT NULL, via TEXT NOT NULL,
    UNIQUE (attempt, chain, first, last, head)
);
CREATE TRIGGER IF NOT EXISTS keep_vault_update BEFORE UPDATE ON vault
BEGIN SELECT RAISE(ABORT, 'vault rows are kept as they are'); END;
CREATE TRIGGER IF NOT EXISTS keep_vault_delete BEFORE DELETE ON vault
BEGIN SELECT RAISE(ABORT, 'vault rows are kept as they are'); END;
"""
PLACES = "(?, ?, ?, ?, ?, ?, ?, ?, ?)"
COLUMNS = "kind, attempt, chain, first, last, head, body, received, via"
TOGETHER = 128  # rows of one statement
FIRST_KEPT = (
    "SELECT received FROM vault"
    " WHERE attempt = ? AND chain = ? AND first = ? AND last = ? AND head = ?"
)
AFTER = f"SELECT id, {COLUMNS} FROM vault WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608
OF = f"SELECT id, {COLUMNS} FROM vault WHERE attempt = ? ORDER BY id"  # noqa: S608


class SqliteJournal:
    """The vault in one SQLite file; one connection, which the threads of a process take in turn.

    WAL with `synchronous=FULL`: a commit returns when the log has been flushed to the disk, and other
    connections see its rows no earlier. `tidy` carries the log over into the file while commits go
    on; only a log of `LOG_PAGES` makes a commit do it. `connection` is there for tests that make the
    disk slow or full.
    """

    def __init__(
        self,
        path: Path,
        *,
        synchronous: str = "FULL",
        connection: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            path,
            timeout=WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=connection,
            cached_statements=2 * TOGETHER,
        )
        self._connection.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};"
            f"PRAGMA wal_autocheckpoint={LOG_PAGES}; PRAGMA cache_size=-32000;"
        )
        self._connection.executescript(f"BEGIN IMMEDIATE; {TABLE} COMMIT;")
        self._flush_found()

    def append(self, rows: Sequence[Row]) -> list[int]:
        """Keep rows in one transaction; return when each was first kept, as the port promises."""
        statements = list(_statements(rows))
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                fresh = sum(self._connection.execute(*one).rowcount for one in statements)
                kept = [row.received for row in rows]
                if fresh != len(rows):
                    kept = [self._first_kept(row) for row in rows]
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        return kept

    def after(self, number: int, *, limit: int) -> list[Stored]:
        """Return up to `limit` rows with numbers above `number`, in their order."""
        return self._read(AFTER, (number, limit))

    def of(self, attempt: str) -> list[Stored]:
        """Return everything kept of one attempt, in its order."""
        return self._read(OF, (attempt,))

    def tidy(self) -> None:
        """Carry the log over into the file, on a connection of its own that makes nobody wait."""
        with closing(sqlite3.connect(self.path)) as beside:
            beside.execute("PRAGMA synchronous=FULL")
            beside.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def durability(self) -> Mapping[str, str]:
        """Return how the file is opened."""
        level = ("OFF", "NORMAL", "FULL", "EXTRA")[int(str(self.setting("synchronous")))]
        return {"journal_mode": str(self.setting("journal_mode")), "synchronous": level}

    def setting(self, name: str) -> object:
        """Return what the file is opened with, as `synchronous` (2 is FULL) or `journal_mode`."""
        with self._lock:
            return self._connection.execute(f"PRAGMA {name}").fetchone()[0]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _flush_found(self) -> None:
        """Flush the log as it was found.

        A process that is killed between writing and flushing leaves rows that the next one reads:
        from the kernel's memory, not yet from the disk. Their senders come again and are told "kept",
        by a transaction that writes nothing and so flushes nothing.
        """
        # To close a file lets go of every lock on it; SQLite keeps its locks on the other two.
        for path in (f"{self.path}-wal", self.path.parent):
            opened = os.open(path, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)

    def _first_kept(self, row: Row) -> int:
        where = (row.attempt, row.chain, row.first, row.last, row.head)
        found: int = self._connection.execute(FIRST_KEPT, where).fetchone()[0]
        return found

    def _read(self, sql: str, values: tuple[object, ...]) -> list[Stored]:
        with self._lock:
            return [stored(found) for found in self._connection.execute(sql, values)]


def beside(path: Path, attempt: str) -> list[Stored]:
    """Return everything kept of one attempt, by a look at the files that writes nothing to them.

    Whoever opens them to write carries the log over when the last one closes.
    """
    reading = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=WAIT_SECONDS)
    with closing(reading):
        return [stored(found) for found in reading.execute(OF, (attempt,))]


def _statements(rows: Sequence[Row]) -> Iterator[tuple[str, list[str | int | bytes]]]:
    # Python lets its lock go for each statement and has to win it back from the thread that speaks
    # to the devices: few statements of many rows, each text prepared once.
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        yield _insert(len(some)), [value for row in some for value in row_values(row)]


@lru_cache(maxsize=TOGETHER)
def _insert(count: int) -> str:
    return (
        f"INSERT INTO vault ({COLUMNS}) VALUES {', '.join([PLACES] * count)}"  # noqa: S608
        " ON CONFLICT (attempt, chain, first, last, head) DO NOTHING"
    )


def row_values(row: Row) -> tuple[str | int | bytes, ...]:
    """Return a row's columns in their order."""
    return (
        row.kind.value, row.attempt, row.chain, row.first, row.last, row.head,
        row.body, row.received, row.via.value,
    )  # fmt: skip


def stored(found: Sequence[Any]) -> Stored:
    """Return the row that stands in these columns, its number first."""
    number, kind, attempt, chain, first, last, head, body, received, via = found
    row = Row(RowKind(kind), attempt, chain, first, last, head, bytes(body), received, Via(via))
    return Stored(number, row)
