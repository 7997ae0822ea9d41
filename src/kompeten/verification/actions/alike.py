"""How are equal cases answered with one act? Each is noted and answered singly, all of them or none."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.verification import queries
from kompeten.verification.actions.answering import find_eligible_many, return_many
from kompeten.verification.actions.judging import note
from kompeten.verification.models import Review
from kompeten.verification.terms import Finding, Judgement, State


def answer_alike(
    reviews: Sequence[Review],
    *,
    finding: Finding | None,
    rest_in_order: bool,
    by: Actor,
    at: datetime,
) -> State:
    """Give the same finding on each file, and the answer that follows from it; return which.

    `finding` is what all lack, None where nothing is wanting. `rest_in_order` says of every other
    document that was put in and not judged yet that it is in order; what was judged before stays.

    :raises StepRefused: `batch.empty`, `batch.not_alike`; or one of them may not be answered so:
        then nothing was written
    """
    if not reviews:
        raise StepRefused("batch.empty", step="note")
    if len({(r.application.scheme_version_id, r.application.route) for r in reviews}) > 1:
        raise StepRefused("batch.not_alike", step="note")
    with transaction.atomic():
        for review in reviews:
            if fresh := _findings(review, finding, rest_in_order=rest_in_order):
                note(review, fresh, by=by, at=at)
        if finding is None:
            find_eligible_many(reviews, by=by, at=at)
            return State.ELIGIBLE
        return_many(reviews, by=by, at=at)
        return State.RETURNED


def _findings(review: Review, finding: Finding | None, *, rest_in_order: bool) -> list[Finding]:
    fresh = [finding] if finding else []
    if rest_in_order:
        judged = {f.document for f in (*queries.findings(review), *fresh)}
        fresh += [Finding(code, Judgement.MET) for code in review.files if code not in judged]
    return fresh
