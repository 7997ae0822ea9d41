"""Which messages to people are kept, and which have been kept long enough?"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from kompeten.notices.models import Delivery, Notice
from kompeten.notices.terms import DeliveryState


def held_records(person_id: int) -> list[dict[str, Any]]:
    """Return what the person was told. One query."""
    held = Notice.objects.filter(person_id=person_id).order_by("id")
    return [
        {"written": n.written_at, "read": n.read_at, "subject": n.subject, "body": n.body}
        for n in held
    ]


def over(*, at: datetime) -> QuerySet[Notice]:
    """Return the messages whose time is over (option `notice_days`) and that are not on their way."""
    since = at - timedelta(days=settings.OPTIONS.notice_days)
    under_way = Delivery.objects.filter(notice_id=OuterRef("pk"), state=DeliveryState.QUEUED)
    return Notice.objects.filter(~Exists(under_way), written_at__lt=since)
