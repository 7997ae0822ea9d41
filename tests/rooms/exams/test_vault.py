"""Does the vault keep what it is given once, in order, for good, on either database?"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from kompeten.exams.adapters import journal, vault_sqlite
from kompeten.exams.adapters.vault_sqlite import SqliteJournal
from kompeten.exams.ports import Journal
from kompeten.exams.terms.vault import Row, RowKind, Via

pytestmark = pytest.mark.django_db
ONE = Row(
    RowKind.SEGMENT, "ABCDEFGH23", "a" * 16, 1, 3, "b" * 64, b'{"v":1}', 1_780_000_000_000, Via.LINE
)
OTHER = replace(ONE, attempt="ZZZZZZZZZ9", body=b"\x00\xff", via=Via.QR)
postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="of the server")
sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="of the file")


@pytest.fixture
def vault() -> Journal:
    """Return the vault of the house."""
    return journal.journal()


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_begins_with_an_empty_vault(vault: Journal, turn: int) -> None:
    assert vault.after(0, limit=10) == []
    vault.append([replace(ONE, received=turn)])
    assert [kept.row.received for kept in vault.of(ONE.attempt)] == [turn]


def test_what_is_kept_comes_back_as_it_was_and_in_order(vault: Journal) -> None:
    opening = replace(ONE, kind=RowKind.OPENING, first=0, last=0, head="")

    vault.append([ONE, OTHER])
    vault.append([opening])

    kept = vault.after(0, limit=10)
    assert [stored.row for stored in kept] == [ONE, OTHER, opening]
    assert [stored.id for stored in kept] == sorted({stored.id for stored in kept})
    assert vault.after(kept[0].id, limit=1) == kept[1:2]
    assert vault.of(ONE.attempt) == [kept[0], kept[2]]


def test_what_comes_again_is_kept_once_with_its_first_instant(vault: Journal) -> None:
    later = replace(ONE, received=ONE.received + 60_000, body=b"other words", via=Via.FILE)
    vault.append([ONE])

    told = vault.append([OTHER, later, replace(later, last=4), later])

    assert told == [OTHER.received, ONE.received, later.received, ONE.received]
    assert [stored.row for stored in vault.of(ONE.attempt)] == [ONE, replace(later, last=4)]


def test_nothing_is_nothing(vault: Journal) -> None:
    assert vault.append([]) == []
    assert vault.after(0, limit=10) == []


@sqlite_only
@pytest.mark.parametrize("act", ["UPDATE vault SET received = 1", "DELETE FROM vault"])
def test_the_file_refuses_to_change_or_lose_a_row(tmp_path: Path, act: str) -> None:
    vault = SqliteJournal(tmp_path / "vault.sqlite3")
    vault.append([ONE])

    with pytest.raises(Exception, match="kept as they are"):
        vault._connection.execute(act)

    assert [stored.row for stored in vault.of(ONE.attempt)] == [ONE]
    vault.close()


@postgresql_only
@pytest.mark.parametrize("act", ["UPDATE exams_vault SET received = 1", "DELETE FROM exams_vault"])
def test_the_table_refuses_to_change_or_lose_a_row(vault: Journal, act: str) -> None:
    vault.append([ONE])

    with (
        pytest.raises(DatabaseError, match="kept as they are"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)

    assert [stored.row for stored in vault.of(ONE.attempt)] == [ONE]


@sqlite_only
def test_a_commit_to_the_file_waits_for_the_disk(tmp_path: Path) -> None:
    vault = SqliteJournal(tmp_path / "vault.sqlite3")

    assert (vault.setting("synchronous"), vault.setting("journal_mode")) == (2, "wal")
    vault.close()
    of_the_house = journal.journal()
    assert isinstance(of_the_house, SqliteJournal)
    assert (of_the_house.setting("synchronous"), of_the_house.setting("journal_mode")) == (2, "wal")


@sqlite_only
def test_a_look_beside_reads_what_a_killed_process_left_and_changes_nothing(tmp_path: Path) -> None:
    vault = SqliteJournal(tmp_path / "vault.sqlite3")
    vault.append([ONE])
    left = tmp_path / "left"
    left.mkdir()
    names = ("vault.sqlite3", "vault.sqlite3-wal")
    before = [Path(shutil.copy(tmp_path / name, left)).read_bytes() for name in names]
    vault.close()

    found = vault_sqlite.beside(left / "vault.sqlite3", ONE.attempt)

    assert [stored.row for stored in found] == [ONE]
    assert [(left / name).read_bytes() for name in names] == before


@postgresql_only
def test_a_commit_to_the_table_waits_for_the_disk(vault: Journal) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        vault.append([ONE])
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone()[0] == "on"


@postgresql_only
def test_an_append_inside_another_transaction_is_refused(vault: Journal) -> None:
    # It could not be durable on return; SQLite's file has transactions of its own.
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        vault.append([ONE])

    assert vault.of(ONE.attempt) == []
