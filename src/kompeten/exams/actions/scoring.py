"""How do answers become sealed scores? In batches, after the sitting is closed, never before.

Who never handed in is waited for (`Entry.settles_at`): the device may still bring its answers.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from kompeten.exams import queries
from kompeten.exams.actions import marking, remarks
from kompeten.exams.actions.arrivals import deadline
from kompeten.exams.chart import ENTRY, SITTING
from kompeten.exams.models import Entry, Score, Script, Sitting
from kompeten.exams.queries.records import counting, essays, joined_many
from kompeten.exams.queries.scripts import laid
from kompeten.exams.rules.marks import line, mark
from kompeten.exams.terms import Completion, EntryState, Marks, Sealing, SittingState
from kompeten.exams.terms.joined import Joined
from kompeten.exams.terms.scripts import ScriptState
from kompeten.foundation import ledger
from kompeten.itembank.queries import keys
from kompeten.kernel import digest
from kompeten.kernel.actors import SYSTEM


def score_next(*, at: datetime, rng: random.Random, limit: int = 200) -> int:
    """Score up to `limit` entries of closed sittings; return how many moved on, 0 when none waits.

    Essays are laid before assessors first, and their entries scored once all of them are marked.
    Eight queries or so, whatever the number of entries.
    """
    marked = Script.objects.filter(entry=OuterRef("pk"), state=ScriptState.MARKING)
    with transaction.atomic():
        waiting = Entry.objects.filter(
            ~Exists(marked),
            Q(settles_at=None) | Q(settles_at__lte=at),
            state=EntryState.HANDED_IN,
            sitting__state__in=[SittingState.CLOSED, SittingState.SCORED],
        )
        entries = list(waiting.select_related("sitting").order_by("sitting_id", "id")[:limit])
        if entries:
            _score(entries, at=at, rng=rng)
    return len(entries)


def complete_next(*, at: datetime) -> int:
    """Note that closed sittings in which nothing is left to score are scored; return how many."""
    closed = Sitting.objects.filter(state=SittingState.CLOSED).order_by("id")
    done = 0
    for sitting in closed:
        held = queries.counts(sitting)
        if held.get(EntryState.HANDED_IN):
            continue
        facts = Completion(
            scored=held.get(EntryState.SCORED, 0),
            absent=held.get(EntryState.ABSENT, 0),
            interrupted=held.get(EntryState.INTERRUPTED, 0),
        )
        ledger.take(SITTING, "score", sitting, by=SYSTEM, at=at, facts=facts)
        done += 1
    return done


def _score(entries: Sequence[Entry], *, at: datetime, rng: random.Random) -> None:
    given = joined_many(entries)
    scripts, waits = _written(entries, given, at=at, rng=rng)
    entries = [entry for entry in entries if entry.pk not in waits]
    forms = {entry.form_digest for entry in entries}
    right = {form: keys.of_form(form) for form in forms}
    scores = {}
    for entry in entries:
        answers = counting(entry, given[entry.pk])
        mine = scripts.get(entry.pk, {})
        points = {number: script.points or 0 for number, script in mine.items()}
        marks = mark(answers, right[entry.form_digest], points)
        scores[entry.pk] = _sealed(entry, answers, marks, mine, at=at)
    Score.objects.bulk_create(scores.values())
    ledger.take_many(
        ENTRY,
        "score",
        entries,
        by=SYSTEM,
        at=at,
        facts=lambda entry: Sealing(digest=scores[entry.pk].digest),
    )


def _written(
    entries: Sequence[Entry], given: Mapping[int, Joined], *, at: datetime, rng: random.Random
) -> tuple[dict[int, dict[int, Script]], set[int]]:
    """Return the marked essays by entry and number, and the entries that cannot be scored yet.

    Those are laid before assessors now, or have texts on a device that have not come in.
    """
    asked = [entry for entry in entries if essays(entry.form_digest)]
    if not asked:
        return {}, set()
    owed = [entry for entry in asked if given[entry.pk].owed and not _is_settled(entry)]
    _put_off(owed, at=at)
    scripts = laid(asked)
    fresh: dict[Entry, dict[int, str]] = {}
    for entry in asked:
        counts = counting(entry, given[entry.pk])
        texts = {n: said for n in essays(entry.form_digest) if (said := counts.get(n))}
        new = {n: text for n, text in texts.items() if n not in scripts.get(entry.pk, {})}
        if new and entry not in owed:
            fresh[entry] = new
    marking.lay(fresh, by=SYSTEM, at=at, rng=rng)
    return scripts, {entry.pk for entry in (*owed, *fresh)}


def _is_settled(entry: Entry) -> bool:
    """Say whether a person said that no more is waited for."""
    return any(event.type == "entry.settled" for event in ledger.history("entry", entry.pk))


def _put_off(entries: Sequence[Entry], *, at: datetime) -> None:
    """Wait on for texts that are known to be on a device: a lost line is no blank essay."""
    if entries:
        keys_ = [entry.pk for entry in entries]
        Entry.objects.filter(pk__in=keys_).update(settles_at=deadline(at))
        remarks.note((("exam.essays_owed", e.ref, e, 0) for e in entries), at=at)


def _sealed(
    entry: Entry,
    answers: dict[int, str | None],
    marks: Marks,
    scripts: Mapping[int, Script],
    *,
    at: datetime,
) -> Score:
    asked = essays(entry.form_digest)
    worth = sum(task.most_points for task in asked.values())
    given = line(answers, items=marks.out_of - worth)
    content: dict[str, Any] = {
        "entry": entry.ref,
        "form": entry.form_digest,
        "answers": given,
        "points": marks.points,
        "out_of": marks.out_of,
        "by_domain": marks.by_domain,
    }
    if asked:
        content["essays"] = {
            str(n): {"text": script.digest, "points": script.points}
            for n, script in sorted(scripts.items())
        }
    return Score(
        entry=entry,
        application_id=entry.application_id,
        points=marks.points,
        out_of=marks.out_of,
        answered=marks.answered,
        by_domain={domain.value: list(pair) for domain, pair in marks.by_domain.items()},
        answers=given,
        digest=digest.of(content),
        scored_at=at,
    )
