"""A number is found as people type it, in any case, without reading every entry."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0006_add_blanks'),
        ('register', '0003_keep_log'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(django.db.models.functions.text.Upper('number'), name='entry_by_number_typed'),
        ),
    ]
