"""How do answers come in from a page that knows no chains? Each batch as a chain of one segment."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from kompeten.exams.actions.attempt import CHAIN_LENGTH, goes_on, refuse_strangers
from kompeten.exams.actions.intake import record
from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry
from kompeten.exams.queries.records import joined, milliseconds, options
from kompeten.exams.rules import rows
from kompeten.exams.rules.answers import batch_reasons
from kompeten.exams.terms import Answer, Saved
from kompeten.exams.terms.vault import Link, LinkKind, Received
from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor


def save(entry: Entry, answers: Sequence[Answer], *, key: str, by: Actor, at: datetime) -> Saved:
    """Keep a batch of answers that the client calls `key`; return what stands for these items now.

    :raises StepRefused: `entry.not_own`, `exam.not_started`, `answers.…`; then nothing was kept
    """
    refuse_strangers(entry, by)
    if reasons := batch_reasons(answers, key=key, options=options(entry.sitting.form_digest)):
        raise ledger.StepRefused(*reasons, step="save")
    if entry.started_at is None:
        raise ledger.StepRefused("exam.not_started", step="save")
    received = milliseconds(at)
    chain = sha256(f"{entry.ref}|{key}".encode()).hexdigest()[:CHAIN_LENGTH]
    links = [
        Link(LinkKind.ANSWER, a.item, a.choice or "", place, received)
        for place, a in enumerate(answers)
    ]
    kept = [rows.read(one.row) for one in journal().of(entry.ref)]
    before = [r.segment for r in kept if isinstance(r, Received) and r.segment.chain == chain]
    if before and [(k.item, k.choice) for k in before[0].links] != [
        (k.item, k.choice) for k in links
    ]:
        raise ledger.StepRefused("answers.key_reused", step="save")
    if not before:
        parent = goes_on(kept)
        segment = rows.segment(entry.ref, chain, links, parent=parent, sent=len(links))
        record([rows.segment_row(segment, received=received)], at=at)
    entry.refresh_from_db(fields=["state", "started_at", "extra_minutes"])
    found = joined(entry)
    late = any(kept_late.chain == chain for kept_late in found.late)
    said = {a.item: found.answers.get(a.item) for a in answers}
    return Saved(len(kept), late, bool(before), said)
