"""Events are appended and never changed, whoever asks; PostgreSQL also notes the writing transaction."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kompeten.foundation.db import KeepRows


def note_transaction(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the column by which the feed knows which keys are final."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE foundation_event ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()"
        )


def forget_transaction(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the column again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE foundation_event DROP COLUMN xid")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.RunPython(note_transaction, forget_transaction),
        KeepRows("foundation_event"),
    ]
