"""What waits for an eligibility review, and who may take it?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kompeten.applications import queries as applications
from kompeten.foundation.promised import Clocks
from kompeten.impartiality import queries as impartiality
from kompeten.impartiality.terms import Act
from kompeten.kernel.actors import Actor
from kompeten.kernel.workdays import Clock
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Service
from kompeten.verification.models import COUNTED, Review
from kompeten.verification.terms import (
    InboxRow,
    Part,
    State,
)

if TYPE_CHECKING:
    from kompeten.applications.models import Application

EVERYTHING = Part()
CLOCKS = Clocks("submitted_at", stops=True)


def inbox(part: Part = EVERYTHING, *, by: Actor | None = None) -> "QuerySet[Application]":
    """Return the applications that were handed in and that nobody has taken, the oldest first.

    One whose answer waits for a second look stands among them like any other, but for its first
    verifier; without `by`, for nobody.
    """
    taken = Q(state__in=(State.OPEN, State.DIFFERED))
    held = Q(state=State.HELD)
    taken |= held if by is None else held & Q(verifier_id=by.account_id or 0)
    at_work = Review.objects.filter(taken, application_id=OuterRef("pk"))
    return _narrowed(applications.submitted(), part).filter(~Exists(at_work))


def _narrowed(waiting: "QuerySet[Application]", part: Part) -> "QuerySet[Application]":
    if part.scheme:
        waiting = waiting.filter(scheme_code=part.scheme)
    if part.province:
        # A range reads an index on both databases; LIKE does not.
        end = f"{int(part.province) + 1:02}" if part.province.isdigit() else part.province
        waiting = waiting.filter(
            person__region_code__gte=part.province, person__region_code__lt=end
        )
    if part.collective:
        waiting = waiting.filter(collective__ref=part.collective)
    if part.before:
        waiting = waiting.filter(submitted_at__lt=part.before)
    if part.band and part.at:
        waiting = waiting.filter(
            schemes.reached(CLOCKS, Service.VERIFICATION, part.band, at=part.at)
        )
    return waiting


def clock(application: "Application", *, at: datetime) -> Clock:
    """Return how the promise of an answer stands at `at`, the application and its person being read.

    What passed in earlier rounds counts; the days on which the applicant mended do not. No query.
    """
    return schemes.clock(
        application.scheme_version_id,
        Service.VERIFICATION,
        since=handed_in_at(application),
        at=at,
        region=application.person.region_code,
        spent=application.spent_days,
    )


def day(application: "Application", *, at: datetime) -> date:
    """Return which day `at` is where the applicant lives, the application and its person being read."""
    return at.astimezone(schemes.zone(application.person.region_code)).date()


def held(application_ids: Iterable[int]) -> dict[int, Review]:
    """Return the reviews whose answer waits for a second look, by application. One query."""
    rows = Review.objects.filter(application_id__in=list(application_ids), state=State.HELD)
    return {review.application_id: review for review in rows}


def inbox_rows(
    waiting: "QuerySet[Application]",
    *,
    actor: Actor,
    on: date,
    at: datetime,
    offset: int = 0,
    limit: int = 25,
) -> list[InboxRow]:
    """Return a page of the inbox as `actor` sees it on the day `on`, at the instant `at`. Four queries."""
    page = list(waiting.select_related("person", "collective")[offset : offset + limit])
    why = barred(page, actor=actor, on=on)
    before = rounds(a.pk for a in page)
    return [
        InboxRow(
            ref=a.ref,
            person_id=a.person_id,
            name=a.person.name,
            region_code=a.person.region_code,
            scheme_code=a.scheme_code,
            route=a.route,
            submitted_at=handed_in_at(a),
            collective_ref=a.collective.ref if a.collective else "",
            round=before.get(a.pk, 0) + 1,
            clock=clock(a, at=at),
            barred=why.get(a.pk, ()),
        )
        for a in page
    ]


def barred(
    waiting: "Sequence[Application]", *, actor: Actor, on: date
) -> dict[int, tuple[str, ...]]:
    """Return why `actor` may not review some of the applications, by key. Two queries per 500, and one.

    Who files is the one whose account it was, whoever hands in lists for the same office, and whoever
    helped to fill in. Whoever recommended, is family, superior or in business with the applicant is
    known to `impartiality`: the room where such a tie arises writes it there, with both people.
    """
    why: dict[int, tuple[str, ...]] = {}
    offices = actor.organization_ids if actor.may(applications.SPONSORS) else frozenset()
    helped = applications.helped_in(actor.account_id)
    for a in waiting:
        if a.filed_by_id == actor.account_id:
            why[a.pk] = ("review.own_filing",)
        elif a.pk in helped:
            why[a.pk] = ("review.own_help",)
        elif a.organization_id in offices:
            why[a.pk] = ("review.own_office",)
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
