"""What follows a published certificate? The register shows it."""

from datetime import datetime

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.register import actions, queries

BATCH = 200


@ledger.after("certificate.published")
def project(*, at: datetime) -> int:
    """Enter up to 200 published certificates; return how many."""
    with transaction.atomic():
        batch = list(queries.inbox()[:BATCH])
        actions.project(batch, at=at)
    return len(batch)
