"""How does a sitting end, and how long are devices waited for that never handed in?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.exams.actions import remarks
from kompeten.exams.actions.arrivals import deadline, instant
from kompeten.exams.actions.intake import drain_all
from kompeten.exams.actions.planning import last_end
from kompeten.exams.chart import ENTRY, SITTING
from kompeten.exams.models import Entry, Sitting, Standing
from kompeten.exams.queries.records import count, counting, joined
from kompeten.exams.terms import Closing, EntryState, Recovery, Settling
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor


def close_sitting(sitting: Sitting, *, by: Actor, at: datetime) -> Event:
    """Close the sitting: who never came is absent, who worked and never handed in has handed in now.

    The vault is drained first. What was handed in is scored at once; the others wait for their
    devices until `exam_settle_hours` have passed, or `settle`. Whoever was interrupted stays so.

    :raises StepRefused: `sitting.time_left`: somebody still has time
    """
    drain_all(at=at)
    with transaction.atomic():
        # Whoever is being given a seat now has it before the list of the absent is drawn up.
        Sitting.objects.select_for_update().only("pk").get(pk=sitting.pk)
        unsettled = list(
            Entry.objects.filter(
                sitting=sitting, state__in=[EntryState.SEATED, EntryState.STARTED]
            ).order_by("id")
        )
        absent = [entry for entry in unsettled if entry.state == EntryState.SEATED]
        running = [entry for entry in unsettled if entry.state == EntryState.STARTED]
        facts = Closing(
            at=at, last_end=last_end(sitting), absent=len(absent), timed_out=len(running)
        )
        event = ledger.take(SITTING, "close", sitting, by=by, at=at, facts=facts)
        ledger.take_many(ENTRY, "miss", absent, by=by, at=at)
        heard = Standing.objects.filter(entry__in=absent, links__gt=0).select_related("entry")
        remarks.note((("exam.unopened", s.entry.ref, s.entry, 0) for s in heard), at=at)
        also = {"handed_in_at": at, "settles_at": deadline(at)}
        ledger.take_many(ENTRY, "time_out", running, by=by, at=at, also=also)
    return event


def settle(sitting: Sitting, *, by: Actor, at: datetime) -> int:
    """Wait no longer for devices that never handed in: score what is here; return for how many.

    What still comes is kept and shown to a person.
    """
    drain_all(at=at)
    waiting = list(
        Entry.objects.filter(
            sitting=sitting, state=EntryState.HANDED_IN, settles_at__gt=at
        ).order_by("id")
    )
    facts = Settling(sitting=sitting.ref)
    also = {"settles_at": at}
    ledger.take_many(ENTRY, "settle", waiting, by=by, at=at, facts=lambda _: facts, also=also)
    return len(waiting)


def recover(entries: Sequence[Entry], *, by: Actor, at: datetime) -> None:
    """Take what came in of these candidates as handed in: they were absent or interrupted.

    A part of the answers too; the house does that by itself only for whole hand-ins.

    :raises StepRefused: `exam.nothing_recovered`, or `seat.taken`: there is a makeup seat already
    """
    drain_all(at=at)
    for entry in entries:
        found = joined(entry)
        counts = counting(entry, found)
        answered = sum(choice is not None for choice in counts.values())
        facts = Recovery(
            answered=answered,
            blank=count(entry.form_digest) - answered,
            handed_in=found.handed_in is not None,
            via=found.handed_in_via.value if found.handed_in_via else "",
        )
        began = entry.sitting.opens_at if found.opened is None else instant(found.opened)
        ended = at if found.handed_in is None else instant(found.handed_in)
        also = {
            "started_at": entry.started_at or began,
            "handed_in_at": ended,
            "settles_at": None,
        }
        try:
            with transaction.atomic():
                ledger.take(ENTRY, "recover", entry, by=by, at=at, facts=facts, also=also)
        except IntegrityError as error:
            raise ledger.StepRefused("seat.taken", step="recover") from error
