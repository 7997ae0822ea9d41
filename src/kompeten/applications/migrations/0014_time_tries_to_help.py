"""Say when somebody tried last to show who they are, so that a day has a bound of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0013_ask_for_recommendations'),
    ]

    operations = [
        migrations.AddField(
            model_name='help',
            name='tried_at',
            field=models.DateTimeField(null=True),
        ),
    ]
