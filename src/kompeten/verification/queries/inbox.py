"""What waits for an eligibility review, and who may take it?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from kompeten.applications import queries as applications
from kompeten.impartiality import queries as impartiality
from kompeten.impartiality.terms import Act
from kompeten.kernel.actors import Actor
from kompeten.verification.models import COUNTED, Review
from kompeten.verification.terms import (
    InboxRow,
    State,
)

if TYPE_CHECKING:
    from kompeten.applications.models import Application


def inbox(*, scheme: str = "", province: str = "", collective: str = "") -> "QuerySet[Application]":
    """Return the applications that were handed in and that nobody has taken, the oldest first.

    `province` is the two digits of its code, `collective` the reference of a list.
    """
    open_reviews = Review.objects.filter(application_id=OuterRef("pk"), state=State.OPEN)
    waiting = applications.submitted().filter(~Exists(open_reviews))
    if scheme:
        waiting = waiting.filter(scheme_code=scheme)
    if province:
        waiting = waiting.filter(person__region_code__startswith=province)
    if collective:
        waiting = waiting.filter(collective__ref=collective)
    return waiting


def inbox_rows(
    waiting: "QuerySet[Application]", *, actor: Actor, on: date, offset: int = 0, limit: int = 25
) -> list[InboxRow]:
    """Return a page of the inbox as `actor` sees it on the day `on`. Four queries."""
    page = list(waiting.select_related("person", "collective")[offset : offset + limit])
    why = barred(page, actor=actor, on=on)
    before = rounds(a.pk for a in page)
    return [
        InboxRow(
            ref=a.ref,
            name=a.person.name,
            region_code=a.person.region_code,
            scheme_code=a.scheme_code,
            route=a.route,
            submitted_at=handed_in_at(a),
            collective_ref=a.collective.ref if a.collective else "",
            round=before.get(a.pk, 0) + 1,
            barred=why.get(a.pk, ()),
        )
        for a in page
    ]


def barred(
    waiting: "Sequence[Application]", *, actor: Actor, on: date
) -> dict[int, tuple[str, ...]]:
    """Return why `actor` may not review some of the applications, by key. Two queries per 500."""
    own = {a.pk for a in waiting if a.filed_by_id == actor.account_id}
    why: dict[int, tuple[str, ...]] = dict.fromkeys(own, ("review.own_filing",))
    if actor.person_id is None:
        return why
    people = {a.person_id for a in waiting}
    ties = impartiality.conflicts([actor.person_id], people, Act.VERIFY, on=on)
    for a in waiting:
        if reasons := ties.get((actor.person_id, a.person_id)):
            why[a.pk] = (*why.get(a.pk, ()), *reasons)
    return why


def rounds(application_ids: Iterable[int]) -> dict[int, int]:
    """Return how many reviews were answered, by application; absent means none. One query."""
    answered = Review.objects.filter(application_id__in=list(application_ids), state__in=COUNTED)
    counted = answered.values_list("application_id").annotate(n=Count("id"))
    return dict(counted.order_by())


def handed_in_at(application: "Application") -> datetime:
    """Return when the application was handed in; what waits in the inbox always has it."""
    return application.submitted_at or application.created_at
