"""A message may be deleted once its time is over; what it says is still never changed."""

from django.db import migrations

from kompeten.foundation.db import FreeRows, KeepRows

SETTLED = "OLD.state <> 'queued'"


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_keep_pings")]

    operations = [
        FreeRows("notices_notice", "TRUE", ("DELETE",)),
        FreeRows("notices_delivery", SETTLED),
        KeepRows("notices_delivery", SETTLED, ("UPDATE",)),
    ]
