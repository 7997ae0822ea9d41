"""The log is only added to: of an entry nothing changes but that its salt may be taken away."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

CHANGED = """
NEW.salt IS NOT NULL OR NEW.leaf <> OLD.leaf OR NEW.entry <> OLD.entry
OR COALESCE(NEW.event_id, 0) <> COALESCE(OLD.event_id, 0) OR NEW.logged_at <> OLD.logged_at
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0002_add_log")]

    operations = [
        KeepRows("register_leaf", CHANGED, ("UPDATE",)),
        KeepRows("register_leaf", acts=("DELETE",)),
        KeepRows("register_node"),
        KeepRows("register_checkpoint"),
        KeepRows("register_cosignature"),
        KeepRows("register_erasure"),
    ]
