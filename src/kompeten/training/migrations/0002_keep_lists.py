"""A session whose list is final, or that was called off, stays as it is; the database sees to it."""

from django.db import migrations

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [KeepRows("training_session", "OLD.state IN ('closed', 'cancelled')")]
