"""Note which files were only looked at, and let a list go on without its file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("applications", "0010_keep_days_spent"),)
    operations = (
        migrations.CreateModel(
            name="ListFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("kept_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RemoveConstraint("collective", "collective_state_known"),
        migrations.AddConstraint(
            "collective",
            models.CheckConstraint(
                condition=models.Q(state__in=["received", "disposed"]),
                name="collective_state_known",
            ),
        ),
    )
