"""When are messages to people deleted? When their time is over; the ledger still says that they went out."""

from datetime import datetime

from django.db import transaction

from kompeten.notices.models import Delivery, Notice
from kompeten.notices.queries.kept import over

BATCH = 200


def clear_notices(*, at: datetime) -> int:
    """Delete up to 200 messages whose time is over, the oldest first."""
    keys = list(over(at=at).order_by("id").values_list("pk", flat=True)[:BATCH])
    with transaction.atomic():
        Delivery.objects.filter(notice_id__in=keys).delete()
        Notice.objects.filter(pk__in=keys).delete()
    return len(keys)
