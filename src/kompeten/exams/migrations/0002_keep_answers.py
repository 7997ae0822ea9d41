"""Answers and scores are kept as they came; what a sitting is sat on does not change under it."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

PINNED = " OR ".join(
    f"NEW.{column} <> OLD.{column}" for column in ("ref", "form_id", "form_digest", "minutes")
)


class Migration(migrations.Migration):
    dependencies = [("exams", "0001_initial")]

    operations = [
        KeepRows("exams_answerbatch"),
        KeepRows("exams_score"),
        KeepRows("exams_sittingscheme"),
        KeepRows("exams_sitting", PINNED, ("UPDATE",)),
    ]
