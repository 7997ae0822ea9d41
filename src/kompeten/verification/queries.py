"""What waits for an eligibility review, who has it, and what came of it?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from kompeten.applications import queries as applications
from kompeten.impartiality import queries as impartiality
from kompeten.impartiality.terms import Act
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import DocumentRules, Eligibility, Route, SchemeContent
from kompeten.verification.models import COUNTED, Review
from kompeten.verification.rules import documents, hints
from kompeten.verification.terms import (
    FAULTS,
    Answer,
    Correction,
    Fault,
    Finding,
    Ground,
    InboxRow,
    Judgement,
    Record,
    Remark,
    ReviewRow,
    Sheet,
    SheetRow,
    State,
    Topic,
)

if TYPE_CHECKING:
    from kompeten.applications.models import Application

SEES_ALL = frozenset(
    {Role.VERIFIER, Role.COORDINATOR, Role.REGISTRAR, Role.AUDITOR, Role.ADMIN, Role.MINISTRY}
)


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
        remarks=_remarks(review),
        grounds=tuple(Ground(g) for g in review.grounds),
        note=review.note,
    )


def sheet(review: Review, *, at: datetime, language: str = "id") -> Sheet:
    """Return all that a verifier's page shows of one review; `review` is from `own` or `seen`.

    Two queries.
    """
    application = review.application
    said = schemes.content(application.scheme_version_id)
    asked = said.routes[Route(application.route)].documents
    judged, on = findings(review), timezone.localdate(at)
    return Sheet(
        rows=_sheet_rows(review, asked, judged, language),
        eligibility=eligibility(application, on=on),
        unjudged=documents.unjudged(asked, judged, files=review.files),
        unmet=documents.unmet(asked, judged),
        earlier=answers(application, language=language),
        correct_by_on=documents.correct_by(on, days=said.candidate_days.correction),
    )


def eligibility(application: "Application", *, on: date) -> Eligibility:
    """Return what the application's route says to what is stated: a hint, never a decision."""
    return routes(application, on=on)[Route(application.route)]


def routes(application: "Application", *, on: date) -> dict[Route, Eligibility]:
    """Return what each route of the pinned version says to what is stated: hints, never decisions."""
    known = hints.facts(application.statement, born_on=application.person.birth_on)
    return schemes.eligible(application.scheme_version_id, known, on=on)


def asked(reviews: Sequence[Review]) -> dict[int, DocumentRules]:
    """Return which documents each review's application is asked for, by key. At most one query."""
    said = schemes.contents(r.application.scheme_version_id for r in reviews)
    return {
        r.pk: said[r.application.scheme_version_id].routes[Route(r.application.route)].documents
        for r in reviews
    }


def answers(application: "Application", *, language: str = "id") -> tuple[Answer, ...]:
    """Return how the reviews of the application ended, the newest first. One query."""
    ended = Review.objects.filter(application=application, state__in=COUNTED)
    said = schemes.content(application.scheme_version_id)
    rows = ended.select_related("application").order_by("-round")
    return tuple(_answer(review, said, language) for review in rows)


def answer(application: "Application", *, language: str = "id") -> Answer | None:
    """Return the newest answer, which says what to mend when the application was returned."""
    return next(iter(answers(application, language=language)), None)


def in_states(*states: State) -> QuerySet[Review]:
    """Return the reviews that stand in one of `states`."""
    return Review.objects.filter(state__in=[s.value for s in states])


def awaiting_correction() -> QuerySet[Review]:
    """Return the reviews that sent back an application which has not come in again since."""
    later = Review.objects.filter(application=OuterRef("application"), round__gt=OuterRef("round"))
    returned = in_states(State.RETURNED).filter(application__state="returned")
    return returned.filter(~Exists(later)).order_by("closed_at", "id")


def newest(application_ids: Iterable[int]) -> dict[int, Review]:
    """Return the newest review of each application that was not given back, by its key. One query."""
    held = Review.objects.filter(application_id__in=list(application_ids))
    rows = held.exclude(state=State.RELEASED).order_by("round", "id")
    return {review.application_id: review for review in rows}


def counts_by_state() -> dict[str, int]:
    """Return how many reviews stand in each state. One query."""
    return dict(Review.objects.values_list("state").annotate(n=Count("id")).order_by())


def without_application() -> QuerySet[Review]:
    """Return open reviews whose application has left the inbox by itself: it was withdrawn."""
    gone = Review.objects.filter(state=State.OPEN).exclude(application__state="submitted")
    return gone.select_related("application").order_by("id")


def _sheet_rows(
    review: Review, rules: DocumentRules, judged: Sequence[Finding], language: str
) -> tuple[SheetRow, ...]:
    by_document = {f.document: f for f in judged}
    group_of = {code: name for name, codes in rules.one_of.items() for code in codes}
    return tuple(
        SheetRow(
            document=row,
            finding=by_document.get(row.code),
            group=group_of.get(row.code, ""),
            faults=FAULTS[Judgement.NOT_MET if row.code in review.files else Judgement.ABSENT],
        )
        for row in applications.documents(review.application, language=language)
    )


def _answer(review: Review, said: SchemeContent, language: str) -> Answer:
    asked = said.routes[Route(review.application.route)].documents
    returned = review.state == State.RETURNED
    mend = documents.to_mend(asked, findings(review)) if returned else ()
    corrections = [
        Correction(f.document, said.document(f.document).title.of(language), f.fault, f.note)
        for f in mend
        if f.fault
    ]
    corrections += [Correction("", r.topic, r.fault, r.note) for r in _remarks(review)]
    return Answer(
        ref=review.ref,
        state=State(review.state),
        round=review.round,
        closed_at=review.closed_at or review.opened_at,
        corrections=tuple(corrections),
        until=review.correct_by_on,
        grounds=tuple(Ground(g) for g in review.grounds),
        note=review.note,
    )


def _remarks(review: Review) -> tuple[Remark, ...]:
    return tuple(Remark(Topic(r["topic"]), Fault(r["fault"]), r["note"]) for r in review.remarks)


def handed_in_at(application: "Application") -> datetime:
    """Return when the application was handed in; what waits in the inbox always has it."""
    return application.submitted_at or application.created_at
