"""Is nobody told "kept" before it is, and is everybody told in the end? With a disk that is slow, full or busy."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kompeten.exams.adapters.commit import GroupCommit, Waiting
from kompeten.exams.adapters.vault_sqlite import SqliteJournal
from kompeten.exams.terms.vault import Row, RowKind, Via

PATIENCE = 20
ROW = Row(
    RowKind.SEGMENT, "ABCDEFGH23", "a" * 16, 1, 1, "b" * 64, b"{}", 1_780_000_000_000, Via.LINE
)


def rows(count: int) -> list[Row]:
    """Return so many different rows."""
    return [replace(ROW, first=n, last=n) for n in range(1, count + 1)]


class Hall:
    """Everybody who waits, and what they were told, in the order they were."""

    def __init__(self, journal: SqliteJournal) -> None:
        self.told: list[list[Waiting]] = []
        self.commit = GroupCommit(lambda: journal, release=self._release)
        self._some = threading.Condition()

    def _release(self, batch: list[Waiting]) -> None:
        with self._some:
            self.told.append(batch)
            self._some.notify_all()

    def put(self, *waiting: Waiting) -> None:
        for one in waiting:
            self.commit.put(one)

    def wait_for(self, count: int) -> list[Waiting]:
        """Return everybody told, once they are `count`."""
        with self._some:
            assert self._some.wait_for(lambda: len(self.everybody()) >= count, PATIENCE)
        return self.everybody()

    def everybody(self) -> list[Waiting]:
        return [waiting for batch in self.told for waiting in batch]


class SlowDisk(sqlite3.Connection):
    """A connection whose commits take as long as a test likes."""

    gate = threading.Event()

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
        if sql == "COMMIT":
            assert self.gate.wait(PATIENCE)
        return super().execute(sql, *values)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    """Return a vault of its own."""
    found = SqliteJournal(tmp_path / "vault.sqlite3")
    yield found
    found.close()


@pytest.fixture
def hall(journal: SqliteJournal) -> Iterator[Hall]:
    """Return people who wait for that vault."""
    found = Hall(journal)
    yield found
    found.commit.close()


def others_see(path: Path) -> int:
    """Return how many rows another process would find in the file."""
    other = sqlite3.connect(path)
    try:
        return int(other.execute("SELECT count(*) FROM vault").fetchone()[0])
    finally:
        other.close()


def test_nobody_is_told_before_the_commit(tmp_path: Path) -> None:
    SlowDisk.gate.clear()
    journal = SqliteJournal(tmp_path / "vault.sqlite3", connection=SlowDisk)
    hall = Hall(journal)
    hall.put(*map(Waiting, rows(50)))
    time.sleep(0.3)

    assert hall.told == []
    assert others_see(journal.path) == 0
    assert hall.commit.backlog() == 50

    SlowDisk.gate.set()
    assert [w.kept for w in hall.wait_for(50)] == [ROW.received] * 50
    assert others_see(journal.path) == 50
    hall.commit.close()
    journal.close()


def test_what_gathers_during_a_commit_goes_into_the_next_one(tmp_path: Path) -> None:
    SlowDisk.gate.clear()
    journal = SqliteJournal(tmp_path / "vault.sqlite3", connection=SlowDisk)
    hall = Hall(journal)
    first, *rest = map(Waiting, rows(301))
    hall.put(first)
    time.sleep(0.2)
    hall.put(*rest)

    SlowDisk.gate.set()
    hall.wait_for(301)
    assert [len(batch) for batch in hall.told] == [1, 300]
    assert [stored.row.first for stored in journal.of(ROW.attempt)] == list(range(1, 302))
    hall.commit.close()
    journal.close()


def test_a_full_disk_keeps_nothing_tells_everybody_and_is_got_over(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "vault.sqlite3")
    hall = Hall(journal)
    small = int(str(journal.setting("page_count"))) + 1
    journal.setting(f"max_page_count={small}")
    big = [Waiting(replace(row, body=b"x" * 60_000)) for row in rows(5)]
    hall.put(*big)

    assert all(isinstance(w.error, sqlite3.Error) for w in hall.wait_for(5))
    assert others_see(journal.path) == 0

    journal.setting("max_page_count=1000000")
    hall.put(Waiting(ROW))
    assert hall.wait_for(6)[-1].error is None
    assert others_see(journal.path) == 1
    hall.commit.close()
    journal.close()


def test_a_batch_waits_its_turn_while_another_process_writes(
    journal: SqliteJournal, hall: Hall
) -> None:
    other = sqlite3.connect(journal.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    hall.put(Waiting(ROW))
    time.sleep(0.3)
    assert hall.told == []

    other.execute("COMMIT")
    other.close()
    assert hall.wait_for(1)[0].kept == ROW.received


def test_the_same_row_twice_in_one_batch_is_one_row_with_one_instant(
    journal: SqliteJournal, hall: Hall
) -> None:
    hall.put(Waiting(ROW), Waiting(replace(ROW, received=ROW.received + 5)))

    assert [w.kept for w in hall.wait_for(2)] == [ROW.received] * 2
    assert others_see(journal.path) == 1


def test_who_asks_hears_what_is_held_with_their_own_row(journal: SqliteJournal, hall: Hall) -> None:
    journal.append(rows(2))
    opening = replace(ROW, kind=RowKind.OPENING, first=0, last=0, head="")

    hall.put(Waiting(opening, ask=ROW.attempt), Waiting(None, ask="ZZZZZZZZZ9"))

    mine, nothing = hall.wait_for(2)
    assert [stored.row for stored in mine.held] == [*rows(2), opening]
    assert nothing.held == []


def test_closing_keeps_what_still_waits(journal: SqliteJournal) -> None:
    hall = Hall(journal)
    hall.put(*map(Waiting, rows(40)))

    hall.commit.close()

    assert len(hall.everybody()) == others_see(journal.path) == 40


def test_many_threads_at_once_lose_nothing(journal: SqliteJournal, hall: Hall) -> None:
    def one(person: int) -> None:
        attempt = f"{person:010d}"
        for row in rows(25):
            hall.put(Waiting(replace(row, attempt=attempt)))

    threads = [threading.Thread(target=one, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(hall.wait_for(200)) == others_see(journal.path) == 200
    numbers = [stored.id for stored in journal.after(0, limit=1_000)]
    assert numbers == sorted(set(numbers))


def test_the_log_is_carried_over_while_others_read_and_write(journal: SqliteJournal) -> None:
    journal.append(rows(300))
    log = journal.path.with_name(journal.path.name + "-wal")
    before = log.stat().st_size

    journal.tidy()
    journal.append([replace(ROW, chain="c" * 16)])

    assert log.stat().st_size == before  # the log began anew: the old frames are in the file
    assert others_see(journal.path) == 301
