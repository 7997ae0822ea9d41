"""What follows a signed decree? Certificates are issued, and whatever stopped half-way is taken up again.

One that cannot go on is held by its step and no longer in the way of others.
"""

from datetime import datetime
from secrets import SystemRandom

from kompeten.certificates import actions, queries
from kompeten.certificates.labels import KEPT
from kompeten.certificates.terms import State
from kompeten.foundation import keeping, ledger
from kompeten.foundation.keeping import RecordKind

BATCH = 200
PAPERS = 20  # decrees: their annexes may name a thousand people each
STAMPS, COUNTERSIGNATURES = 20, 10  # each asks somebody far away


@ledger.after("decree.signed", "certificate.voided")
def reserve(*, at: datetime) -> int:
    """1. Reserve numbers for up to 200 people whom a signed decree names; return how many."""
    due = list(queries.inbox().select_related("application")[:BATCH])
    if due:
        actions.reserve(due, at=at, rng=SystemRandom())
    return len(due)


@ledger.after("certificate.reserved", "certificate.released")
def intend(*, at: datetime) -> int:
    """2. Record the content of up to 200 certificates; return how many were looked at."""
    return _further(State.RESERVED, at=at)


@ledger.after("certificate.intended")
def sign(*, at: datetime) -> int:
    """3. Sign up to 200 certificates; return how many were looked at."""
    return _further(State.INTENDED, at=at)


@ledger.after("certificate.signed")
def check(*, at: datetime) -> int:
    """4. Read up to 200 signed certificates back; return how many were looked at."""
    return _further(State.SIGNED, at=at)


@ledger.after("certificate.logged")
def publish(*, at: datetime) -> int:
    """6. Publish up to 200 certificates that stand in the log; return how many were looked at."""
    return _further(State.LOGGED, at=at)


def _further(state: State, *, at: datetime) -> int:
    waiting = queries.waiting(state).select_related(
        "person", "application", "decision__meeting__decree"
    )
    if batch := list(waiting[:BATCH]):
        actions.STEPS[state](batch, at=at)
    return len(batch)


@ledger.after("certificate.suspended", "certificate.suspension_extended")
def lift(*, at: datetime) -> int:
    """Lift up to 200 suspensions whose end has come; the sweep asks each minute."""
    return actions.lift_due(at=at, most=BATCH)


@ledger.after("recall.approved")
def recall(*, at: datetime) -> int:
    """Withdraw up to 200 certificates of an approved recall; return how many were settled."""
    return actions.carry_out(at=at, most=BATCH)


@ledger.after("decree.signed")
def seal_papers(*, at: datetime) -> int:
    """Put the body's electronic signature on a few decrees and their minutes; return how many decrees."""
    waiting = list(queries.to_seal()[:PAPERS])
    actions.seal_papers(waiting, at=at)
    return len(waiting)


@ledger.after("certificate.published")
def stamp(*, at: datetime) -> int:
    """Append a time stamp to up to 20 published sheets, where an authority is named; return how many."""
    return actions.stamp(list(queries.to_stamp()[:STAMPS]), at=at)


@ledger.after("certificate.published", "certificate.stamped")
def countersign(*, at: datetime) -> int:
    """Let the national service sign up to 10 provisional sheets, if one is named; return how many."""
    if not queries.asks_national():
        return 0
    return actions.countersign(list(queries.to_countersign()[:COUNTERSIGNATURES]), at=at)


@ledger.after("certificate.signed")
def keep_lists(*, at: datetime) -> int:
    """Make the revocation list of our own authority anew before it ends; the sweep asks each minute."""
    actions.keep_lists(at=at)
    return 0


keeping.keep(
    RecordKind(
        name="certificates.certificates",
        order=110,
        label=KEPT["certificates"],
        purpose=KEPT["purpose"],
        law=KEPT["law"],
        until=KEPT["until"],
        then=KEPT["then"],
        records=queries.held_records,
        files=queries.held_files,
        stays=lambda person_id: "keep.public",
    )
)
