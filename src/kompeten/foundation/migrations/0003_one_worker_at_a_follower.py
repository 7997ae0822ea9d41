"""A follower's inbox has one worker at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0002_keep_events'),
    ]

    operations = [
        migrations.AddField(
            model_name='bell',
            name='busy_until',
            field=models.DateTimeField(null=True),
        ),
    ]
