"""Who opened what is kept of a person, or a list they stand on, and when?"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import BinaryField, F, Func, QuerySet, Value
from django.utils import timezone

from kompeten.kernel import keysets
from kompeten.kernel.roles import Role
from kompeten.people.models import Access, Listing
from kompeten.people.terms import AccessRow, ListedRow, Roll, Sight


def accesses(person_id: int) -> QuerySet[Access]:
    """Return who opened something of the person, the newest first."""
    return Access.objects.filter(person_id=person_id).order_by("-hour_at", "-id")


def access_rows(found: QuerySet[Access]) -> list[AccessRow]:
    """Return accesses as the person reads them: no name of an officer. One query."""
    rows = found.values_list("role", "sight", "hour_at")
    return [AccessRow(Role(role), Sight(sight), hour_at) for role, sight, hour_at in rows]


def listings(person_id: int) -> QuerySet[Listing]:
    """Return on which lists the person stood when they were opened, the newest first."""
    block, byte, mask = keysets.place(person_id)
    there = Func(
        F("members"),
        Value(byte + 1),
        Value(1),
        function="SUBSTR",
        output_field=BinaryField(),
    )
    rows = Listing.objects.filter(block=block).alias(there=there)
    return rows.filter(there__in=keysets.with_bit(mask)).order_by("-hour_at", "-id")


def listed(person_id: int) -> list[ListedRow]:
    """Return on which lists the person stood, the newest first: one row for role, list and day. One query."""
    rows = listings(person_id).values_list(
        "account_id", "role", "roll", "about", "is_file", "hour_at", "count"
    )
    days: dict[tuple[Any, ...], list[tuple[int, datetime, int]]] = {}
    for account, *which, hour_at, count in rows:
        day = timezone.localdate(hour_at, timezone.get_default_timezone())
        days.setdefault((*which, day), []).append((account, hour_at, count))
    return [
        ListedRow(Role(role), Roll(roll), about, is_file, **_together(looks))
        for (role, roll, about, is_file, _day), looks in days.items()
    ]


def access_records(person_id: int) -> list[dict[str, Any]]:
    """Return the person's access log for the export: files first, then lists. Two queries."""
    files = [
        {"role": row.role.value, "opened": row.sight.value, "hour": row.hour_at}
        for row in access_rows(accesses(person_id))
    ]
    lists = [
        {
            "role": row.role.value,
            "list": row.roll.value,
            "of": row.about,
            "taken_as_file": row.is_file,
            "hour": row.last_at,
            "times_that_day": row.times,
            "people_on_it": row.count,
        }
        for row in listed(person_id)
    ]
    return files + lists


def over(*, at: datetime) -> QuerySet[Access]:
    """Return the accesses whose time is over (option `access_log_days`)."""
    return Access.objects.filter(hour_at__lt=_until(at))


def listings_over(*, at: datetime) -> QuerySet[Listing]:
    """Return the rows of lists whose time is over (option `access_log_days`)."""
    return Listing.objects.filter(hour_at__lt=_until(at))


def _until(at: datetime) -> datetime:
    return at - timedelta(days=settings.OPTIONS.access_log_days)


def _together(looks: Iterable[tuple[int, datetime, int]]) -> dict[str, Any]:
    """Return the last hour, in how many hours an account looked, and the most people."""
    accounts, hours, counts = zip(*looks, strict=True)
    times = len(set(zip(accounts, hours, strict=True)))
    return {"last_at": max(hours), "times": times, "count": max(counts)}
