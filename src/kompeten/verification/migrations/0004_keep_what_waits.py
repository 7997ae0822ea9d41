"""What a review says stays as it is once it was answered, also while the answer waits; the database sees to it."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

WAITS = "OLD.state IN ('held', 'differed')"
CHANGED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in (
        "application_id", "verifier_id", "round", "files", "findings", "remarks", "grounds", "note",
        "digest", "answer", "submitted_at", "opened_at",
    )
)  # fmt: skip
ENDED = "OLD.state NOT IN ('open', 'held', 'differed')"


class Migration(migrations.Migration):
    dependencies = [("verification", "0003_look_twice")]

    operations = [
        KeepRows("verification_review", f"{ENDED} OR ({WAITS} AND ({CHANGED}))", acts=("UPDATE",)),
        KeepRows("verification_review", "OLD.state <> 'open'", acts=("DELETE",)),
    ]
