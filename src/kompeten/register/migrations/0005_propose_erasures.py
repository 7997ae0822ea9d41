"""An erasure is proposed by one and carried out by another; once it was judged it stays as it is."""

from django.db import migrations, models
from django.db.models import Q

from kompeten.foundation.db import FreeRows, KeepRows

TABLE = "register_erasure"
CHANGED = """
OLD.state <> 'proposed' OR NEW.certificate_id <> OLD.certificate_id OR NEW.ground <> OLD.ground
OR NEW.proposed_by_id <> OLD.proposed_by_id OR NEW.proposed_at <> OLD.proposed_at
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0004_find_numbers_as_typed")]

    operations = [
        FreeRows(TABLE),
        migrations.RenameField("erasure", "ordered_at", "proposed_at"),
        migrations.AddField("erasure", "ground", models.CharField(max_length=200, default="")),
        migrations.AddField("erasure", "proposed_by_id", models.BigIntegerField(default=0)),
        migrations.AddField("erasure", "judged_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("erasure", "erasure_state_known"),
        migrations.AddConstraint(
            "erasure",
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "done", "dropped"]), name="erasure_state_known"
            ),
        ),
        migrations.AddConstraint(
            "erasure",
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state="proposed"),
                name="erasure_proposed_once",
            ),
        ),
        KeepRows(TABLE, CHANGED, ("UPDATE",)),
        KeepRows(TABLE, acts=("DELETE",)),
    ]
