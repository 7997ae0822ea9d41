"""`kompeten work`: run the jobs that follow events, for ever or until none waits."""

import argparse
from typing import TYPE_CHECKING

from kompeten.foundation.ledger import jobs
from kompeten.ops import work
from kompeten.ops.commands import command
from kompeten.ops.output import answer

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun."""
    parser = command(sub, "work", help="run jobs; any number of workers", handler=_work)
    parser.add_argument("--once", action="store_true", help="run what waits, then end")
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def _work(args: argparse.Namespace) -> int:
    if not args.once:
        work.work(parent=args.parent)
        return 0
    before = jobs.backlog().failed
    work.work_once()
    left = jobs.backlog()
    failed = left.failed - before
    payload = {"waiting": left.waiting, "failed": failed}
    answer(args, payload, [f"{failed} jobs failed, {left.waiting} wait."])
    return 1 if failed else 0
