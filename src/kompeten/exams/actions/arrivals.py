"""What do records that came in do to the seats they belong to? They start, hand in, and bring back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from kompeten.exams.actions import remarks
from kompeten.exams.actions.planning import open_sitting
from kompeten.exams.actions.remarks import Found
from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry, Score
from kompeten.exams.queries.entries import states_of, window
from kompeten.exams.queries.records import count, counting, essays, options
from kompeten.exams.queries.scripts import laid
from kompeten.exams.rules import clock
from kompeten.exams.rules.marks import line
from kompeten.exams.terms import (
    HOLDING,
    OPEN_EARLY,
    EntryState,
    HandIn,
    Recovery,
    SittingState,
    Stage,
    Start,
)
from kompeten.exams.terms.joined import Joined
from kompeten.foundation import ledger
from kompeten.kernel.actors import SYSTEM

MISSED = (EntryState.ABSENT, EntryState.INTERRUPTED)
OVER = (SittingState.CLOSED, SittingState.SCORED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An entry to which records came, what stands of it now, and the vault's number of the last one."""

    entry: Entry
    joined: Joined
    number: int

    @property
    def done(self) -> HandIn:
        """How many items are answered and how many blank."""
        counts = counting(self.entry, self.joined).values()
        answered = sum(choice is not None for choice in counts)
        return HandIn(answered, count(self.entry.form_digest) - answered)

    @property
    def recovery(self) -> Recovery:
        """The same, with how it came."""
        via, done = self.joined.handed_in_via, self.done
        handed_in = self.joined.handed_in is not None
        return Recovery(done.answered, done.blank, handed_in, via.value if via else "")


def settle(arrivals: Sequence[Arrival], *, at: datetime) -> None:
    """Move every seat as far as its records say. A few statements, and none a seat.

    What cannot be done by rule is left for a person, with a remark.
    """
    _open_doors(arrivals, at=at)
    _start([a for a in arrivals if _may_start(a)], at=at)
    _hand_in([a for a in arrivals if _hands_in(a)], at=at)
    _deliver([a for a in arrivals if _delivers(a)], at=at)
    found = _recover([a for a in arrivals if _comes_back(a)], at=at)
    found += _late(arrivals)
    remarks.note(found, at=at)


def deadline(at: datetime) -> datetime:
    """Return until when a sitting closed at `at` waits for devices that never handed in."""
    return at + timedelta(hours=settings.OPTIONS.exam_settle_hours)


def _open_doors(arrivals: Iterable[Arrival], *, at: datetime) -> None:
    """Open sittings whose time has come and whose door nobody opened: devices do not wait for that."""
    waiting = {
        a.entry.sitting_id: a.entry.sitting
        for a in arrivals
        if a.entry.sitting.state == SittingState.PLANNED
        and a.entry.sitting.opens_at - OPEN_EARLY <= at < a.entry.sitting.closes_at
    }
    for sitting in waiting.values():
        open_sitting(sitting, by=SYSTEM, at=at)
    for a in arrivals:
        if a.entry.sitting_id in waiting:
            a.entry.sitting.state = waiting[a.entry.sitting_id].state


def _may_start(a: Arrival) -> bool:
    is_open = a.entry.state == EntryState.SEATED and a.entry.sitting.state == SittingState.OPEN
    return is_open and _began(a)


def _began(a: Arrival) -> bool:
    """Say whether the attempt was opened while it could be."""
    entry, opened = a.entry, a.joined.opened
    if opened is None:
        return False
    phase = clock.phase(
        window(entry),
        minutes=entry.sitting.minutes,
        started_at=None,
        extra_minutes=entry.extra_minutes,
        # The vault counts whole milliseconds: a window that opens within one is not before itself.
        at=max(instant(opened), entry.sitting.opens_at),
    )
    return phase.stage is Stage.READY


def _hands_in(a: Arrival) -> bool:
    return a.entry.state == EntryState.STARTED and a.joined.handed_in is not None


def _delivers(a: Arrival) -> bool:
    entry, handed_in = a.entry, a.joined.handed_in
    return (
        entry.state == EntryState.HANDED_IN
        and entry.settles_at is not None
        and handed_in is not None
    )


def _comes_back(a: Arrival) -> bool:
    """Say whether a missed exam was sat after all: somebody absent worked, or handed in in time.

    What was interrupted comes back by a hand-in only: a part of the answers is not an exam.
    """
    entry, found = a.entry, a.joined
    if entry.sitting.state not in OVER or entry.state not in MISSED or not _began(a):
        return False
    answered = any(found.answers.values()) or any(found.texts.values())
    return found.handed_in is not None or (entry.state == EntryState.ABSENT and answered)


