"""What people were told stays as it was told; only when they read it is added."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

TOUCHED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in (
        "ref", "event_id", "kind", "person_id", "subject", "body", "target", "target_ref", "written_at",
    )
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        KeepRows("notices_notice", TOUCHED, ("UPDATE",)),
        KeepRows("notices_notice", "TRUE", ("DELETE",)),
        KeepRows("notices_delivery", "OLD.state <> 'queued'"),
    ]
