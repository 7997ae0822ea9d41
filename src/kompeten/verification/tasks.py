"""What follows for reviews? A claim on an application that was withdrawn is given back."""

from datetime import datetime

from kompeten.foundation import ledger
from kompeten.foundation.ledger import after
from kompeten.kernel.actors import SYSTEM
from kompeten.verification import queries
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.terms import Release


@after("application.withdrawn")
def let_go(*, at: datetime) -> int:
    """Close open reviews whose application is no longer in the house; return how many."""
    reviews = list(queries.without_application()[:200])
    ledger.take_many(
        REVIEW, "release", reviews, by=SYSTEM, at=at, facts=_gone, also={"closed_at": at}
    )
    return len(reviews)


def _gone(review: Review) -> Release:
    return Release("release.withdrawn")
