"""How does a list of people become applications?

Every good line becomes a prefilled draft that waits for its documents; every bad line waits for
repair with its reasons. Nothing is half done: one transaction, and the same file again is answered
with what became of it the first time, whichever office sends it.
"""

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.applications import queries
from kompeten.applications.actions import settling
from kompeten.applications.actions.judging import weigh
from kompeten.applications.actions.sheets import keep_sheet
from kompeten.applications.adapters import workbook
from kompeten.applications.chart import APPLICATION, COLLECTIVE, REPAIR
from kompeten.applications.models import Application, Collective, CollectiveRow, ListFile, Repair
from kompeten.applications.queries.inviting import ENTRY_COLUMN
from kompeten.applications.rules import duplicates, filers, mending
from kompeten.applications.rules.columns import NO_MEANINGS
from kompeten.applications.terms import Entry, Place, Roster, Row, Verdict
from kompeten.applications.terms.application import (
    ImportResult,
    ListReceived,
    Opening,
)
from kompeten.applications.terms.statement import Statement
from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StepRefused
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.people import actions as admitting
from kompeten.people import queries as people
from kompeten.people.terms import Identity
from kompeten.schemes import queries as schemes


@dataclass(slots=True)
class _Line:
    """A line on its way: what was judged of it, who it is, and the draft it becomes."""

    row: Row
    verdict: Verdict
    reasons: tuple[str, ...]
    person_id: int | None = None
    draft: Application | None = None
    repair: Repair | None = None  # it waited before, in a list that was sent back


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
        _write_lines(collective, lines, by=by, at=at, rng=rng)
    return result


def _find_again(
    lines: Sequence[_Line], codes: Mapping[Place, str], *, organization_id: int
) -> None:
    """Note which lines waited before: those of a sheet that was sent back and mended there."""
    held = settling.waiting(codes.values(), organization_id=organization_id)
    for line in lines:
        repair = held.get(codes.get(line.row.place, ""))
        if repair is not None and settling.is_same(repair, line.row.entry):
            line.repair = repair
            del held[repair.ref]


def place(
    rows: Sequence[Row], *, organization_id: int, at: datetime, rng: random.Random
) -> list[_Line]:
    """Make the people of good lines known, and find those who have applied for the same already.

    Whoever stands under the NIK of somebody known by another name or birth date waits (`nik.held`).
    """
    lines = [_Line(row, row.verdict, row.reasons) for row in rows]
    good = _not_held([line for line in lines if line.verdict is Verdict.GOOD])
    identities = [_identity(line.row.entry) for line in good]
    keys = admitting.admit_many(identities, at=at, rng=rng)
    settled = queries.settled_pairs(
        list(keys.values()), on=at.date(), organization_id=organization_id
    )
    versions = schemes.versions_in_force(on=at.date())
    for line in good:
        entry = line.row.entry
        assert entry.profession, "a good line names its profession"
        assert entry.route, "a good line names its route"
        line.person_id = keys[entry.nik]
        scheme = versions[entry.profession, entry.level]
        if why := settled.get((line.person_id, scheme.scheme_code)):
            line.verdict, line.reasons = Verdict.DUPLICATE, (why,)
            continue
        settled[line.person_id, scheme.scheme_code] = "application.exists"
        line.draft = Application(
            person_id=line.person_id,
            scheme_version_id=scheme.id,
            scheme_code=scheme.scheme_code,
            route=entry.route.value,
            program=entry.program[:40],
            statement=plain(_statement(entry)),
        )
    return lines


def _not_held(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines whose NIK is new, or known as theirs; the others are marked to wait."""
    known = people.bearers(line.row.entry.nik for line in lines if line.row.entry.nik)
    kept: list[_Line] = []
    for line in lines:
        bearer = known.get(line.row.entry.nik)
        if bearer is None or duplicates.bears(
            line.row.entry, name=bearer.name, birth_on=bearer.birth_on
        ):
            kept.append(line)
        else:
            line.verdict, line.reasons = Verdict.REPAIR, ("nik.held",)
    return kept


def open_drafts(
    collective: Collective,
    lines: Sequence[_Line],
    *,
    by: Actor,
    filer: Actor,
    at: datetime,
    rng: random.Random,
) -> None:
    """Open the drafts of good lines. `filer` has an account and answers for them; `by` acts."""
    drafts = [line.draft for line in lines if line.draft is not None]
    for draft in drafts:
        draft.ref = refs.new(rng)
        draft.collective = collective
        draft.organization_id = collective.organization_id
        draft.filed_by_id = filer.account
        draft.created_at = at

    def opening(draft: Application) -> Opening:
        return Opening(draft.scheme_code, draft.scheme_version_id, draft.route, collective.ref)

    ledger.enter_many(APPLICATION, drafts, by=by, at=at, facts=opening)
    if filer.person_id is not None:
        pairs = [(filer.person_id, draft.person_id) for draft in drafts]
        source = f"collective:{collective.ref}"
        impartiality.tie_many(TieKind.FILED, pairs, since=at.date(), source=source)


def _write_lines(
    collective: Collective,
    lines: Sequence[_Line],
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> None:
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
    repair: Repair, row: CollectiveRow, line: _Line, *, by: Actor, at: datetime
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


def _identity(entry: Entry) -> Identity:
    return Identity(
        nik=entry.nik,
        name=entry.name,
        title_before=entry.title_before,
        title_after=entry.title_after,
        sex=entry.sex or "",
        birth_place=entry.birth_place,
        birth_on=entry.birth_on,
        region_code=entry.region_code,
        address=entry.address,
        phone=entry.phone,
        email=entry.email,
        employer=entry.employer,
    )


def _statement(entry: Entry) -> Statement:
    return Statement(
        education=entry.education,
        employer=entry.employer,
        position=entry.position,
        started_on=entry.started_on,
        practice_hours=entry.practice_hours,
    )


def _result(ref: str, counts: Mapping[str, int], *, again: bool = False) -> ImportResult:
    good, repair, duplicate = (counts.get(verdict.value, 0) for verdict in Verdict)
    return ImportResult(ref, again, good=good, repair=repair, duplicate=duplicate)
