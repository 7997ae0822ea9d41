"""What follows when something has happened? Those whom it concerns are told, and the post goes round.

Offices that watch certificates hear of theirs: first what each is to hear is queued, then they are called.
"""

from datetime import datetime
from secrets import SystemRandom

from django.conf import settings

from kompeten.foundation import keeping, ledger
from kompeten.foundation.keeping import RecordKind
from kompeten.notices import actions, queries
from kompeten.notices.labels import KEPT

FOLLOWER, RINGER = "notices.tell", "notices.ring"
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


@ledger.after("referee.coded")
def send_codes(*, at: datetime) -> int:
    """Mail the codes with which recommendations are signed; return how many are settled."""
    posted = actions.send_codes(at=at)
    return posted.sent + posted.given_up


@ledger.after(*queries.RINGING)
def ring(*, at: datetime) -> int:
    """Queue what watches are to hear of the next 200 events; return how many events were read."""
    with ledger.feed(RINGER, queries.RINGING, limit=BATCH) as events:
        actions.ring(events, at=at, rng=SystemRandom())
        return len(events)


@ledger.after("application.submitted")
def escalate(*, at: datetime) -> int:
    """Tell the office, once a working day, which promises have come close and which are past.

    Nothing happens when a day passes, so it is the sweep that looks, each minute, at one row.
    """
    return actions.escalate(at=at, rng=SystemRandom())


@ledger.after("ping.opened")
def call(*, at: datetime) -> int:
    """Tell the next watches what waits for them; return how many messages and watches are settled.

    A watch that could not be told is not settled: the sweep begins another round when its next try is
    due, or when a mail has waited long enough for more.
    """
    posted = actions.call(at=at, rng=SystemRandom())
    return posted.sent + posted.given_up


keeping.keep(
    RecordKind(
        name="notices.notices",
        order=120,
        label=KEPT["notices"],
        purpose=KEPT["purpose"],
        law=KEPT["law"],
        until=KEPT["until"],
        then=KEPT["then"],
        figures=lambda: {"days": settings.OPTIONS.notice_days},
        records=queries.held_records,
        stays=lambda person_id: "keep.proof",
        due=lambda *, at: queries.over(at=at).count(),
        clear=actions.clear_notices,
    )
)
