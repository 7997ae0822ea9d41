"""What does a list say, by what the house knows today? Read and judged; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from kompeten.applications import queries
from kompeten.applications.adapters import workbook
from kompeten.applications.rules import roster
from kompeten.applications.rules.columns import NO_MEANINGS
from kompeten.applications.terms import Grid, Roster, Verdict


def judge(content: bytes, *, at: datetime, meanings: Mapping[str, str] = NO_MEANINGS) -> Roster:
    """Return the list with a verdict for each line; writes nothing.

    `meanings` is what has been said of headings. A line without a route, or with one that
    its scheme does not offer, is told those that the rules leave to the person.

    :raises ListUnreadable: the file is no list (`file.*`)
    """
    return weigh(workbook.read(content), at=at, meanings=meanings)


def weigh(grids: Sequence[Grid], *, at: datetime, meanings: Mapping[str, str]) -> Roster:
    """Return what `judge` does of a file that has been read."""
    on = timezone.localdate(at)
    judged = roster.judge(grids, known=queries.known(on=on), on=on, meanings=meanings)
    asked = {
        n: row.entry
        for n, row in enumerate(judged.rows)
        if row.verdict is Verdict.REPAIR and not queries.ROUTE_FAULTS.isdisjoint(row.reasons)
    }
    routes = queries.routes_open(asked, on=on) if asked else {}
    rows = tuple(
        replace(row, routes=routes[n]) if n in routes else row for n, row in enumerate(judged.rows)
    )
    return replace(judged, rows=rows)
