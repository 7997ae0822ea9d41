"""How does a list of people become applications?

Every good line becomes a prefilled draft that waits for its documents; every bad line waits for
repair with its reasons. Nothing is half done: one transaction, and the same file again is answered
with what became of it the first time, whichever office sends it.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.applications import queries
from kompeten.applications.actions import settling
from kompeten.applications.actions.judging import weigh
from kompeten.applications.actions.lines import write_lines
from kompeten.applications.actions.placing import Line, open_drafts, place
from kompeten.applications.actions.sheets import keep_sheet
from kompeten.applications.adapters import workbook
from kompeten.applications.chart import COLLECTIVE
from kompeten.applications.models import Collective, ListFile
from kompeten.applications.rules import filers, mending
from kompeten.applications.rules.columns import NO_MEANINGS
from kompeten.applications.terms import Place, Roster, Verdict
from kompeten.applications.terms.application import ImportResult, ListReceived
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor


def receive_list(
    content: bytes,
    *,
    label: str,
    organization_id: int,
    by: Actor,
    at: datetime,
    rng: random.Random,
    meanings: Mapping[str, str] = NO_MEANINGS,
) -> ImportResult:
    """Take a collective list: good lines become drafts, bad ones wait, known people are not doubled.

    The same file again changes nothing, from whatever office, and is answered with `again`. To what
    the organization says of its headings comes what `meanings` says for this list alone.

    :raises ListUnreadable: the file is no list (`file.*`)
    :raises StepRefused: `role.not_held`: `by` is no sponsor of this organization
    """
    if not filers.sponsors(by, organization_id):
        raise StepRefused("role.not_held", step="open")
    grids = workbook.read(content)
    judged = weigh(grids, at=at, meanings=queries.list_meanings(organization_id) | dict(meanings))
    sha256 = keep_sheet(content, at=at)
    try:
        return _receive(
            judged,
            mending.codes(grids),
            label=label,
            sha256=sha256,
            organization_id=organization_id,
            by=by,
            at=at,
            rng=rng,
        )
    except IntegrityError:  # the same people come from another hand at this very moment
        if before := queries.received_before(sha256):
            return _result(before.ref, queries.collective_counts(before), again=True)
        raise


def _receive(
    judged: Roster,
    codes: Mapping[Place, str],
    *,
    label: str,
    sha256: str,
    organization_id: int,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> ImportResult:
    with transaction.atomic():
        if before := queries.received_before(sha256):
            return _result(before.ref, queries.collective_counts(before), again=True)
        lines = place(judged.rows, organization_id=organization_id, at=at, rng=rng)
        _find_again(lines, codes, organization_id=organization_id)
        collective = Collective(
            ref=refs.new(rng),
            organization_id=organization_id,
            filed_by_id=by.account,
            label=label,
            sha256=sha256,
            received_at=at,
        )
        result = _result(collective.ref, Counter(line.verdict.value for line in lines))
        facts = ListReceived(sha256, result.good, result.repair, result.duplicate)
        ledger.enter(COLLECTIVE, collective, by=by, at=at, facts=facts)
        ListFile.objects.filter(sha256=sha256).delete()  # the list has it now
        open_drafts(collective, lines, by=by, filer=by, at=at, rng=rng)
        write_lines(collective, lines, by=by, at=at, rng=rng)
    return result


def _find_again(lines: Sequence[Line], codes: Mapping[Place, str], *, organization_id: int) -> None:
    """Note which lines waited before: those of a sheet that was sent back and mended there."""
    held = settling.waiting(codes.values(), organization_id=organization_id)
    for line in lines:
        repair = held.get(codes.get(line.row.place, ""))
        if repair is not None and settling.is_same(repair, line.row.entry):
            line.repair = repair
            del held[repair.ref]


def _result(ref: str, counts: Mapping[str, int], *, again: bool = False) -> ImportResult:
    good, repair, duplicate = (counts.get(verdict.value, 0) for verdict in Verdict)
    return ImportResult(ref, again, good=good, repair=repair, duplicate=duplicate)
