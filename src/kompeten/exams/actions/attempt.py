"""How does a candidate start, go on elsewhere, and hand in? Only the candidate's own account may."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from kompeten.exams import queries
from kompeten.exams.actions.intake import record
from kompeten.exams.adapters.journal import journal
from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry
from kompeten.exams.queries.entries import window
from kompeten.exams.queries.records import milliseconds
from kompeten.exams.rules import clock, joining, rows
from kompeten.exams.terms import EntryState, HandIn, Paper, SittingState, Stage, Start
from kompeten.exams.terms.vault import Link, LinkKind, Opening, Received, Stated
from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor

CHAIN_LENGTH = 16


def start(entry: Entry, *, by: Actor, at: datetime) -> Paper:
    """Start the exam, or go on with it on this device; return the paper with what is answered.

    The opening is in the vault when this returns.

    :raises StepRefused: `entry.not_own`, `exam.not_yet_open`, `exam.window_is_over`,
        `exam.time_is_over`, `sitting.not_open`, or it is handed in (`step.not_open`)
    """
    refuse_strangers(entry, by)
    if entry.state == EntryState.SEATED:
        _start(entry, by=by, at=at)
        opening = rows.opening_row(entry.ref, _chain(entry, "start"), received=milliseconds(at))
        record([opening], at=at)
    if entry.state != EntryState.STARTED:
        raise ledger.StepRefused("step.not_open", step="start")
    if queries.phase(entry, at=at).stage is not Stage.RUNNING:
        raise ledger.StepRefused("exam.time_is_over", step="start")
    return queries.paper(entry, at=at)


def hand_in(entry: Entry, *, by: Actor, at: datetime) -> HandIn:
    """Hand the answers in, blanks and all; a second time changes nothing.

    :raises StepRefused: `entry.not_own`, or it was not started
    """
    refuse_strangers(entry, by)
    done = queries.progress(entry)
    facts = HandIn(answered=done.answered, blank=done.blank)
    if entry.state != EntryState.HANDED_IN:
        also = {"handed_in_at": at}
        ledger.take(ENTRY, "hand_in", entry, by=by, at=at, facts=facts, also=also)
        received = milliseconds(at)
        kept = [rows.read(one.row) for one in journal().of(entry.ref)]
        last = Link(LinkKind.HANDED_IN, 0, "", 0, received)
        segment = rows.segment(
            entry.ref, _chain(entry, "hand_in"), [last], parent=goes_on(kept), sent=0
        )
        record([rows.segment_row(segment, received=received)], at=at)
    return facts


def goes_on(kept: Iterable[Received | Opening | Stated]) -> str:
    """Return what a chain of this house's own names as its parent: the last known link."""
    received, _, _ = rows.apart(kept)
    heads = joining.join(received).heads
    return "{}:{}:{}".format(*heads[0]) if heads else ""


def _chain(entry: Entry, act: str) -> str:
    said = f"{entry.ref}|{act}|{entry.reseated_at}"
    return sha256(said.encode()).hexdigest()[:CHAIN_LENGTH]


def refuse_strangers(entry: Entry, by: Actor) -> None:
    """Let nobody but the candidate act on an attempt.

    :raises StepRefused: `entry.not_own`
    """
    if by.person_id is None or by.person_id != entry.person_id:
        raise ledger.StepRefused("entry.not_own")


def _start(entry: Entry, *, by: Actor, at: datetime) -> None:
    facts = Start(
        sitting=SittingState(entry.sitting.state),
        stage=queries.phase(entry, at=at).stage,
        ends_at=clock.ends_at(
            window(entry),
            minutes=entry.sitting.minutes,
            started_at=at,
            extra_minutes=entry.extra_minutes,
        ),
    )
    try:
        ledger.take(ENTRY, "start", entry, by=by, at=at, facts=facts, also={"started_at": at})
    except ledger.StaleRecord:
        # Two devices pressed at once: the other one started, this one goes on with it.
        entry.refresh_from_db(fields=["state", "started_at"])
