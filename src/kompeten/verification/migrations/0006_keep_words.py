"""What a reason says to somebody stays as it was; the database sees to it."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

CHANGED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in ("ref", "code", "version", "kind", "words", "documents", "since_at")
)


class Migration(migrations.Migration):
    dependencies = [("verification", "0005_list_reasons")]

    operations = [
        KeepRows("verification_reason", f"OLD.state <> 'current' OR {CHANGED}", acts=("UPDATE",)),
        KeepRows("verification_reason", acts=("DELETE",)),
    ]
