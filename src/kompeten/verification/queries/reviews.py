"""Which reviews are there, whose, and what do they hold?"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.verification.chart import SETTLERS
from kompeten.verification.models import COUNTED, WAITING, Review
from kompeten.verification.terms import (
    Fault,
    Finding,
    Ground,
    Judgement,
    Looks,
    Record,
    Remark,
    ReviewRow,
    State,
    Topic,
)

if TYPE_CHECKING:
    from kompeten.applications.models import Application


VERIFIERS = frozenset({Role.VERIFIER})
SEES_ALL = frozenset(
    {Role.VERIFIER, Role.COORDINATOR, Role.REGISTRAR, Role.AUDITOR, Role.ADMIN, Role.MINISTRY}
)


def desk(actor: Actor) -> QuerySet[Review]:
    """Return the reviews that `actor` has taken and not answered, the oldest submission first."""
    held = Review.objects.filter(verifier_id=actor.account_id or 0, state=State.OPEN)
    return held.order_by("submitted_at", "id")


def visible(actor: Actor) -> QuerySet[Review]:
    """Return the reviews that exist for `actor`: all for the office, none for others.

    For the director those that differ, for as long as they do. A verifier does not see what a colleague
    finds while both look at the same file: `looks` are blind.
    """
    if not actor.may(SEES_ALL):
        return _apart() if actor.may(SETTLERS) else Review.objects.none()
    if not actor.may(VERIFIERS):
        return Review.objects.all()
    under_way = Q(state__in=(State.HELD, State.DIFFERED)) | Q(first__isnull=False, state=State.OPEN)
    return Review.objects.filter(~under_way | Q(verifier_id=actor.account_id or 0))


def own(ref: str, actor: Actor) -> Review | None:
    """Return the review if `actor` took it, whatever its state. One query."""
    held = visible(actor).filter(ref=ref, verifier_id=actor.account_id or 0)
    return held.select_related("application__person").first()


def seen(ref: str, actor: Actor) -> Review | None:
    """Return the review if it is visible to `actor`; absent and forbidden look the same. One query."""
    return visible(actor).filter(ref=ref).select_related("application__person").first()


def open_of(application: "Application") -> Review | None:
    """Return the review that somebody is working on, if any. One query."""
    return Review.objects.filter(application=application, state=State.OPEN).first()


def rows(reviews: QuerySet[Review]) -> list[ReviewRow]:
    """Return the reviews as rows for a list. One query."""
    return [
        ReviewRow(
            ref=r.ref,
            application_ref=r.application.ref,
            person_id=r.application.person_id,
            name=r.application.person.name,
            region_code=r.application.person.region_code,
            scheme_code=r.application.scheme_code,
            route=r.application.route,
            state=r.state,
            round=r.round,
            judged=len(r.findings),
            submitted_at=r.submitted_at,
            opened_at=r.opened_at,
            closed_at=r.closed_at,
        )
        for r in reviews.select_related("application__person")
    ]


def newest(application_ids: Iterable[int]) -> dict[int, Review]:
    """Return the newest review of each application that stands or holds, by its key. One query.

    A second look is none of the applicant's business unless it is the one that holds.
    """
    held = Review.objects.filter(application_id__in=list(application_ids))
    gone = Q(state__in=(State.RELEASED, State.SECONDED, State.OVERRULED))
    looking = Q(first__isnull=False, state__in=(State.OPEN, State.DIFFERED))
    rows = held.exclude(gone | looking).order_by("round", "id")
    return {review.application_id: review for review in rows}


def acceptance() -> Subquery:
    """Return when each of many applications was accepted, as a subquery."""
    held = Review.objects.filter(application_id=OuterRef("pk"), state=State.ELIGIBLE)
    return Subquery(held.order_by("-round", "-id").values("closed_at")[:1])


def in_states(*states: State) -> QuerySet[Review]:
    """Return the reviews that stand in one of `states`."""
    return Review.objects.filter(state__in=[s.value for s in states])


def awaiting_correction() -> QuerySet[Review]:
    """Return the reviews that sent back an application which has not come in again since."""
    later = Review.objects.filter(application=OuterRef("application"), round__gt=OuterRef("round"))
    returned = in_states(State.RETURNED).filter(application__state="returned")
    return returned.filter(~Exists(later)).order_by("closed_at", "id")


def expired(at: datetime) -> QuerySet[Review]:
    """Return the claims that have run out, the longest ago first."""
    return in_states(State.OPEN).filter(lapses_at__lte=at).order_by("lapses_at", "id")


def waited(at: datetime) -> QuerySet[Review]:
    """Return the reviews whose answer has waited long enough for a second look that nobody gave."""
    differs = Review.objects.filter(first=OuterRef("pk"), state=State.DIFFERED)
    held = in_states(State.HELD).filter(~Exists(differs), lapses_at__lte=at)
    return held.select_related("application").order_by("lapses_at", "id")


def second_looks_at(reviews: Iterable[Review]) -> QuerySet[Review]:
    """Return the second looks at these reviews that are under way."""
    return in_states(State.OPEN).filter(first__in=[r.pk for r in reviews]).order_by("id")


def differing() -> QuerySet[Review]:
    """Return the second looks that differ from the first and wait for the head, the oldest case first."""
    return in_states(State.DIFFERED).order_by("submitted_at", "id")


def in_dispute(application_ref: str, actor: Actor) -> "Application | None":
    """Return the application if two reviews of it differ and `actor` may settle that, or None. One query."""
    if not actor.may(SETTLERS):
        return None
    rows = differing().filter(application__ref=application_ref)
    found = rows.select_related("application__person").first()
    return found.application if found else None


def _apart() -> QuerySet[Review]:
    seconds = in_states(State.DIFFERED)
    return Review.objects.filter(Q(pk__in=seconds.values("pk")) | Q(pk__in=seconds.values("first")))


def looks(*, since: datetime) -> Looks:
    """Return what second looks came to at reviews that were taken since an instant. One query."""
    first, second = Q(first__isnull=True), Q(first__isnull=False)
    drawn = first & ~Q(answer="")
    found = Review.objects.filter(opened_at__gte=since).aggregate(
        drawn=Count("id", filter=drawn & ~Q(state=State.RELEASED)),
        waiting=Count("id", filter=drawn & Q(state=State.HELD)),
        agreed=Count("id", filter=second & Q(state=State.SECONDED)),
        differing=Count("id", filter=second & Q(state=State.DIFFERED)),
        first_held=Count("id", filter=second & Q(state=State.OVERRULED)),
        second_held=Count("id", filter=second & Q(state__in=COUNTED)),
    )
    return Looks(**found)


def at_work() -> QuerySet[Review]:
    """Return the reviews that are under way or wait for a second look: each application once."""
    return in_states(State.OPEN, State.HELD).filter(first__isnull=True)


def by_ids(keys: Iterable[int | None]) -> dict[int, Review]:
    """Return reviews with their applications and persons, by key. One query, none for no keys."""
    wanted = [key for key in keys if key]
    if not wanted:
        return {}
    return Review.objects.select_related("application__person").in_bulk(wanted)


def without_application() -> QuerySet[Review]:
    """Return unanswered reviews whose application has left the inbox by itself: it was withdrawn."""
    gone = Review.objects.filter(state__in=WAITING).exclude(application__state="submitted")
    return gone.select_related("application").order_by("id")


def findings(review: Review) -> tuple[Finding, ...]:
    """Return the review's findings, in the scheme's order."""
    return tuple(
        Finding(
            document=f["document"],
            judgement=Judgement(f["judgement"]),
            fault=Fault(f["fault"]) if f["fault"] else None,
            note=f["note"],
            file=f["file"],
            reason=f.get("reason", ""),
        )
        for f in review.findings
    )


def record(review: Review) -> Record:
    """Return what the review holds, in the form its digest is taken of."""
    return Record(
        application=review.application.ref,
        round=review.round,
        findings=findings(review),
        remarks=remarks(review),
        grounds=tuple(Ground(g) for g in review.grounds),
        note=review.note,
    )


def remarks(review: Review) -> tuple[Remark, ...]:
    """Return what the review asked to mend beside documents."""
    return tuple(Remark(Topic(r["topic"]), Fault(r["fault"]), r["note"]) for r in review.remarks)


def counts_by_state() -> dict[str, int]:
    """Return how many reviews stand in each state. One query."""
    return dict(Review.objects.values_list("state").annotate(n=Count("id")).order_by())


def person_of(ref: str) -> int | None:
    """Return the key of the person whose review has this reference, or None. One query."""
    return Review.objects.filter(ref=ref).values_list("application__person_id", flat=True).first()
