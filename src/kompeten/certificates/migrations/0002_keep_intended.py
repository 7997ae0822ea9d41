"""The number is a certificate's own for good; what was intended and what was signed stay as they are."""

from django.db import migrations

from kompeten.foundation.db import KeepRows

CHANGED = """
NEW.ref <> OLD.ref OR NEW.number <> OLD.number OR NEW.decision_id <> OLD.decision_id
OR NEW.application_id <> OLD.application_id OR NEW.person_id <> OLD.person_id
OR (OLD.state <> 'reserved' AND (
    NEW.digest <> OLD.digest OR NEW.content <> OLD.content
    OR NEW.valid_from <> OLD.valid_from OR NEW.valid_until <> OLD.valid_until))
OR (OLD.state IN ('signed', 'checked', 'published') AND (
    NEW.pdf_sha256 <> OLD.pdf_sha256 OR NEW.credential_sha256 <> OLD.credential_sha256
    OR NEW.qr <> OLD.qr))
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]

    operations = [
        KeepRows("certificates_certificate", CHANGED, ("UPDATE",)),
        KeepRows("certificates_certificate", acts=("DELETE",)),
    ]
