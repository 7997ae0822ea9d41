"""Remember how many working days the reviews took before an application was sent back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("applications", "0009_keep_what_is_on_its_way"),)
    operations = (
        migrations.AddField(
            "application", "spent_days", models.PositiveSmallIntegerField(default=0, db_default=0)
        ),
    )
