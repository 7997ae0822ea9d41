"""Which vault does this house have? The one beside its database."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from kompeten.exams.adapters.vault_postgresql import PostgresqlJournal
from kompeten.exams.adapters.vault_sqlite import SqliteJournal
from kompeten.exams.ports import Journal

FILE = "vault.sqlite3"


def journal() -> Journal:
    """Return the vault of this process; it is opened, and on SQLite made, at the first call."""
    if connection.vendor == "postgresql":
        return PostgresqlJournal()
    return _file(Path(settings.DATA_DIR) / FILE, settings.OPTIONS.sqlite_synchronous)


def close() -> None:
    """Let go of the vault's file, if it is open here; the next call of `journal` opens it again."""
    if _file.cache_info().currsize:
        _file(Path(settings.DATA_DIR) / FILE, settings.OPTIONS.sqlite_synchronous).close()
        _file.cache_clear()


@lru_cache(maxsize=1)
def _file(path: Path, synchronous: str) -> SqliteJournal:
    return SqliteJournal(path, synchronous=synchronous)
