"""`kompeten collective check|import FILE`: judge a list of people, or take it in."""

import argparse
import json
from pathlib import Path
from secrets import SystemRandom
from typing import TYPE_CHECKING

from django.conf import settings

from kompeten.applications import actions, queries
from kompeten.applications.labels import REASON
from kompeten.applications.terms import Heading, ListUnreadable, Roster, Row, Verdict
from kompeten.foundation import clock
from kompeten.ops import operator
from kompeten.ops.commands import Misuse, command, noun
from kompeten.ops.output import answer, progress

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub

MARKS = {Verdict.GOOD: "✓", Verdict.REPAIR: "✗", Verdict.DUPLICATE: "="}


def register(sub: "Sub") -> None:
    """Add the noun with its verbs."""
    verbs = noun(sub, "collective", help="lists of people that offices send in")
    check = command(verbs, "check", help="judge each line; write nothing", handler=_check)
    check.add_argument("file", type=Path)
    check.add_argument(
        "--warnings", action="store_true", help="with --json: what to look at, by row, too"
    )
    take = command(verbs, "import", help="take the list in", handler=_import)
    take.add_argument("file", type=Path)
    take.add_argument("--organization", metavar="REF", help="who sends it (default: the body)")


def _check(args: argparse.Namespace) -> int:
    try:
        judged = actions.judge(args.file.read_bytes(), at=clock.now())
    except ListUnreadable as problem:
        raise Misuse(f"{args.file}: {REASON[problem.code]}") from problem
    report = queries.report(judged, warnings=args.warnings or not args.json)
    if args.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        lines = [*map(_line, judged.rows), *_columns(judged), _summary(report["counts"])]
        answer(args, report, lines)
    return 0 if report["counts"]["repair"] == 0 else 1


def _import(args: argparse.Namespace) -> int:
    at = clock.now()
    office = operator.organization(args.organization, name=settings.OPTIONS.body_name, at=at)
    try:
        result = actions.receive_list(
            args.file.read_bytes(),
            label=args.file.name,
            organization_id=office.pk,
            by=operator.sponsor(office, at=at),
            at=at,
            rng=SystemRandom(),
        )
    except ListUnreadable as problem:
        raise Misuse(f"{args.file}: {REASON[problem.code]}") from problem
    if result.again:
        progress("this list has come before; nothing was changed")
    text = f"list {result.ref}: {result.good} good, {result.repair} to repair"
    answer(args, result, [f"{text}, {result.duplicate} known or doubled"])
    return 0


def _columns(judged: Roster) -> list[str]:
    """Return a line for each column that was told by its content, or is not used though it holds something."""
    return [
        f"? {heading.sheet}: column {heading.label!r} {_taken_for(heading)}, e.g."
        f" {heading.samples[0]!r}"
        for heading in judged.unclear
    ]


def _taken_for(heading: Heading) -> str:
    if heading.field:
        return f"has no known name and was taken for {heading.field}"
    looks = f" (looks like {heading.proposed})" if heading.proposed else ""
    return f"has no known name and is not used{looks}"


def _line(row: Row) -> str:
    said = [str(REASON[code]) for code in row.reasons]
    said += [f"(!) {REASON[code]}" for code in row.entry.warnings]
    place = f"{row.place.sheet}!{row.place.row}"
    return f"{MARKS[row.verdict]} {place:<16} {row.entry.name:<32} {'; '.join(said)}".rstrip()


def _summary(counts: dict[str, int]) -> str:
    return (
        f"{counts['rows']} people: {counts['good']} good, {counts['repair']} to repair,"
        f" {counts['duplicate']} doubled; {counts['skipped']} other lines passed over;"
        f" {counts['warned']} good ones to look at (!)"
    )
