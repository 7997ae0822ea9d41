"""Regions: provinces, regencies and cities."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                ("code", models.CharField(max_length=5, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=64)),
                ("timezone", models.CharField(max_length=32)),
                ("province_code", models.CharField(blank=True, max_length=2)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["province", "regency", "city"])),
                        name="region_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__isnull", True))
                        | models.Q(("valid_until__gt", models.F("valid_from"))),
                        name="region_ends_after_start",
                    ),
                ],
            },
        ),
    ]
