"""A file that is handed in is found by its digest among all that were issued."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0004_keep_warnings_of_lines'),
        ('certificates', '0008_stamp_and_countersign'),
        ('decisions', '0003_keep_minutes_paper'),
        ('people', '0003_name_changes'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['pdf_sha256'], name='certificate_by_sheet'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['credential_sha256'], name='certificate_by_credential'),
        ),
    ]
