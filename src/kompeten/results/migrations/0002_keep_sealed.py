"""A sealed sheet keeps what it says; only whether it is in force may change."""

from django.db import migrations

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial")]

    operations = [
        KeepRows(
            "results_sheet",
            "OLD.digest <> NEW.digest OR OLD.competent <> NEW.competent"
            " OR OLD.application_id <> NEW.application_id",
            ("UPDATE",),
        ),
        KeepRows("results_sheet", "TRUE", ("DELETE",)),
    ]
