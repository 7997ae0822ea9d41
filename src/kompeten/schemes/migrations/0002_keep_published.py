"""A published version is frozen but for its end, a retired one wholly; the database sees to it."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

TOUCHED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in (
        "ref",
        "scheme_id",
        "number",
        "content",
        "digest",
        "in_force_from",
        "published_at",
    )
)
FROZEN = (
    "OLD.state = 'retired' OR (OLD.state = 'published' AND"
    f" (NEW.state NOT IN ('published', 'retired') OR {TOUCHED}))"
)


class Migration(migrations.Migration):
    dependencies = [("schemes", "0001_initial")]

    operations = [
        KeepRows("schemes_schemeversion", FROZEN, ("UPDATE",)),
        KeepRows("schemes_schemeversion", "OLD.state <> 'draft'", ("DELETE",)),
    ]
