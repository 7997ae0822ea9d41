"""A check-in may have a photo, and a remark a note of whoever saw something.

The database knows the defaults too: code from before writes rows while a house is upgraded.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("exams", "0008_forms_of_seats"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="photo",
            field=models.CharField(default="", max_length=64, db_default=""),
        ),
        migrations.AddField(
            model_name="entry",
            name="photos_held",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddField(
            model_name="remark",
            name="note",
            field=models.CharField(default="", max_length=300, db_default=""),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=Q(photos_held=True), fields=["id"], name="entries_with_photos"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=Q(photo="") | Q(checked_in_at__isnull=False, photos_held=True),
                name="entry_photo_of_a_check_in",
            ),
        ),
    ]
