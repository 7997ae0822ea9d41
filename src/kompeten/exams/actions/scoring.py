"""How do answers become sealed scores? In batches, after the sitting is closed, never before.

Who never handed in is waited for (`Entry.settles_at`): the device may still bring its answers.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kompeten.exams import queries
from kompeten.exams.chart import ENTRY, SITTING
from kompeten.exams.models import Entry, Score, Sitting
from kompeten.exams.queries.records import counting, joined_many
from kompeten.exams.rules.marks import line, mark
from kompeten.exams.terms import Completion, EntryState, Marks, Sealing, SittingState
from kompeten.foundation import ledger
from kompeten.itembank.queries import keys
from kompeten.kernel import digest
from kompeten.kernel.actors import SYSTEM


def score_next(*, at: datetime, limit: int = 200) -> int:
    """Score up to `limit` entries of closed sittings; return how many, 0 when none waits.

    Eight queries or so, whatever the number of entries.
    """
    with transaction.atomic():
        waiting = Entry.objects.filter(
            Q(settles_at=None) | Q(settles_at__lte=at),
            state=EntryState.HANDED_IN,
            sitting__state__in=[SittingState.CLOSED, SittingState.SCORED],
        )
        entries = list(waiting.select_related("sitting").order_by("sitting_id", "id")[:limit])
        if entries:
            _score(entries, at=at)
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


def _score(entries: Sequence[Entry], *, at: datetime) -> None:
    given = joined_many(entries)
    forms = {entry.form_digest for entry in entries}
    right = {form: keys.of_form(form) for form in forms}
    scores = {}
    for entry in entries:
        answers = counting(entry, given[entry.pk])
        marks = mark(answers, right[entry.form_digest])
        scores[entry.pk] = _sealed(entry, answers, marks, at=at)
    Score.objects.bulk_create(scores.values())
    ledger.take_many(
        ENTRY,
        "score",
        entries,
        by=SYSTEM,
        at=at,
        facts=lambda entry: Sealing(digest=scores[entry.pk].digest),
    )


def _sealed(entry: Entry, answers: dict[int, str | None], marks: Marks, *, at: datetime) -> Score:
    given = line(answers, items=marks.out_of)
    content = {
        "entry": entry.ref,
        "form": entry.form_digest,
        "answers": given,
        "points": marks.points,
        "out_of": marks.out_of,
        "by_domain": marks.by_domain,
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
