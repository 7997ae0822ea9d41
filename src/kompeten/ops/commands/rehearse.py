"""`kompeten rehearse --people N`: play a whole year in a scratch house and count everybody."""

import argparse
from typing import TYPE_CHECKING

from kompeten.ops import rehearsal
from kompeten.ops.commands import Misuse, command
from kompeten.ops.output import answer, progress, table

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub

NATIONAL = 16_920


def register(sub: "Sub") -> None:
    """Add the noun."""
    parser = command(
        sub, "rehearse", help="play a year with made-up people", handler=_rehearse, tables=False
    )
    parser.add_argument("--people", type=int, default=NATIONAL, metavar="N")
    parser.add_argument("--seed", type=int, default=2026, metavar="S")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)


def _rehearse(args: argparse.Namespace) -> int:
    if args.people < 1:
        raise Misuse("a rehearsal needs at least one person")
    if not args.here:
        arguments = ["--people", str(args.people), "--seed", str(args.seed)]
        return rehearsal.in_scratch_house([*arguments, *(["--json"] if args.json else [])])
    report = rehearsal.rehearse(args.people, seed=args.seed, say=progress)
    rooms = [(room, f"{seconds:.1f}") for room, seconds in report.seconds_per_room.items()]
    answer(args, report, [*_lines(report), "", *table(("room", "seconds"), rooms)])
    return 0 if report.lost == 0 else 1


def _lines(report: rehearsal.Report) -> list[str]:
    return [
        f"{report.people} people in {report.seconds} s, {report.peak_rss_mb} MB at most:",
        f"  {report.certified} certified, {report.not_yet_competent} not yet competent,",
        f"  {report.rejected} not accepted, {report.in_repair} waiting for repair,",
        f"  {report.lost} lost",
    ]
