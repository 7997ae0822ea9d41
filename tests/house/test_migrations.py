"""Do the migrations make just the tables that the models ask for, and keep what they promise?"""

import ast

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kompeten.foundation.db import KeepRows
from tests.house.code import SOURCE

pytestmark = pytest.mark.django_db
STEPS = "kompeten.foundation.db"


def test_no_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def kept_rows() -> list[KeepRows]:
    """Return every promise to keep rows, of all rooms."""
    loader = MigrationLoader(None)
    ours = [m for m in loader.disk_migrations.values() if m.__module__.startswith("kompeten.")]
    return [step for m in ours for step in m.operations if isinstance(step, KeepRows)]


def test_every_promise_to_keep_rows_holds_in_the_finished_database() -> None:
    # SQLite drops a table's triggers when a later migration rebuilds the table, without a word.
    names = {step._name(act) for step in kept_rows() for act in step.acts}
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = {row[0] for row in cursor.fetchall()}

    assert names - there == set()
    assert names


def test_migrations_know_no_code_that_may_change() -> None:
    found = []
    for path in sorted(SOURCE.glob("*/migrations/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found += [f"{path.parent.parent.name}/{path.name}: {n}" for n in names if not ok(n)]

    assert not found, "\n".join(found)


def ok(name: str) -> bool:
    """Say whether a migration may import the module: nothing of ours but steps that live for ever."""
    return not name.startswith("kompeten.") or name == STEPS
