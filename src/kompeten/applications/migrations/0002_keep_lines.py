"""A line of a list stays as it was received."""

from django.db import migrations

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]

    operations = [KeepRows("applications_collectiverow")]
