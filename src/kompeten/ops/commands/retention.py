"""`kompeten retention`: let go of personal data whose time is over, or say what is."""

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from kompeten.foundation import clock, keeping
from kompeten.ops.commands import command
from kompeten.ops.output import answer

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun."""
    parser = command(
        sub,
        "retention",
        help="let go of personal data whose time is over, as the job does each hour",
        handler=_retention,
    )
    parser.add_argument("--dry-run", action="store_true", help="count what is over; change nothing")


def _retention(args: argparse.Namespace) -> int:
    at = clock.now()
    found = keeping.due(at=at) if args.dry_run else _cleared(at)
    payload = {"at": at.isoformat(), "dry_run": args.dry_run, "records": found}
    said = "over" if args.dry_run else "let go"
    lines = [f"{name:28} {count:7} {said}" for name, count in found.items()]
    answer(args, payload, lines)
    return 0


def _cleared(at: datetime) -> dict[str, int]:
    """Clear batch by batch, until nothing is left; return how many of each kind went."""
    totals: dict[str, int] = {}
    while True:
        batch = keeping.clear_batches(at=at)
        for name, count in batch.items():
            totals[name] = totals.get(name, 0) + count
        if not any(batch.values()):
            return totals
