"""Keep up to which code a link has signed, so that those bar no other one."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Q


def sign_off(apps: Any, _editor: Any) -> None:
    """Note it of links that were used up, and of those that have signed for some and took no code since."""
    rows = apps.get_model("applications", "Referee").objects.filter(codes__gt=0)
    rows.filter(Q(state="used") | Q(coded_at=None)).update(codes_signed=F("codes"))


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0015_note_addresses_that_take_no_code'),
    ]

    operations = [
        migrations.AddField(
            model_name='referee',
            name='codes_signed',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunPython(sign_off, migrations.RunPython.noop),
    ]
