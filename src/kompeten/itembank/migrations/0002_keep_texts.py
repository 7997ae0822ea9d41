"""Texts, keys and forms are kept as they were written; of an item only its review moves."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

REWRITTEN = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in (
        "ref",
        "case_id",
        "code",
        "version",
        "position",
        "stem",
        "options",
        "domain",
        "difficulty",
        "unit",
        "digest",
        "writer_id",
    )
)


class Migration(migrations.Migration):
    dependencies = [("itembank", "0001_initial")]

    operations = [
        KeepRows("itembank_caseset"),
        KeepRows("itembank_item", REWRITTEN, ("UPDATE",)),
        KeepRows("itembank_item", acts=("DELETE",)),
        KeepRows("itembank_itemkey"),
        KeepRows("itembank_form"),
        KeepRows("itembank_formitem"),
    ]
