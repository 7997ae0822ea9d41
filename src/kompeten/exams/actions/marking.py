"""How are essays marked? Each by two assessors apart, without a name; a third where they differ."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kompeten.exams import queries
from kompeten.exams.chart import MARKING, SCRIPT
from kompeten.exams.models import Entry, Marking, Script
from kompeten.exams.queries.records import essays
from kompeten.exams.queries.scripts import lacking, markings_of, pool, unsettled
from kompeten.exams.rules import scripts as rules
from kompeten.exams.terms import EntryState
from kompeten.exams.terms.scripts import (
    MARKERS,
    MarkingHandIn,
    MarkingOpening,
    MarkingState,
    ScriptOpening,
    ScriptSettlement,
)
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality import queries as ties
from kompeten.impartiality.terms import Act, TieKind
from kompeten.kernel import digest, panels, refs
from kompeten.kernel.actors import Actor
from kompeten.people import queries as people

BATCH = 200
MAX_NOTE = 4_000
TIE_SOURCE = "exams"


def lay(
    texts: Mapping[Entry, Mapping[int, str]], *, by: Actor, at: datetime, rng: random.Random
) -> None:
    """Lay the texts of entries before assessors, by number of the essay. Two statements or so."""
    scripts = [
        Script(
            ref=refs.new(rng),
            entry=entry,
            number=number,
            text=text,
            digest=digest.of(text),
            most_points=essays(entry.form_digest)[number].most_points,
            opened_at=at,
        )
        for entry, written in texts.items()
        for number, text in written.items()
    ]
    ledger.enter_many(
        SCRIPT,
        scripts,
        by=by,
        at=at,
        facts=lambda s: ScriptOpening(s.entry.ref, s.number, s.digest),
    )


def assign(*, by: Actor, at: datetime, seed: int, rng: random.Random) -> int:
    """Give scripts the assessors they lack, by lot and evenly; return how many got all of them.

    Those for which nobody free of ties is left stay as they are. About ten queries for up to 200.
    """
    last = 0
    while True:
        with transaction.atomic():
            rows = lacking().filter(pk__gt=last).select_related("entry")
            batch = list(rows.select_for_update(of=("self",), skip_locked=True)[:BATCH])
            if not batch:
                return 0
            drawn = _draw(batch, need=MARKERS, at=at, seed=seed)
            _open(batch, drawn, third=False, by=by, at=at, seed=seed, rng=rng)
        if drawn:
            return len(drawn)
        last = batch[-1].pk


def release(markings: Sequence[Marking], *, by: Actor, at: datetime) -> None:
    """Take open markings away from their assessors, so that others can be drawn.

    :raises StepRefused: `role.not_held`, or one was handed in already
    """
    ledger.take_many(MARKING, "release", markings, by=by, at=at)


def keep_marking(
    marking: Marking, *, points: int | None, note: str, by: Actor, at: datetime
) -> None:
    """Keep what an assessor has written so far; nobody else sees it. No event. Two queries.

    Points that could not be handed in are left out: they stay with whoever types them.

    :raises StepRefused: `assessor.not_assigned`, `assessor.license_lapsed`
    :raises StaleRecord: it was handed in, or taken away, meanwhile
    """
    _may_mark(marking, by, at=at, step="keep")
    fits = points is not None and 0 <= points <= marking.script.most_points
    said = {"points": points if fits else None, "note": _tidy(note)}
    if not Marking.objects.filter(pk=marking.pk, state=MarkingState.OPEN).update(**said):
        raise ledger.StaleRecord(f"marking {marking.pk} is no longer open")


def mark(marking: Marking, *, points: int, note: str, by: Actor, at: datetime) -> Event:
    """Hand in the points of one script, with a note that says why.

    :raises StepRefused: `marking.points`, `marking.note_short`, `marking.not_waiting`: the exam was
        interrupted meanwhile; `assessor.not_assigned`, `assessor.license_lapsed`
    :raises StaleRecord: it was handed in, or taken away, meanwhile
    """
    _may_mark(marking, by, at=at, step="hand_in")
    script = marking.script
    said = _tidy(note)
    waits = script.entry.state == EntryState.HANDED_IN
    facts = MarkingHandIn(points, script.most_points, len(said), waits)
    also = {"points": points, "note": said, "handed_in_at": at}
    return ledger.take(MARKING, "hand_in", marking, by=by, at=at, facts=facts, also=also)


def _may_mark(marking: Marking, by: Actor, *, at: datetime, step: str) -> None:
    if by.person_id is None or by.person_id != marking.assessor_id:
        raise ledger.StepRefused("assessor.not_assigned", step=step)
    if not people.is_licensed(by.person_id, on=timezone.localdate(at)):
        raise ledger.StepRefused("assessor.license_lapsed", step=step)


def _tidy(note: str) -> str:
    return note.replace("\x00", "").strip()[:MAX_NOTE]


def settle(*, by: Actor, at: datetime, seed: int, rng: random.Random) -> int:
    """Settle scripts that all their assessors have marked, or call a third; return how many moved on.

    One for which no third can be found is stepped over. About a dozen queries for up to 200.
    """
    last = 0
    while True:
        with transaction.atomic():
            rows = unsettled().filter(pk__gt=last).select_related("entry")
            batch = list(rows.select_for_update(of=("self",), skip_locked=True)[:BATCH])
            if not batch:
                return 0
            moved = _settle(batch, by=by, at=at, seed=seed, rng=rng)
        if moved:
            return moved
        last = batch[-1].pk


def _settle(
    scripts: Sequence[Script], *, by: Actor, at: datetime, seed: int, rng: random.Random
) -> int:
    given = {
        key: [m for m in markings if m.state == MarkingState.HANDED_IN]
        for key, markings in markings_of(scripts).items()
    }
    points = {key: [m.points or 0 for m in markings] for key, markings in given.items()}
    differ = [s for s in scripts if rules.is_third_needed(points[s.pk], most=s.most_points)]
    agreed = [s for s in scripts if s not in differ]
    drawn = _draw(differ, need=1, at=at, seed=seed, third=True)
    _open(differ, drawn, third=True, by=by, at=at, seed=seed, rng=rng)
    for script in agreed:
        script.points, script.settled_at = rules.settle(points[script.pk]), at
    Script.objects.bulk_update(agreed, ["points", "settled_at"])
    ledger.take_many(
        SCRIPT,
        "settle",
        agreed,
        by=by,
        at=at,
        facts=lambda s: ScriptSettlement(s.points, s.most_points, len(given[s.pk])),
    )
    # Who marked has examined, and does not decide.
    pairs = {(m.assessor_id, s.entry.person_id) for s in scripts for m in given[s.pk]}
    since = timezone.localdate(at)
    impartiality.tie_many(TieKind.EXAMINED, sorted(pairs), since=since, source=TIE_SOURCE)
    return len(agreed) + len(drawn)


def _draw(
    scripts: Sequence[Script], *, need: int, at: datetime, seed: int, third: bool = False
) -> dict[int, tuple[int, ...]]:
    """Return the assessors that each script lacks, by its key; who cannot get all is absent."""
    if not scripts:
        return {}
    on = timezone.localdate(at)
    free = pool(on=on, at=at)
    tied = ties.conflicts(free, {s.entry.person_id for s in scripts}, Act.EXAMINE, on=on)
    had = markings_of(scripts)
    cases = []
    for script in scripts:
        before = had[script.pk]
        live = 0 if third else sum(m.state != MarkingState.RELEASED for m in before)
        barred = {p for p in free if (p, script.entry.person_id) in tied}
        barred |= {m.assessor_id for m in before}
        if need > live:
            cases.append(panels.Case(script.pk, need - live, frozenset(barred)))
    return panels.assign(cases, free, seed=seed, load=queries.marking_loads(free))


def _open(
    scripts: Sequence[Script],
    drawn: Mapping[int, tuple[int, ...]],
    *,
    third: bool,
    by: Actor,
    at: datetime,
    seed: int,
    rng: random.Random,
) -> None:
    markings = [
        Marking(ref=refs.new(rng), script=script, assessor_id=assessor, third=third, opened_at=at)
        for script in scripts
        for assessor in drawn.get(script.pk, ())
    ]
    ledger.enter_many(
        MARKING,
        markings,
        by=by,
        at=at,
        facts=lambda m: MarkingOpening(m.script.ref, third, seed),
    )
