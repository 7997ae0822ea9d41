"""A sealed sheet keeps what it says; only whether it is in force may change."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

REWRITTEN = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in (
        "ref", "application_id", "person_id", "competent", "content", "digest", "sealed_at",
    )
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial")]

    operations = [
        KeepRows("results_sheet", REWRITTEN, ("UPDATE",)),
        KeepRows("results_sheet", "TRUE", ("DELETE",)),
    ]
