"""How do eight people do the same thing at one moment? In a process and a database of their own.

A race needs commits, and the ledger refuses to be emptied afterwards: so a story with a race is a
script that prints what each thread met as JSON, and its database is thrown away. It begins as a copy
of the suite's own before the first test: making all tables anew would take longer than most races.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any

from django.conf import settings
from django.db import connection

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.foundation.ledger.reading import SETTLED

ROOT = Path(__file__).resolve().parents[2]
THREADS = 8
PATIENCE_SECONDS = 30


def settle() -> None:
    """Wait until every event of this database may be read by its followers.

    On PostgreSQL an event waits for every transaction that was open beside it. Within a transaction,
    and on SQLite, there is nothing to wait for.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COALESCE(bool_and({SETTLED}), TRUE) FROM foundation_event")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.1)


def race(run: Callable[[int], str]) -> list[str]:
    """Let all threads pass one gate together; return what they met, sorted."""
    gate = Barrier(THREADS)

    def one(number: int) -> str:
        connection.ensure_connection()
        gate.wait()
        try:
            return run(number)
        except StepRefused as refusal:
            return " ".join(refusal.reasons)
        except StaleRecord:
            return "stale"
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return sorted(pool.map(one, range(THREADS)))


@contextmanager
def meanwhile(do: Callable[[], object], *, after: int = 1) -> Iterator[None]:
    """Let somebody else do something `after` so many statements of what stands below.

    For what is read first and written then: one connection is enough to come between the two.
    """
    seen = 0

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == after + 1:
            do()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield
    assert seen > after, "nothing came between"


@dataclass(frozen=True)
class Bare:
    """The suite's database as it was before the first test: all tables, and what migrations put into them."""

    name: str  # of a file, or of a database on the suite's server
    blocker: Any


@contextmanager
def bared(folder: Path, blocker: Any) -> Iterator[Bare]:
    """Keep a copy of the database as it is now while the block runs; nobody is connected to the copy."""
    if connection.vendor == "sqlite":
        kept = folder / "bare.sqlite3"
        with blocker.unblock(), closing(sqlite3.connect(kept)) as file:
            connection.ensure_connection()
            connection.connection.backup(file)
        yield Bare(str(kept), blocker)
        return
    name = f"{connection.settings_dict['NAME']}_bare"
    with blocker.unblock():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {connection.settings_dict['NAME']}")
    yield Bare(name, blocker)
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def told(script: Path, *, folder: Path, bare: Bare) -> dict[str, Any]:
    """Run the script against a database made for it; return what it printed."""
    with scratch(bare) as url:
        if url == "sqlite":
            shutil.copyfile(bare.name, folder / "kompeten.sqlite3")
        environment = os.environ | {
            "KOMPETEN_DATA_DIR": str(folder),
            "KOMPETEN_DATABASE_URL": url,
            "KOMPETEN_WEB_THREADS": str(THREADS),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        run = [sys.executable, str(script)]
        done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@contextmanager
def scratch(bare: Bare) -> Iterator[str]:
    """Give the address of a database for one process: a file of its own, or a new one on the suite's server."""
    url = settings.OPTIONS.database_url
    if not url.startswith("postgres"):
        yield "sqlite"
        return
    name = f"kompeten_race_{uuid.uuid4().hex[:8]}"
    with bare.blocker.unblock():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {bare.name}")
        try:
            yield f"{url.rpartition('/')[0]}/{name}"
        finally:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
