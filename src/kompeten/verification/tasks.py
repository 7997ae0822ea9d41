"""What follows for reviews? Nobody waits for one that was left lying, or for what was withdrawn."""

from datetime import datetime

from kompeten.foundation import ledger
from kompeten.foundation.ledger import after
from kompeten.kernel.actors import SYSTEM
from kompeten.verification import actions, queries
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.terms import Release


@after("application.withdrawn")
def let_go(*, at: datetime) -> int:
    """Close unanswered reviews whose application is no longer in the house; return how many."""
    reviews = list(queries.without_application()[:200])
    ledger.take_many(
        REVIEW,
        "release",
        reviews,
        by=SYSTEM,
        at=at,
        facts=_gone,
        also={"closed_at": at, "lapses_at": None},
    )
    return len(reviews)


@after("review.held")
def lapse(*, at: datetime) -> int:
    """Give back claims that ran out, and answers to who has waited for a second look; return how many."""
    return actions.lapse(at=at)


def _gone(review: Review) -> Release:
    return Release("release.withdrawn")
