"""A signed decree keeps its minutes as a paper too; given out it may be, changed it may not."""

from django.db import migrations, models

from kompeten.foundation.db import FreeRows, KeepRows

CHANGED = """
OLD.state = 'signed' AND (NEW.state <> OLD.state OR NEW.ref <> OLD.ref OR NEW.number <> OLD.number
OR NEW.meeting_id <> OLD.meeting_id OR NEW.drawn_up_at <> OLD.drawn_up_at
OR NEW.signed_at IS NULL OR NEW.signed_at <> OLD.signed_at
OR NEW.signed_by_id IS NULL OR NEW.signed_by_id <> OLD.signed_by_id
OR NEW.sha256 <> OLD.sha256 OR NEW.minutes_sha256 <> OLD.minutes_sha256)
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_keep_decided")]

    operations = [
        FreeRows("decisions_decree", "OLD.state = 'signed'"),
        migrations.AddField(
            model_name="decree",
            name="minutes_sha256",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        KeepRows("decisions_decree", CHANGED, ("UPDATE",)),
        KeepRows("decisions_decree", "OLD.state = 'signed'", ("DELETE",)),
    ]
