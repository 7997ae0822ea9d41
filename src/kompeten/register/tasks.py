"""What follows a certificate's events? The log commits to them, witnesses see it, and the register shows it."""

from datetime import datetime
from secrets import token_bytes

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.register import actions, queries
from kompeten.register.actions import log as logging
from kompeten.register.terms.log import ISSUED

BATCH = 200

# What is told to the log: that a certificate was issued, and everything that changes what it is worth.
LOGGED = (
    ISSUED, "certificate.voided", "certificate.stopped", "certificate.suspended",
    "certificate.suspension_extended", "certificate.lifted", "certificate.withdrawn", "certificate.replaced",
)  # fmt: skip


@ledger.after(*LOGGED)
def log(*, at: datetime) -> int:
    """Add up to 200 events to the log and publish its head; return how many."""
    # 1. Entries, in one transaction with the place up to which the ledger was read.
    with ledger.feed(logging.FOLLOWER, LOGGED, limit=BATCH) as events:
        if events:
            logging.append(events, at=at, draw=token_bytes)
    # 2. to 4. Files and head, also those that a crash has left undone.
    logging.advance(at=at)
    # 6. What is proven to be there may be published.
    return len(events) + logging.note(at=at, most=BATCH)


@ledger.after("certificate.logged", *LOGGED)
def cosign(*, at: datetime) -> int:
    """Ask the witnesses that have not cosigned the newest head; return how many did now."""
    return logging.cosign(at=at)


@ledger.after("certificate.published")
def project(*, at: datetime) -> int:
    """Enter up to 200 published certificates; return how many."""
    with transaction.atomic():
        batch = list(queries.inbox()[:BATCH])
        actions.project(batch, at=at)
    return len(batch)
