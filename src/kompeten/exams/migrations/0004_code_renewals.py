"""The code that opens a sitting's package can be renewed.

Written out: Django would copy the table on SQLite, and the triggers that keep its rows would be gone.
"""

from django.db import migrations, models

ADD = (
    "ALTER TABLE exams_sitting ADD COLUMN code_renewals integer NOT NULL DEFAULT 0"
    " CHECK (code_renewals >= 0)"
)
DROP = "ALTER TABLE exams_sitting DROP COLUMN code_renewals"


class Migration(migrations.Migration):
    dependencies = [("exams", "0003_vault")]

    operations = [
        migrations.RunSQL(
            ADD,
            DROP,
            state_operations=[
                migrations.AddField(
                    model_name="sitting",
                    name="code_renewals",
                    field=models.PositiveIntegerField(default=0),
                ),
            ],
        ),
    ]
