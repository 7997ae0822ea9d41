"""An application says until when a granted decision on it counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_keep_lines")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="competent_until",
            field=models.DateField(null=True),
        ),
    ]
