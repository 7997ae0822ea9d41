"""A notice may leave the house on paper; what has left stays noted."""

from django.db import migrations, models

from kompeten.foundation.db import FreeRows, KeepRows

KEPT = ("notices_delivery", "OLD.state <> 'queued'", ("UPDATE",))


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_tell_what_is_late")]

    operations = [
        FreeRows(*KEPT),
        migrations.RemoveConstraint(model_name="delivery", name="delivery_channel_known"),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["mail", "paper"])),
                name="delivery_channel_known",
            ),
        ),
        KeepRows(*KEPT),
    ]
