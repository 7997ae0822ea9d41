"""Who of the office opened what is kept of a person, and when?"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from kompeten.kernel.roles import Role
from kompeten.people.models import Access
from kompeten.people.terms import AccessRow, Sight


def accesses(person_id: int) -> QuerySet[Access]:
    """Return who opened something of the person, the newest first."""
    return Access.objects.filter(person_id=person_id).order_by("-hour_at", "-id")


def access_rows(found: QuerySet[Access]) -> list[AccessRow]:
    """Return accesses as the person reads them: no name of an officer. One query."""
    rows = found.values_list("role", "sight", "hour_at")
    return [AccessRow(Role(role), Sight(sight), hour_at) for role, sight, hour_at in rows]


def access_records(person_id: int) -> list[dict[str, Any]]:
    """Return the person's access log for the export. One query."""
    return [
        {"role": row.role.value, "opened": row.sight.value, "hour": row.hour_at}
        for row in access_rows(accesses(person_id))
    ]


def over(*, at: datetime) -> QuerySet[Access]:
    """Return the accesses whose time is over (option `access_log_days`)."""
    return Access.objects.filter(hour_at__lt=at - timedelta(days=settings.OPTIONS.access_log_days))
