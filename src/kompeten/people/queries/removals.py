"""Who asked that what is kept of them is erased, and what was answered?"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kompeten.kernel.actors import Actor
from kompeten.people.models import Account, RemovalRequest
from kompeten.people.terms import DATA_READERS, RemovalRow, RemovalState

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


def accounts_to_close(*, at: datetime) -> QuerySet[Account]:
    """Return the accounts of persons who were forgotten at or before `at` and can still be entered."""
    forgotten = RemovalRequest.objects.filter(
        Q(**{f"answer__{IDENTITY_KIND}": ""}),
        person_id=OuterRef("person_id"),
        state=RemovalState.ANSWERED,
        answered_at__lte=at,
    )
    return Account.objects.filter(Exists(forgotten), is_active=True, grants__isnull=True)
