"""Load the regions from the packaged list, under the codes in force since the 38th province."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import migrations

LIST = Path(__file__).resolve().parent.parent / "data" / "regions.csv"
# The day of the law that made Papua Barat Daya, the last of the 38 provinces (UU 29/2022).
VALID_FROM = date(2022, 12, 8)


def load(apps: Any, schema_editor: Any) -> None:
    """Write every region of the list; a second run changes nothing."""
    region = apps.get_model("regions", "Region")
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = [region(valid_from=VALID_FROM, **line) for line in csv.DictReader(file)]
    region.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def forget(apps: Any, schema_editor: Any) -> None:
    """Remove them again."""
    apps.get_model("regions", "Region").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]

    operations = [migrations.RunPython(load, forget, elidable=False)]
