"""Seats from before sittings had several forms get the form of their sitting."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def give_seats_their_form(apps, schema_editor):
    """Until now a sitting had one form, so it is that of all its seats."""
    sittings = apps.get_model("exams", "Sitting").objects.filter(pk=OuterRef("sitting_id"))
    apps.get_model("exams", "Entry").objects.filter(form_digest="").update(
        form_digest=Subquery(sittings.values("form_digest")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("exams", "0007_several_forms")]

    operations = [
        migrations.RunPython(give_seats_their_form, migrations.RunPython.noop, elidable=True),
    ]
