"""`kompeten demo`: walk two lists and a few individuals to certificates, then serve the site."""

import argparse
from typing import TYPE_CHECKING

from django.conf import settings

from kompeten.foundation import clock
from kompeten.ops import demonstration
from kompeten.ops.commands import Misuse, command
from kompeten.ops.output import answer, progress, table
from kompeten.ops.walk.cast import PASSWORD

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun."""
    parser = command(sub, "demo", help="walk a demonstration year, then serve", handler=_demo)
    parser.add_argument("--no-serve", action="store_true", help="walk and end")


def _demo(args: argparse.Namespace) -> int:
    if not settings.OPTIONS.demo:
        flags = {"--no-serve": args.no_serve, "--json": args.json}
        words = ["demo", *(flag for flag, said in flags.items() if said)]
        demonstration.in_demonstration_house(words)
    at = clock.now()
    if demonstration.stands(at=at):
        progress(f"the demonstration stands already; delete {settings.DATA_DIR} to begin anew")
        answer(args, {"counts": demonstration.counts()}, _counts(demonstration.counts()))
    elif not demonstration.is_empty(at=at):
        raise Misuse(f"{settings.DATA_DIR} is in use; set KOMPETEN_DATA_DIR to an empty folder")
    else:
        summary = demonstration.walk(at=at, say=progress)
        answer(args, summary, _lines(summary))
    for account in demonstration.accounts():
        progress(f"  {account.role:<12} {account.email}")
    progress(f"  kata sandi semua akun: {PASSWORD}")
    if args.no_serve:
        progress("`kompeten demo` serves it; `kompeten serve` alone asks staff for a second factor")
        return 0
    demonstration.in_demonstration_house(["serve"])


def _lines(summary: demonstration.Summary) -> list[str]:
    lists = table(("list", "good", "to repair", "doubled"), summary.lists)
    rooms = [(room, f"{seconds:.1f}") for room, seconds in summary.seconds_per_room.items()]
    return [
        "",
        *lists,
        f"and {summary.individuals} individual applicants",
        "",
        *_counts(summary.counts),
        "",
        *table(("room", "seconds"), rooms),
        f"in all {summary.seconds} s",
    ]


def _counts(counts: dict[str, int]) -> list[str]:
    return table(("step", "people"), list(counts.items()))
