"""What if something fails? A technical failure is never a score: the seat is interrupted and given back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry
from kompeten.exams.terms import (
    Adjustment,
    AdjustmentGround,
    ExtraTime,
    Incident,
    Reseating,
    SittingState,
)
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor


def interrupt(entry: Entry, *, reason: str, by: Actor, at: datetime) -> Event:
    """Note that a technical failure broke off this attempt; its answers stay on record.

    :raises StepRefused: it is scored already (`step.not_open`): then it is a matter for an appeal
    """
    facts = Incident(reason=reason)
    return ledger.take(ENTRY, "interrupt", entry, by=by, at=at, facts=facts)


def reseat(entry: Entry, *, by: Actor, at: datetime, extra_minutes: int = 0) -> Event:
    """Let an interrupted candidate start again in the same sitting, with minutes on top if given.

    Answers given before the failure still stand.

    :raises StepRefused: `sitting.over_take_makeup`, `time.minutes_out_of_range`, `seat.taken`
        (there is a makeup seat already)
    """
    state = SittingState(entry.sitting.state)
    also = {
        "started_at": None,
        "handed_in_at": None,
        "settles_at": None,
        "reseated_at": at,
        "extra_minutes": F("extra_minutes") + extra_minutes,
    }
    facts = Reseating(sitting=state, minutes=extra_minutes)
    try:
        with transaction.atomic():
            event = ledger.take(ENTRY, "reseat", entry, by=by, at=at, facts=facts, also=also)
    except IntegrityError as error:
        raise ledger.StepRefused("seat.taken", step="reseat") from error
    entry.refresh_from_db(fields=["extra_minutes"])
    return event


def give_time(
    entries: Sequence[Entry], *, minutes: int, reason: str, by: Actor, at: datetime
) -> None:
    """Give each of these candidates `minutes` on top, beyond the window too, for a stated reason.

    :raises StepRefused: `time.minutes_out_of_range`, `time.no_reason`
    """
    facts = ExtraTime(minutes=minutes, reason=reason)
    also = {"extra_minutes": F("extra_minutes") + minutes}
    before = [entry.extra_minutes for entry in entries]
    ledger.take_many(ENTRY, "extend", entries, by=by, at=at, facts=lambda _: facts, also=also)
    for entry, had in zip(entries, before, strict=True):
        entry.extra_minutes = had + minutes


def interrupt_many(entries: Sequence[Entry], *, reason: str, by: Actor, at: datetime) -> None:
    """Note that one outage broke off all these attempts; their answers stay on record.

    `queries.affected` finds them. All or none, in a few statements.

    :raises StepRefused: one of them is scored already
    """
    facts = Incident(reason=reason)
    ledger.take_many(ENTRY, "interrupt", entries, by=by, at=at, facts=lambda _: facts)


def adjust(
    entry: Entry,
    *,
    minutes: int,
    breaks: int,
    ground: AdjustmentGround,
    by: Actor,
    at: datetime,
) -> Event:
    """Agree on extra time and breaks before the start: they take the place of what was agreed before.

    The time of the breaks is in the minutes. Nothing is said of why the person needs them.

    :raises StepRefused: `time.minutes_out_of_range`, `adjustment.breaks_out_of_range`, or it was started
    """
    facts = Adjustment(minutes=minutes, breaks=breaks, ground=ground)
    also = {"extra_minutes": minutes, "breaks": breaks}
    return ledger.take(ENTRY, "adjust", entry, by=by, at=at, facts=facts, also=also)
