"""How does a verifier answer? Each answer is judged whole; `concluding` says what becomes of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.verification import queries
from kompeten.verification.actions.concluding import conclude, proposal
from kompeten.verification.actions.judging import require_own
from kompeten.verification.models import Review
from kompeten.verification.rules import documents
from kompeten.verification.terms import Ground, Remark, State


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
    said = queries.said(reviews)
    ended = [
        proposal(r, State.ELIGIBLE, queries.record(r), said=said[r.pk], at=at) for r in reviews
    ]
    conclude(ended, by=by, at=at)


def return_for_correction(
    review: Review, *, remarks: Sequence[Remark] = (), by: Actor, at: datetime
) -> None:
    """Send the application back with everything to mend, and the last day for it.

    What to mend are the documents that do not do, and `remarks` on the rest; the day comes from
    the scheme the application is pinned to.

    :raises StepRefused: `finding.unjudged`, `return.nothing_to_mend`, `finding.*` for a remark,
        `review.not_yours`
    """
    return_many([review], remarks=remarks, by=by, at=at)


def return_many(
    reviews: Sequence[Review], *, remarks: Sequence[Remark] = (), by: Actor, at: datetime
) -> None:
    """Send applications back that have the same to mend beside documents: all of them or none.

    :raises StepRefused: as `return_for_correction`, for one of them
    """
    for review in reviews:
        require_own(review, by, step="return")
    if reasons := sorted({r for remark in remarks for r in documents.remark_reasons(remark)}):
        raise StepRefused(*reasons, step="return")
    said = queries.said(reviews)
    ended = []
    for review in reviews:
        whole = replace(queries.record(review), remarks=tuple(remarks))
        ended.append(proposal(review, State.RETURNED, whole, said=said[review.pk], at=at))
    conclude(ended, by=by, at=at)


def reject(
    review: Review, *, grounds: Sequence[Ground], note: str = "", by: Actor, at: datetime
) -> None:
    """Refuse the application for good, on grounds that no mending within it can change.

    :raises StepRefused: `reject.ground_missing`, `review.not_yours`
    """
    require_own(review, by, step="reject")
    whole = replace(queries.record(review), grounds=tuple(grounds), note=note.strip())
    said = queries.said([review])[review.pk]
    conclude([proposal(review, State.REJECTED, whole, said=said, at=at)], by=by, at=at)
