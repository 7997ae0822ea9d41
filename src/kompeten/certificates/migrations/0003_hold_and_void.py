"""A certificate that cannot go on is held; once it is void, its decision may have another."""

import django.db.models.deletion
from django.db import migrations, models

from kompeten.foundation.db import FreeRows, KeepRows

TABLE = "certificates_certificate"
IDENTITY = """
NEW.ref <> OLD.ref OR NEW.number <> OLD.number OR NEW.decision_id <> OLD.decision_id
OR NEW.application_id <> OLD.application_id OR NEW.person_id <> OLD.person_id
OR (OLD.state <> 'reserved' AND (
    NEW.digest <> OLD.digest OR NEW.content <> OLD.content
    OR NEW.valid_from <> OLD.valid_from OR NEW.valid_until <> OLD.valid_until))
"""
BEFORE = (
    IDENTITY
    + """OR (OLD.state IN ('signed', 'checked', 'published') AND (
    NEW.pdf_sha256 <> OLD.pdf_sha256 OR NEW.credential_sha256 <> OLD.credential_sha256
    OR NEW.qr <> OLD.qr))
"""
)
# What was recorded or signed stays so while it is held and when it is void; a recorded content
# never goes back to where another could be put in its place, and a void number stays void.
NOW = (
    IDENTITY
    + """OR (OLD.state IN ('signed', 'checked', 'published', 'held', 'void') AND (
    NEW.pdf_sha256 <> OLD.pdf_sha256 OR NEW.credential_sha256 <> OLD.credential_sha256
    OR NEW.qr <> OLD.qr))
OR (OLD.state <> 'reserved' AND OLD.digest <> '' AND NEW.state = 'reserved')
OR (OLD.state IN ('published', 'void') AND NEW.state <> OLD.state)
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0002_keep_intended"),
        ("decisions", "0002_keep_decided"),
    ]

    operations = [
        FreeRows(TABLE, BEFORE, ("UPDATE",)),
        FreeRows(TABLE, acts=("DELETE",)),
        migrations.RemoveConstraint(model_name="certificate", name="certificate_state_known"),
        migrations.AddField(
            model_name="certificate", name="held_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="certificate", name="reasons", field=models.JSONField(default=list)
        ),
        migrations.AlterField(
            model_name="certificate",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["reserved", "intended", "signed", "checked", "published", "held", "void"],
                    )
                ),
                name="certificate_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "void"), _negated=True),
                fields=("decision",),
                name="certificate_one_of_decision",
            ),
        ),
        KeepRows(TABLE, NOW, ("UPDATE",)),
        KeepRows(TABLE, acts=("DELETE",)),
    ]
