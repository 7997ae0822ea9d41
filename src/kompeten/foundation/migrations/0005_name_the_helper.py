"""Events name who lent the actor a hand; nothing that was written before changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("foundation", "0004_add_short_links"),)
    operations = (
        migrations.AddField("event", "helper_id", models.BigIntegerField(null=True)),
    )
