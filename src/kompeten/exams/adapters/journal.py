"""Which vault does this house have? The one beside its database."""

import threading
from pathlib import Path

from django.conf import settings
from django.db import connection

from kompeten.exams.adapters import vault_sqlite
from kompeten.exams.adapters.vault_postgresql import PostgresqlJournal
from kompeten.exams.adapters.vault_sqlite import SqliteJournal
from kompeten.exams.ports import Journal
from kompeten.exams.terms.vault import Stored

FILE = "vault.sqlite3"


_open: dict[tuple[Path, str], SqliteJournal] = {}
_opening = threading.Lock()


def journal() -> Journal:
    """Return the vault of this process; it is opened, and on SQLite made, at the first call.

    A site without internet keeps its own in a file, whatever its database.
    """
    if _is_in_postgresql():
        return PostgresqlJournal()
    place = (_file(), settings.OPTIONS.sqlite_synchronous)
    if found := _open.get(place):
        return found
    with _opening:
        if place not in _open:
            _open[place] = SqliteJournal(place[0], synchronous=place[1])
        return _open[place]


def beside(attempt: str) -> list[Stored]:
    """Return everything kept of one attempt; on SQLite no file is changed by it or stays open."""
    if _is_in_postgresql():
        return PostgresqlJournal().of(attempt)
    return vault_sqlite.beside(_file(), attempt)


def close() -> None:
    """Let go of the vault's file, if it is open here; the next call of `journal` opens it again."""
    with _opening:
        for found in _open.values():
            found.close()
        _open.clear()


def _is_in_postgresql() -> bool:
    return connection.vendor == "postgresql" and not settings.OPTIONS.site_pages


def _file() -> Path:
    return Path(settings.DATA_DIR) / FILE
