"""How do answers come in? This module is the only writer of answers.

Batches are appended, never changed; sent twice, they are kept once; after the end they are kept and
marked. What this module returns is on disk: the page may say "saved". Chains and receipts, offline
parcels and an intake process of its own come to stand here without the rest of the room knowing.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import lru_cache

from django.db import IntegrityError, transaction

from kompeten.exams import queries
from kompeten.exams.actions.attempt import refuse_strangers
from kompeten.exams.models import AnswerBatch, Entry
from kompeten.exams.rules.answers import batch_reasons
from kompeten.exams.terms import Answer, EntryState, Saved, Stage, plain_answers
from kompeten.foundation import ledger
from kompeten.itembank import queries as itembank
from kompeten.kernel.actors import Actor

IN_TIME = (EntryState.STARTED, EntryState.INTERRUPTED)


def save(entry: Entry, answers: Sequence[Answer], *, key: str, by: Actor, at: datetime) -> Saved:
    """Keep a batch of answers that the client calls `key`; return what stands for these items now.

    Idempotent by entry and key. A batch after the end, or after handing in, is kept as late and
    does not count. Two statements in one transaction.

    :raises StepRefused: `entry.not_own`, `exam.not_started`, `answers.…`; then nothing was kept
    """
    refuse_strangers(entry, by)
    if reasons := batch_reasons(answers, key=key, options=_options(entry.sitting.form_digest)):
        raise ledger.StepRefused(*reasons, step="save")
    kept = plain_answers(tuple(answers))
    try:
        with transaction.atomic():
            late = _is_late(entry, at)
            batch = AnswerBatch(entry=entry, key=key, answers=kept, received_at=at, late=late)
            batch.save(force_insert=True)
    except IntegrityError:
        return _again(entry, kept, key=key)
    if late:
        return Saved(batch.pk, True, False, _standing(entry, answers))
    return Saved(batch.pk, False, False, {answer.item: answer.choice for answer in answers})


def _is_late(entry: Entry, at: datetime) -> bool:
    """Say whether a batch that comes at `at` is too late, by what the entry is at this moment.

    The row is locked where the database can, so that closing and scoring wait for the batch or
    the batch sees them; SQLite has one writer anyway.
    """
    now = Entry.objects.select_for_update().only("state", "started_at", "extra_minutes")
    held = now.get(pk=entry.pk)
    if held.started_at is None:
        raise ledger.StepRefused("exam.not_started", step="save")
    held.sitting = entry.sitting
    return held.state not in IN_TIME or queries.phase(held, at=at).stage is not Stage.RUNNING


def _again(entry: Entry, sent: list[dict[str, object]], *, key: str) -> Saved:
    """Answer a batch that had come before; other answers under its name are refused, not lost.

    :raises StepRefused: `answers.key_reused`
    """
    batch = AnswerBatch.objects.get(entry=entry, key=key)
    if batch.answers != sent:
        raise ledger.StepRefused("answers.key_reused", step="save")
    answers = [Answer(a["item"], a["choice"]) for a in batch.answers]
    return Saved(batch.pk, batch.late, True, _standing(entry, answers))


def _standing(entry: Entry, answers: Sequence[Answer]) -> dict[int, str | None]:
    counts = queries.answers(entry)
    return {answer.item: counts.get(answer.item) for answer in answers}


@lru_cache(maxsize=16)
def _options(form_digest: str) -> Mapping[int, AbstractSet[str]]:
    """Return the option codes of each item of a form, kept by its digest as the paper is."""
    return {
        item.number: frozenset(code for code, _ in item.options)
        for case in itembank.paper(form_digest)
        for item in case.items
    }
