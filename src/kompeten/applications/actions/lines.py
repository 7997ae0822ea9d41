"""How does a list keep its lines, and what becomes of those that wait for repair?"""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kompeten.applications.actions import settling
from kompeten.applications.actions.placing import Line
from kompeten.applications.chart import REPAIR
from kompeten.applications.models import Collective, CollectiveRow, Repair
from kompeten.applications.queries.inviting import ENTRY_COLUMN
from kompeten.applications.rules import mending
from kompeten.applications.terms import Entry, Row, Verdict
from kompeten.foundation import ledger, privacy
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor


def write_lines(
    collective: Collective,
    lines: Sequence[Line],
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> None:
    """Write a row for each line; those that wait for repair get their reference, or keep the one they had."""
    rows = [
        CollectiveRow(
            collective=collective,
            sheet=line.row.place.sheet[:80],
            row=line.row.place.row,
            name=line.row.entry.name[:160],
            verdict=line.verdict.value,
            reasons=list(line.reasons),
            warnings=list(line.row.entry.warnings),
            application=line.draft,
        )
        for line in lines
    ]
    CollectiveRow.objects.bulk_create(rows, batch_size=500)
    pairs = list(zip(rows, lines, strict=True))
    repairs = [
        _repair(row, _with_only_route(line.row), rng)
        for row, line in pairs
        if line.verdict is Verdict.REPAIR and line.repair is None
    ]
    ledger.enter_many(REPAIR, repairs, by=by, at=at)
    for row, line in pairs:
        if line.repair is not None:
            _settle_before(line.repair, row, line, by=by, at=at)


def _settle_before(
    repair: Repair, row: CollectiveRow, line: Line, *, by: Actor, at: datetime
) -> None:
    """Let a line that waited before be closed by this sheet, or wait on in it: nobody waits twice."""
    if line.draft is not None:
        settling.close(repair, line.draft, by=by, at=at)
    elif line.verdict is Verdict.REPAIR:
        sealed = _sealed(_with_only_route(line.row), repair.ref)
        settling.go_on(repair, row, entry_sealed=sealed, by=by, at=at)
    else:
        settling.drop(repair, by=by, at=at)


def _with_only_route(row: Row) -> Entry:
    """Return the entry with its route where the line names none and the rules leave only one."""
    chosen = row.entry.route is None and len(row.routes) == 1
    return replace(row.entry, route=row.routes[0]) if chosen else row.entry


def _repair(row: CollectiveRow, entry: Entry, rng: random.Random) -> Repair:
    ref = refs.new(rng)
    return Repair(ref=ref, line=row, entry_sealed=_sealed(entry, ref))


def _sealed(entry: Entry, ref: str) -> bytes:
    text = json.dumps(mending.as_written(entry), ensure_ascii=False)
    return privacy.seal(text, column=ENTRY_COLUMN, row=ref)
