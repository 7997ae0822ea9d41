"""Keep that an address did not take the code, so that whoever asked can be told."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0014_time_tries_to_help'),
    ]

    operations = [
        migrations.AddField(
            model_name='referee',
            name='mail_refused_at',
            field=models.DateTimeField(null=True),
        ),
    ]
