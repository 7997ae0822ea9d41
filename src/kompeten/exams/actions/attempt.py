"""How does a candidate start, go on elsewhere, and hand in? Only the candidate's own account may."""

from datetime import datetime

from kompeten.exams import queries
from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry
from kompeten.exams.queries.entries import window
from kompeten.exams.rules import clock
from kompeten.exams.terms import EntryState, HandIn, Paper, SittingState, Stage, Start
from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor


def start(entry: Entry, *, by: Actor, at: datetime) -> Paper:
    """Start the exam, or go on with it on this device; return the paper with what is answered.

    Going on writes nothing. Three statements and one query.

    :raises StepRefused: `entry.not_own`, `exam.not_yet_open`, `exam.window_is_over`,
        `exam.time_is_over`, `sitting.not_open`, or it is handed in (`step.not_open`)
    """
    refuse_strangers(entry, by)
    if entry.state == EntryState.SEATED:
        _start(entry, by=by, at=at)
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
    return facts


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
