"""What does the room do by itself? It has documents scanned, and lets go of what stopped on its way."""

from datetime import datetime

from kompeten.applications import actions, queries
from kompeten.foundation import ledger

BATCH = 20  # documents: each asks a daemon, and takes it up to a few seconds


@ledger.after("application.attached")
def scan(*, at: datetime) -> int:
    """Scan up to 20 documents that nobody has scanned, where a scanner is named; return how many."""
    return actions.scan_waiting(queries.to_scan(at=at)[:BATCH], at=at)


@ledger.after("application.submitted")
def clear_transfers(*, at: datetime) -> int:
    """Delete the parts of documents that will not come any more; found by the sweep, days later."""
    return actions.clear_transfers(at=at)
