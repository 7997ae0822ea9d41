"""A sealed performance never changes, nor does a rating once it has left its assessor's hands."""

from django.db import migrations

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("practicals", "0001_initial")]

    operations = [
        KeepRows("practicals_performance"),
        KeepRows("practicals_rating", when="OLD.state <> 'open'"),
    ]
