"""A document says how many pages it has, which file came for it, and what a scanner found in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_keep_warnings_of_lines")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="sent_sha256",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(
            model_name="document",
            name="pages",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="document",
            name="scan",
            field=models.CharField(
                db_default="not_scanned", default="not_scanned", max_length=16
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="found",
            field=models.CharField(blank=True, db_default="", max_length=120),
        ),
        migrations.AddField(
            model_name="document",
            name="scanned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(scan__in=["clean", "infected", "not_scanned"]),
                name="document_scan_known",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(replaced_at__isnull=True, scan="not_scanned"),
                fields=["scanned_at", "id"],
                name="documents_to_scan",
            ),
        ),
    ]
