"""What is appended to a published sheet is kept beside it: time stamps, the national signature."""

from django.db import migrations, models
from django.db.models import Q

from kompeten.foundation.db import FreeRows, KeepRows

TABLE = "certificates_certificate"
# As in 0004: the rows are let go while the table is made anew, and kept as they were again.
KEPT = """
NEW.ref <> OLD.ref OR NEW.number <> OLD.number OR NEW.decision_id <> OLD.decision_id
OR NEW.application_id <> OLD.application_id OR NEW.person_id <> OLD.person_id
OR (OLD.state <> 'reserved' AND (
    NEW.digest <> OLD.digest OR NEW.content <> OLD.content
    OR NEW.valid_from <> OLD.valid_from OR NEW.valid_until <> OLD.valid_until))
OR NEW.replaces <> OLD.replaces OR NEW.ground <> OLD.ground
OR COALESCE(NEW.status_list, -1) <> COALESCE(OLD.status_list, -1)
OR COALESCE(NEW.status_index, -1) <> COALESCE(OLD.status_index, -1)
OR (OLD.state <> 'checked' AND COALESCE(NEW.leaf, -1) <> COALESCE(OLD.leaf, -1))
OR (OLD.state NOT IN ('reserved', 'intended') AND (
    NEW.pdf_sha256 <> OLD.pdf_sha256 OR NEW.credential_sha256 <> OLD.credential_sha256
    OR NEW.qr <> OLD.qr))
OR (OLD.state <> 'reserved' AND OLD.digest <> '' AND NEW.state = 'reserved')
OR (OLD.state IN ('withdrawn', 'replaced', 'void') AND NEW.state <> OLD.state)
OR (OLD.state IN ('published', 'suspended')
    AND NEW.state NOT IN ('published', 'suspended', 'withdrawn', 'replaced'))
"""


def text(length: int) -> models.CharField:
    """Return a column of text that is empty on the rows that are there."""
    return models.CharField(blank=True, default="", max_length=length)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0007_add_share_links")]

    operations = [
        FreeRows(TABLE, KEPT, ("UPDATE",)),
        FreeRows(TABLE, acts=("DELETE",)),
        migrations.AddField("certificate", "stamped_at", models.DateTimeField(null=True)),
        migrations.AddField("certificate", "latest_sha256", text(64), preserve_default=False),
        migrations.AddField("certificate", "countersign", text(8), preserve_default=False),
        migrations.AddField("certificate", "countersign_reason", text(64), preserve_default=False),
        migrations.AddConstraint(
            "certificate",
            models.CheckConstraint(
                condition=Q(countersign__in=["", "due", "done"]),
                name="certificate_countersign_known",
            ),
        ),
        migrations.AddIndex(
            "certificate",
            models.Index(
                fields=["id"], condition=Q(countersign="due"), name="certificate_to_countersign"
            ),
        ),
        migrations.AddIndex(
            "certificate",
            models.Index(
                fields=["id"], condition=Q(stamped_at__isnull=True), name="certificate_to_stamp"
            ),
        ),
        KeepRows(TABLE, KEPT, ("UPDATE",)),
        KeepRows(TABLE, acts=("DELETE",)),
    ]
