"""`kompeten gladi exam`: is an answer lost when everything goes wrong?"""

import argparse
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from kompeten.ops.bench.scratch import Broken
from kompeten.ops.commands import Misuse, No, command, noun
from kompeten.ops.gladi import exam, lanes, power
from kompeten.ops.gladi.browser import CHROMIUM
from kompeten.ops.output import answer, progress, table

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun with its verbs."""
    verbs = noun(sub, "gladi", help="rehearse disasters against a scratch house")
    parser = command(
        verbs,
        "exam",
        help="play sittings with faults at every step; is an answer lost?",
        handler=_exam,
        tables=False,
    )
    parser.add_argument("--runs", type=int, default=100, help="sittings (default: 100)")
    parser.add_argument(
        "--whole",
        type=int,
        default=0,
        metavar="N",
        help="whole sittings on browsers that are killed",
    )
    parser.add_argument("--seed", type=int, default=2026, help="the same faults for the same seed")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--lane", type=int, default=0, help=argparse.SUPPRESS)


def _exam(args: argparse.Namespace) -> int:
    if args.runs < 0 or args.whole < 0 or args.runs + args.whole < 1:
        raise Misuse("say how many sittings: --runs, --whole")
    report = _here(args) if args.here else _in_scratch_houses(args)
    answer(args, report, _lines(report))
    return 0 if report.lost == report.wrong == 0 else 1


def _in_scratch_houses(args: argparse.Namespace) -> exam.Report:
    if find_spec("playwright") is None or not Path(CHROMIUM).exists():
        raise Misuse(f"a browser is needed: {CHROMIUM} and the Python package playwright")
    if connection.vendor == "sqlite":
        power.compiler()
    try:
        return lanes.rehearse(runs=args.runs, whole=args.whole, seed=args.seed)
    except Broken as broken:
        raise No(f"the rehearsal did not come to its end: {broken}") from broken


def _here(args: argparse.Namespace) -> exam.Report:
    seed, say = args.seed, progress
    if args.lane:
        seed, say = f"{args.seed}/{args.lane}", partial(_said, args.lane)
    return exam.rehearse(runs=args.runs, sittings=args.whole, seed=seed, say=say)


def _said(lane: int, text: str) -> None:
    progress(f"lane {lane}: {text}")


def _lines(report: exam.Report) -> list[str]:
    return [
        *table(("fault", "times"), report.by_fault.items()),
        "",
        f"{report.runs} sittings on made-up devices, {report.whole} on browsers that were killed,",
        f"{report.faults} faults, {report.kills} times the server",
        f"{report.acknowledged} links acknowledged, {report.lost} lost, {report.wrong} wrong",
        f"in {report.seconds} s",
        *report.says,
    ]
