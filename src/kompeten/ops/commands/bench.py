"""`kompeten bench exam|node`: let a crowd sit the exam against the real intake, and count everything."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from kompeten.ops.bench import exam, node, scratch
from kompeten.ops.commands import Misuse, command, noun
from kompeten.ops.output import answer, progress, table

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub

NATIONAL = 16_920
CONNECTIONS = 2_000
GROWTH = (1_000, 5_000, NATIONAL, 50_000, 100_000)


def register(sub: "Sub") -> None:
    """Add the noun."""
    verbs = noun(sub, "bench", help="measure the house under load, in a scratch house")
    parser = command(
        verbs, "exam", help="everybody sits the exam at once", handler=_exam, tables=False
    )
    parser.add_argument("--candidates", type=int, default=NATIONAL, metavar="N")
    parser.add_argument(
        "--seconds", type=float, default=120.0, metavar="S", help="no phase lasts longer"
    )
    parser.add_argument(
        "--phases", default=",".join(exam.PHASES), help="which, by comma, in this order"
    )
    parser.add_argument("--connections", type=int, default=CONNECTIONS, metavar="N")
    parser.add_argument(
        "--baseline", action="store_true", help="also drive a page with one ORM write per answer"
    )
    parser.add_argument(
        "--inside", action="store_true", help="let the web server take the answers itself"
    )
    parser.add_argument(
        "--growth",
        type=int,
        nargs="*",
        metavar="N",
        help=f"so many candidates one after the other, else {' '.join(map(str, GROWTH))}",
    )
    parser.add_argument("--seed", type=int, default=2026, metavar="S")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    room = command(
        verbs,
        "node",
        help="a room sits it at a laptop without internet",
        handler=_node,
        tables=False,
    )
    room.add_argument("--phones", type=int, default=200, metavar="N")
    room.add_argument(
        "--seconds", type=float, default=60.0, metavar="S", help="in which 90 minutes pass"
    )
    room.add_argument("--seed", type=int, default=2026, metavar="S")
    room.add_argument("--here", action="store_true", help=argparse.SUPPRESS)


def _exam(args: argparse.Namespace) -> int:
    phases = tuple(args.phases.split(","))
    if unknown := set(phases) - set(exam.PHASES):
        raise Misuse(f"unknown phase {min(unknown)}; there are {', '.join(exam.PHASES)}")
    if min(args.candidates, args.connections, *(args.growth or [1])) < 1 or args.seconds <= 0:
        raise Misuse("candidates, seconds and connections are more than nothing")
    if not args.here:
        return scratch.run(_again(args))
    if args.growth is not None:
        return _growth(args, phases)
    report = _bench(args, args.candidates, phases)
    answer(args, _payload(report), _lines(report))
    return 0 if _is_clean(report) else 1


def _growth(args: argparse.Namespace, phases: tuple[str, ...]) -> int:
    reports = []
    for candidates in args.growth or GROWTH:
        progress(f"{candidates:,} candidates")
        reports.append(_bench(args, candidates, phases))
    payload = {"growth": [_payload(report) for report in reports]}
    answer(args, payload, [line for report in reports for line in _lines(report)])
    return 0 if all(map(_is_clean, reports)) else 1


def _bench(args: argparse.Namespace, candidates: int, phases: tuple[str, ...]) -> exam.Report:
    return exam.bench(
        candidates,
        seconds=args.seconds,
        phases=phases,
        connections=args.connections,
        seed=args.seed,
        with_baseline=args.baseline,
        inside=args.inside,
        say=progress,
    )


def _payload(report: exam.Report) -> dict[str, Any]:
    """Return a report with each phase under its own name, as other programs read it."""
    return {**asdict(report), **{name: asdict(phase) for name, phase in report.phases.items()}}


def _is_clean(report: exam.Report) -> bool:
    return report.errors == report.lost == report.wrong == 0


def _node(args: argparse.Namespace) -> int:
    if args.phones < 1 or args.seconds <= 0:
        raise Misuse("phones and seconds are more than nothing")
    if not args.here:
        words = ["--phones", str(args.phones), "--seconds", str(args.seconds)]
        words += ["--seed", str(args.seed), *(["--json"] if args.json else [])]
        return scratch.run(["bench", "node", *words])
    folder = Path(settings.DATA_DIR) / "room"
    report = node.bench(
        args.phones, seconds=args.seconds, seed=args.seed, folder=folder, say=progress
    )
    answer(args, report, (f"{name}: {value}" for name, value in asdict(report).items()))
    return 0 if report.lost == report.errors == 0 and report.copy_lacks == 0 else 1


def _again(args: argparse.Namespace) -> list[str]:
    words = ["bench", "exam", "--phases", args.phases]
    for name in ("candidates", "seconds", "connections", "seed"):
        words += [f"--{name}", str(getattr(args, name))]
    words += [f"--{name}" for name in ("baseline", "inside", "json") if getattr(args, name)]
    if args.growth is not None:
        words += ["--growth", *map(str, args.growth)]
    return words


def _lines(report: exam.Report) -> list[str]:
    head = ("phase", "a second", "p50 ms", "p95 ms", "p99 ms", "errors", "server", "crowd", "MB")
    rows = [
        (p.phase, p.rate, p.p50_ms, p.p95_ms, p.p99_ms, p.errors, p.server_cpu,
         p.generator_cpu, p.rss_mb)
        for p in (*report.phases.values(), *filter(None, [report.baseline]))
    ]  # fmt: skip
    return [
        f"{report.candidates} candidates, {report.way} the web server, on {report.database}:",
        *table(head, rows),
        f"{report.acknowledged} acknowledged, {report.lost} lost, {report.wrong} wrong,"
        f" {report.errors} errors",
        *([f"{report.ratio} times the baseline"] if report.ratio else []),
    ]
