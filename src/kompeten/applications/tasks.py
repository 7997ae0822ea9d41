"""What follows a document that was put in? It is scanned, if it came while no scanner answered."""

from datetime import datetime

from kompeten.applications import actions, queries
from kompeten.foundation import ledger

BATCH = 20  # documents: each asks a daemon, and takes it up to a few seconds


@ledger.after("application.attached")
def scan(*, at: datetime) -> int:
    """Scan up to 20 documents that nobody has scanned, where a scanner is named; return how many."""
    return actions.scan_waiting(queries.to_scan(at=at)[:BATCH], at=at)
