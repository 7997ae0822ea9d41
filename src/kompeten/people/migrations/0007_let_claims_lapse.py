"""Let a dispute over a NIK end when who claimed it is forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("people", "0006_keep_accesses_removals_breaches"),)
    operations = (
        migrations.RemoveConstraint("nikclaim", "nik_claim_state_known"),
        migrations.AddConstraint(
            "nikclaim",
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "granted", "declined", "lapsed"]),
                name="nik_claim_state_known",
            ),
        ),
    )
