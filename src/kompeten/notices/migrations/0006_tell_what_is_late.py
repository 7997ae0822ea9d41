"""Remember on which days the office was told what is late; what was told stays told."""

from django.db import migrations, models
from django.db.models import Q

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = (("notices", "0005_let_old_notices_go"),)

    operations = (
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(unique=True)),
                ("state", models.CharField(max_length=16)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state__in=["written"]), name="digest_state_known"
                    )
                ]
            },
        ),
        KeepRows("notices_digest", "TRUE", ("UPDATE", "DELETE")),
    )
