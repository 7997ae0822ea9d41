"""Who are the people of good lines, have they applied already, and which drafts do they become?"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kompeten.applications import queries
from kompeten.applications.chart import APPLICATION
from kompeten.applications.models import Application, Collective, Repair
from kompeten.applications.rules import duplicates
from kompeten.applications.terms import Entry, Row, Verdict
from kompeten.applications.terms.application import Opening
from kompeten.applications.terms.statement import Statement
from kompeten.foundation import ledger
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
class Line:
    """A line on its way: what was judged of it, who it is, and the draft it becomes."""

    row: Row
    verdict: Verdict
    reasons: tuple[str, ...]
    person_id: int | None = None
    draft: Application | None = None
    repair: Repair | None = None  # it waited before, in a list that was sent back


def place(
    rows: Sequence[Row], *, organization_id: int, at: datetime, rng: random.Random
) -> list[Line]:
    """Make the people of good lines known, and find those who have applied for the same already.

    Whoever stands under the NIK of somebody known by another name or birth date waits (`nik.held`).
    """
    lines = [Line(row, row.verdict, row.reasons) for row in rows]
    good = _not_held([line for line in lines if line.verdict is Verdict.GOOD])
    identities = [_identity(line.row.entry) for line in good]
    keys = admitting.admit_many(identities, at=at, rng=rng)
    today = timezone.localdate(at)
    settled = queries.settled_pairs(list(keys.values()), on=today, organization_id=organization_id)
    versions = schemes.versions_in_force(on=today)
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


def _not_held(lines: Sequence[Line]) -> list[Line]:
    """Return the lines whose NIK is new, or known as theirs; the others are marked to wait."""
    known = people.bearers(line.row.entry.nik for line in lines if line.row.entry.nik)
    kept: list[Line] = []
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
    lines: Sequence[Line],
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
        impartiality.tie_many(TieKind.FILED, pairs, since=timezone.localdate(at), source=source)


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
