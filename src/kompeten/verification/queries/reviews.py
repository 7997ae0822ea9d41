"""Which reviews are there, whose, and what do they hold?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.verification.models import Review
from kompeten.verification.terms import (
    Fault,
    Finding,
    Ground,
    Judgement,
    Record,
    Remark,
    ReviewRow,
    State,
    Topic,
)

if TYPE_CHECKING:
    from kompeten.applications.models import Application


SEES_ALL = frozenset(
    {Role.VERIFIER, Role.COORDINATOR, Role.REGISTRAR, Role.AUDITOR, Role.ADMIN, Role.MINISTRY}
)


def desk(actor: Actor) -> QuerySet[Review]:
    """Return the reviews that `actor` has taken and not answered, the oldest submission first."""
    held = Review.objects.filter(verifier_id=actor.account_id or 0, state=State.OPEN)
    return held.order_by("submitted_at", "id")


def visible(actor: Actor) -> QuerySet[Review]:
    """Return the reviews that exist for `actor`: all for the office, none for others."""
    return Review.objects.all() if actor.may(SEES_ALL) else Review.objects.none()


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
    """Return the newest review of each application that was not given back, by its key. One query."""
    held = Review.objects.filter(application_id__in=list(application_ids))
    rows = held.exclude(state=State.RELEASED).order_by("round", "id")
    return {review.application_id: review for review in rows}


def in_states(*states: State) -> QuerySet[Review]:
    """Return the reviews that stand in one of `states`."""
    return Review.objects.filter(state__in=[s.value for s in states])


def awaiting_correction() -> QuerySet[Review]:
    """Return the reviews that sent back an application which has not come in again since."""
    later = Review.objects.filter(application=OuterRef("application"), round__gt=OuterRef("round"))
    returned = in_states(State.RETURNED).filter(application__state="returned")
    return returned.filter(~Exists(later)).order_by("closed_at", "id")


def without_application() -> QuerySet[Review]:
    """Return open reviews whose application has left the inbox by itself: it was withdrawn."""
    gone = Review.objects.filter(state=State.OPEN).exclude(application__state="submitted")
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
