"""Who opened what is kept of a person? Noted once an hour, so that reading stays cheap."""

from datetime import datetime

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import STAFF, Role
from kompeten.people.models import Access
from kompeten.people.queries.accesses import over
from kompeten.people.terms import Sight

BATCH = 200


def note_access(person_id: int, *, sight: Sight, by: Actor, at: datetime) -> bool:
    """Note that an officer opened something of a person; return whether it is new in this hour.

    Who opens what is their own leaves no trace. One query where it was noted before, else two; two
    requests at the same moment write one row.
    """
    if by.person_id == person_id:
        return False
    seen = {
        "person_id": person_id,
        "account_id": by.account,
        "sight": sight.value,
        "hour_at": at.replace(minute=0, second=0, microsecond=0),
    }
    if Access.objects.filter(**seen).exists():
        return False
    role = next((role for role in Role if role in by.roles and role in STAFF), Role.ADMIN)
    Access.objects.bulk_create([Access(role=role.value, **seen)], ignore_conflicts=True)
    return True


def clear_accesses(*, at: datetime) -> int:
    """Delete up to 200 accesses whose time is over."""
    keys = list(over(at=at).order_by("hour_at", "id").values_list("pk", flat=True)[:BATCH])
    return Access.objects.filter(pk__in=keys).delete()[0]
