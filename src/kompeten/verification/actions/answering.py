"""How does a review end? Each answer moves review and application together, or neither."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kompeten.applications import actions as applications
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Route
from kompeten.verification import queries
from kompeten.verification.actions.judging import require_own
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.rules import documents
from kompeten.verification.terms import Eligible, Ground, Rejection, Remark, Return


def find_eligible(review: Review, *, by: Actor, at: datetime) -> None:
    """Answer that everything asked for is there and in order: the application is accepted.

    :raises StepRefused: `finding.unjudged`, `finding.unmet`, `review.not_yours`
    """
    find_eligible_many([review], by=by, at=at)


def find_eligible_many(reviews: Sequence[Review], *, by: Actor, at: datetime) -> None:
    """Answer `find_eligible` on reviews whose documents are all judged: all of them or none.

    :raises StepRefused: one of them is not eligible, or not this verifier's
    """
    for review in reviews:
        require_own(review, by, step="find_eligible")
    asked = queries.asked(reviews)

    def eligible(review: Review) -> Eligible:
        rules, judged = asked[review.pk], queries.findings(review)
        return Eligible(
            digest=review.digest,
            unjudged=documents.unjudged(rules, judged, files=review.files),
            unmet=documents.unmet(rules, judged),
        )

    with transaction.atomic():
        ledger.take_many(
            REVIEW, "find_eligible", reviews, by=by, at=at, facts=eligible, also={"closed_at": at}
        )
        applications.accept_many([r.application for r in reviews], by=by, at=at)


def return_for_correction(
    review: Review, *, remarks: Sequence[Remark] = (), by: Actor, at: datetime
) -> Event:
    """Send the application back with everything to mend, and the last day for it.

    What to mend are the documents that do not do, and `remarks` on the rest; the day comes from
    the scheme the application is pinned to.

    :raises StepRefused: `finding.unjudged`, `return.nothing_to_mend`, `finding.*` for a remark,
        `review.not_yours`
    """
    require_own(review, by, step="return")
    if reasons := sorted({r for remark in remarks for r in documents.remark_reasons(remark)}):
        raise StepRefused(*reasons, step="return")
    said = schemes.content(review.application.scheme_version_id)
    asked = said.routes[Route(review.application.route)].documents
    judged = queries.findings(review)
    until = documents.correct_by(timezone.localdate(at), days=said.candidate_days.correction)
    whole = replace(queries.record(review), remarks=tuple(remarks))
    facts = Return(
        digest=documents.seal(whole),
        items=len(documents.to_mend(asked, judged)) + len(remarks),
        until=until,
        unjudged=documents.unjudged(asked, judged, files=review.files),
    )
    also = {
        "remarks": plain(whole.remarks),
        "digest": facts.digest,
        "closed_at": at,
        "correct_by_on": until,
    }
    with transaction.atomic():
        event = ledger.take(REVIEW, "return", review, by=by, at=at, facts=facts, also=also)
        applications.send_back(review.application, items=facts.items, until=until, by=by, at=at)
    return event


def reject(
    review: Review, *, grounds: Sequence[Ground], note: str = "", by: Actor, at: datetime
) -> Event:
    """Refuse the application for good, on grounds that no mending within it can change.

    :raises StepRefused: `reject.ground_missing`, `review.not_yours`
    """
    require_own(review, by, step="reject")
    whole = replace(queries.record(review), grounds=tuple(grounds), note=note.strip())
    facts = Rejection(digest=documents.seal(whole), grounds=whole.grounds)
    also = {
        "grounds": plain(whole.grounds),
        "note": whole.note,
        "digest": facts.digest,
        "closed_at": at,
    }
    with transaction.atomic():
        event = ledger.take(REVIEW, "reject", review, by=by, at=at, facts=facts, also=also)
        reasons = tuple(g.value for g in whole.grounds)
        applications.reject(review.application, reasons=reasons, by=by, at=at)
    return event