def _start(arrivals: Sequence[Arrival], *, at: datetime) -> None:
    for a in arrivals:
        a.entry.started_at = instant(a.joined.opened or 0)
    _write([a.entry for a in arrivals], "started_at")
    ledger.take_many(
        ENTRY,
        "start",
        [a.entry for a in arrivals],
        by=SYSTEM,
        at=at,
        facts=_facts(arrivals, _begun),
    )


def _begun(a: Arrival) -> Start:
    return Start(
        sitting=SittingState(a.entry.sitting.state),
        stage=Stage.READY,
        ends_at=instant(a.joined.ends or 0),
    )


def _hand_in(arrivals: Sequence[Arrival], *, at: datetime) -> None:
    for a in arrivals:
        a.entry.handed_in_at = instant(a.joined.handed_in or 0)
    _write([a.entry for a in arrivals], "handed_in_at")
    facts = _facts(arrivals, lambda a: a.done)
    ledger.take_many(ENTRY, "hand_in", [a.entry for a in arrivals], by=SYSTEM, at=at, facts=facts)


def _deliver(arrivals: Sequence[Arrival], *, at: datetime) -> None:
    for a in arrivals:
        a.entry.handed_in_at = instant(a.joined.handed_in or 0)
    _write([a.entry for a in arrivals], "handed_in_at")
    ledger.take_many(
        ENTRY,
        "deliver",
        [a.entry for a in arrivals],
        by=SYSTEM,
        at=at,
        facts=_facts(arrivals, lambda a: a.recovery),
        also={"settles_at": None},
    )


def _recover(arrivals: Sequence[Arrival], *, at: datetime) -> list[Found]:
    """Bring back who was missed; return remarks on those who hold another seat by now."""
    held = states_of(a.entry.application_id for a in arrivals) if arrivals else {}
    seated = {key for key, states in held.items() if set(states) & set(HOLDING)}
    free = [
        a for a in arrivals if a.entry.application_id not in seated and _is_something(a.recovery)
    ]
    for a in free:
        handed_in = a.joined.handed_in
        a.entry.started_at = instant(a.joined.opened or 0)
        a.entry.handed_in_at = at if handed_in is None else instant(handed_in)
        a.entry.settles_at = deadline(at) if handed_in is None else None
    _write([a.entry for a in free], "started_at", "handed_in_at", "settles_at")
    ledger.take_many(
        ENTRY,
        "recover",
        [a.entry for a in free],
        by=SYSTEM,
        at=at,
        facts=_facts(free, lambda a: a.recovery),
    )
    return [
        ("exam.late_hand_in", a.entry.ref, a.entry, a.number)
        for a in arrivals
        if a.entry.application_id in seated
    ]


def _is_something(recovery: Recovery) -> bool:
    return recovery.handed_in or recovery.answered > 0


def _late(arrivals: Sequence[Arrival]) -> list[Found]:
    """Return remarks on answers that came too late, or after the score was sealed."""
    scored = [a for a in arrivals if a.entry.state == EntryState.SCORED]
    sealed: Mapping[int, str] = {}
    if scored:
        rows = Score.objects.filter(entry__in=[a.entry.pk for a in scored])
        sealed = dict(rows.values_list("entry_id", "answers"))
    late = [a for a in arrivals if any(not kept.after_hand_in for kept in a.joined.late)]
    late += [a for a in scored if sealed[a.entry.pk] != _line(a)]
    found: list[Found] = [("exam.late_arrival", a.entry.ref, a.entry, a.number) for a in late]
    return found + [
        ("exam.late_essay", a.entry.ref, a.entry, a.number) for a in _rewritten(arrivals)
    ]


def _rewritten(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Return those whose essays say something else now than what was laid before assessors."""
    asked = [a for a in arrivals if essays(a.entry.form_digest)]
    scripts = laid(a.entry for a in asked) if asked else {}
    found = []
    for a in asked:
        if a.entry.pk not in scripts and a.entry.state != EntryState.SCORED:
            continue  # nothing is before assessors yet
        counts = counting(a.entry, a.joined)
        texts = {n: counts[n] for n in essays(a.entry.form_digest) if counts.get(n)}
        before = {n: script.text for n, script in scripts.get(a.entry.pk, {}).items()}
        if texts != before:
            found.append(a)
    return found


def _line(a: Arrival) -> str:
    items = len(options(a.entry.form_digest))
    return line(counting(a.entry, a.joined), items=items)


def _facts(arrivals: Iterable[Arrival], made: Callable[[Arrival], Any]) -> Callable[[Entry], Any]:
    by_key = {a.entry.pk: a for a in arrivals}
    return lambda entry: made(by_key[entry.pk])


def _write(entries: Sequence[Entry], *columns: str) -> None:
    # Each entry has instants of its own; a step sets the same columns on all.
    if entries:
        Entry.objects.bulk_update(entries, columns, batch_size=500)


def instant(milliseconds: int) -> datetime:
    """Return milliseconds since 1970 as an instant."""
    return datetime.fromtimestamp(milliseconds / 1_000, tz=UTC)
