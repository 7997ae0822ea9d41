"""What a committee has decided and a director has signed is never edited."""

from django.db import migrations

from kompeten.foundation.db import KeepRows


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]

    operations = [
        KeepRows("decisions_decision", "OLD.state IN ('granted', 'deferred')"),
        KeepRows("decisions_decree", "OLD.state = 'signed'"),
        KeepRows("decisions_meeting", "OLD.state = 'closed'"),
    ]
