"""Who has the last word where two reviews differ, and what becomes of what nobody finished in time?"""

from datetime import datetime

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.verification import queries
from kompeten.verification.actions.concluding import require_untied, take_effect, waiting
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.terms import Overruling, Release, State

BATCH = 200


def settle(second: Review, *, first_holds: bool, why: str, by: Actor, at: datetime) -> Review:
    """Let one of two reviews that differ hold, and return it; its answer goes out at once.

    The head does that, or the director: a small house has one head, who may have verified one of both.

    :raises StepRefused: `role.not_held`, `look.own`, `look.why_missing`, `look.not_differing`, `tie.*`
    """
    first = queries.by_ids([second.first_id or 0]).get(second.first_id or 0)
    if first is None or (first.state, second.state) != (State.HELD, State.DIFFERED):
        raise StepRefused("look.not_differing", step="overrule")
    if by.account_id in {first.verifier_id, second.verifier_id}:
        raise StepRefused("look.own", step="overrule")
    if not why.strip():
        raise StepRefused("look.why_missing", step="overrule")
    holds, other = (first, second) if first_holds else (second, first)
    answer = waiting(holds, at=at)
    require_untied([answer], by=by, at=at)
    also = {"closed_at": at, "lapses_at": None, "why": why.strip()}
    with transaction.atomic():
        ledger.take(REVIEW, "overrule", other, by=by, at=at, facts=Overruling(holds.ref), also=also)
        take_effect([answer], by=by, at=at)
    return holds


def lapse(*, at: datetime) -> int:
    """Give back claims that ran out, and let answers go out that waited long enough; return how many.

    Nobody waits for a second look longer than was said: one that is under way is broken off.
    """
    claims, held = list(queries.expired(at)[:BATCH]), list(queries.waited(at)[:BATCH])
    with transaction.atomic():
        _release(claims, "release.expired", at=at)
        _release(list(queries.second_looks_at(held)), "release.answered", at=at)
        take_effect([waiting(review, at=at) for review in held], by=SYSTEM, at=at)
    return len(claims) + len(held)


def _release(reviews: list[Review], why: str, *, at: datetime) -> None:
    ledger.take_many(
        REVIEW,
        "release",
        reviews,
        by=SYSTEM,
        at=at,
        facts=lambda review: Release(why),
        also={"closed_at": at, "lapses_at": None},
    )
