"""The name under which an account signed, before an administrator put it right, is kept and never changed."""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("people", "0008_note_lists_that_were_opened")]

    operations = [
        migrations.CreateModel(
            name="LabelChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("label", models.CharField(blank=True, max_length=120)),
                ("ground", models.CharField(max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="label_changes",
                        to="people.account",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
            ],
        ),
        KeepRows("people_labelchange", acts=("UPDATE",)),
    ]
