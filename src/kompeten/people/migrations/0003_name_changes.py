"""How a person was called before an officer put the name right is kept for good."""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("people", "0002_let_a_nik_be_disputed")]

    operations = [
        migrations.CreateModel(
            name="NameChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("name", models.CharField(max_length=120)),
                ("title_before", models.CharField(blank=True, max_length=40)),
                ("title_after", models.CharField(blank=True, max_length=80)),
                ("ground", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="name_changes",
                        to="people.person",
                    ),
                ),
            ],
        ),
        KeepRows("people_namechange"),
    ]
