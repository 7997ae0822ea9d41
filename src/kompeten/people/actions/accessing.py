"""Who opened what is kept of a person, or a list they stand on? Noted once an hour, so that it stays cheap."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kompeten.kernel import keysets
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import STAFF, Role
from kompeten.people.models import Access, Listing
from kompeten.people.queries.accesses import listings_over, over
from kompeten.people.terms import Roll, Sight

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
        "hour_at": _hour(at),
    }
    if Access.objects.filter(**seen).exists():
        return False
    Access.objects.bulk_create([Access(role=_part(by), **seen)], ignore_conflicts=True)
    return True


def note_listing(
    person_ids: Iterable[int],
    *,
    roll: Roll,
    about: str = "",
    is_file: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """Note that somebody opened a list, with the people on it; return how many rows were written.

    `about` is the reference of what the list belongs to; `is_file`: it left as a file. Whoever looks
    is not noted of themselves. A row for each block of people that has somebody new in this hour
    (`kernel.keysets`): one query where all were noted before or nobody stands there, else two,
    whatever the number. Two requests at the same moment may both write: an hour is counted once all
    the same.
    """
    people = set(person_ids) - {by.person_id}
    seen: dict[str, Any] = {
        "account_id": by.account,
        "roll": roll.value,
        "about": about,
        "is_file": is_file,
        "hour_at": _hour(at),
    }
    blocks = keysets.packed(people)
    known: dict[int, list[bytes]] = {}
    for block, members in Listing.objects.filter(**seen).values_list("block", "members"):
        known.setdefault(block, []).append(bytes(members))
    new = {b: keysets.without(members, known.get(b, ())) for b, members in blocks.items()}
    rows = [
        Listing(role=_part(by), count=len(people), block=block, members=members, **seen)
        for block, members in new.items()
        if members
    ]
    if rows:
        Listing.objects.bulk_create(rows)
    return len(rows)


def clear_accesses(*, at: datetime) -> int:
    """Delete up to 200 accesses and as many rows of lists whose time is over."""
    done = 0
    for found in (over(at=at), listings_over(at=at)):
        keys = list(found.order_by("hour_at", "id").values_list("pk", flat=True)[:BATCH])
        done += found.model._default_manager.filter(pk__in=keys).delete()[0]
    return done


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _part(by: Actor) -> str:
    """Return the part in which somebody looks: one of the office before that of a collective applicant."""
    ranked = [*(role for role in Role if role in STAFF), Role.SPONSOR]
    return next((role for role in ranked if role in by.roles), Role.ADMIN).value
