"""A sealed assessment never changes, nor does a reading once it has left its reader's hands."""

from django.db import migrations

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("portfolios", "0001_initial")]

    operations = [
        KeepRows("portfolios_assessment"),
        KeepRows("portfolios_reading", when="OLD.state <> 'open'"),
    ]
