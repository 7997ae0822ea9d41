"""A review that was answered or given back stays as it is; the database sees to it."""

from django.db import migrations

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_initial")]

    operations = [KeepRows("verification_review", "OLD.state <> 'open'")]
