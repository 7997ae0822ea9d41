"""Do the migrations make just the tables that the models ask for, and keep what they promise?"""

import ast

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kompeten.foundation.db import FreeRows, KeepRows
from tests.house.code import SOURCE

pytestmark = pytest.mark.django_db
STEPS = "kompeten.foundation.db"


def test_no_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def promised() -> set[str]:
    """Return the triggers that the migrations of all rooms leave behind, those they took away left out."""
    names: set[str] = set()
    for _key, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        steps = migration.operations if migration.__module__.startswith("kompeten.") else []
        for step in steps:
            if isinstance(step, KeepRows):
                made = {step._name(act) for act in step.acts}
                names = names - made if isinstance(step, FreeRows) else names | made
    return names


def test_every_promise_to_keep_rows_holds_in_the_finished_database() -> None:
    # SQLite drops a table's triggers when a later migration rebuilds the table, without a word.
    names = promised()
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
