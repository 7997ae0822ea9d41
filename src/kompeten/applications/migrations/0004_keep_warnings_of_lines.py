"""A line of a list keeps what somebody should look at.

The column may be null and has no default: so SQLite adds it in place, and the triggers that keep the
rows stay where they are.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_say_until_when_competent")]

    operations = [
        migrations.AddField(
            model_name="collectiverow",
            name="warnings",
            field=models.JSONField(null=True),
        ),
    ]
