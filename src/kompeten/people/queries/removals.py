"""Who asked that what is kept of them is erased, and what was answered?"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kompeten.kernel.actors import Actor
from kompeten.people.models import Account, RemovalRequest, RoleGrant
from kompeten.people.terms import DATA_READERS, FORGOTTEN, RemovalRow, RemovalState

IDENTITY_KIND = "people.identity"


def removals(actor: Actor, *, open_only: bool = False) -> QuerySet[RemovalRequest]:
    """Return the requests that exist for `actor`, the oldest first: all for who reads them, or their own."""
    found = RemovalRequest.objects.order_by("id")
    if not actor.may(DATA_READERS):
        found = found.filter(person_id=actor.person_id or 0)
    return found.filter(state=RemovalState.REQUESTED) if open_only else found


def removal(ref: str, actor: Actor) -> RemovalRequest | None:
    """Return the request if it is visible to `actor`. One query."""
    return removals(actor).filter(ref=ref).first()


def own_removals(person_id: int) -> list[RemovalRow]:
    """Return the person's own requests, the newest first. One query."""
    found = RemovalRequest.objects.filter(person_id=person_id).order_by("-id")
    return removal_rows(found)


def own_removal(ref: str, person_id: int) -> RemovalRequest | None:
    """Return the person's own request. One query."""
    return RemovalRequest.objects.filter(ref=ref, person_id=person_id).first()


def removal_rows(found: QuerySet[RemovalRequest]) -> list[RemovalRow]:
    """Return requests as rows. One query."""
    return [
        RemovalRow(
            ref=r.ref,
            state=RemovalState(r.state),
            person_id=r.person_id,
            name=r.person.name,
            wish=r.wish,
            asked_at=r.asked_at,
            answered_at=r.answered_at,
            answer=r.answer,
            note=r.note,
        )
        for r in found.select_related("person")
    ]


def accounts_to_close(
    *, forgotten_by: datetime, busy: QuerySet[Any], at: datetime
) -> QuerySet[Account]:
    """Return the accounts that can be entered, of persons forgotten at or before `forgotten_by` for the last time.

    Not of who came back since: they have a name again, or are among the keys in `busy`. Nor of who has a
    role at `at`, or will have one.
    """
    forgotten = RemovalRequest.objects.filter(
        Q(**{f"answer__{IDENTITY_KIND}": ""}),
        person_id=OuterRef("person_id"),
        state=RemovalState.ANSWERED,
    )
    roles = RoleGrant.objects.exclude(valid_until__lte=at).filter(account_id=OuterRef("pk"))
    return Account.objects.filter(
        Exists(forgotten.filter(answered_at__lte=forgotten_by)),
        ~Exists(forgotten.filter(answered_at__gt=forgotten_by)),
        ~Exists(roles),
        is_active=True,
        person__name=FORGOTTEN,
    ).exclude(person_id__in=busy)
