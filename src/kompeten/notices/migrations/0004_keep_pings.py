"""What an office was told stays told, under its name; a watch that ended stays ended."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

NAMED = (
    "NEW.ref <> OLD.ref OR NEW.watch_id <> OLD.watch_id OR NEW.event_id <> OLD.event_id"
    " OR NEW.kind <> OLD.kind OR NEW.certificate_id <> OLD.certificate_id"
    " OR NEW.happened_at <> OLD.happened_at OR (OLD.batch <> '' AND NEW.batch <> OLD.batch)"
)


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_add_watches")]

    operations = [
        KeepRows("notices_ping", f"OLD.state <> 'queued' OR {NAMED}", ("UPDATE",)),
        KeepRows("notices_ping", "TRUE", ("DELETE",)),
        KeepRows("notices_watch", "OLD.state = 'ended'", ("UPDATE",)),
        KeepRows("notices_watch", "TRUE", ("DELETE",)),
    ]
