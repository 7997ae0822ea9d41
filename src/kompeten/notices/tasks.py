"""What follows when something has happened? Those whom it concerns are told, and the post goes round."""

from datetime import datetime
from secrets import SystemRandom

from kompeten.foundation import ledger
from kompeten.notices import actions, queries

FOLLOWER = "notices.tell"
BATCH = 200


@ledger.after(*queries.KINDS)
def tell(*, at: datetime) -> int:
    """Write notices of the next 200 events of the feed; return how many events were read."""
    with ledger.feed(FOLLOWER, queries.KINDS, limit=BATCH) as events:
        actions.write(queries.letters(events), at=at, rng=SystemRandom())
        return len(events)


@ledger.after("delivery.opened")
def post(*, at: datetime) -> int:
    """Send the next mails; return how many are settled.

    What failed for now is not settled: when nothing goes out, the round ends here and the sweep
    begins another when the next try is due.
    """
    posted = actions.post(at=at)
    return posted.sent + posted.given_up
