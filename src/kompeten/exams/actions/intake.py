"""How do answers come into the room? Drained from the vault, in its order, each row once.

The vault is where an answer is safe; here it begins to count. Nothing is judged away: what is late,
unknown or of no seat is kept, and a person is told.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from kompeten.exams.actions import arrivals, remarks, standing
from kompeten.exams.actions.arrivals import Arrival
from kompeten.exams.actions.remarks import Found
from kompeten.exams.actions.standing import Came
from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry, Mark, Record, Standing
from kompeten.exams.queries.records import essays, joined_from, options, records
from kompeten.exams.rules import rows as reading
from kompeten.exams.terms import EntryState
from kompeten.exams.terms.vault import LinkKind, Received, Row, Stated, Stored
from kompeten.foundation.ledger import StaleRecord

log = logging.getLogger("kompeten.exams")
BATCH = 500
VAULT = "vault"
WORKING = (EntryState.STARTED, EntryState.HANDED_IN)


def drain(*, at: datetime) -> int:
    """Take up to 500 rows of the vault into the room; return how many, 0 when none waits.

    One transaction, a constant number of statements; workers take turns. A vault that was put back
    from a copy, so that the last row read is not in it, is read again from its beginning.
    """
    with transaction.atomic():
        Mark.objects.get_or_create(name=VAULT)
        mark = Mark.objects.select_for_update().get(name=VAULT)
        if stored := _next(mark.number):
            last = stored[-1].id
            _take_in_safely(stored, again=stored[0].id <= mark.highest, at=at)
            highest = max(mark.highest, last)
            Mark.objects.filter(name=VAULT).update(number=last, highest=highest)
    return len(stored)


def drain_all(*, at: datetime) -> int:
    """Take in everything the vault holds now; return the number of rows."""
    total = 0
    while count := drain(at=at):
        total += count
        if count < BATCH:
            break
    return total


def record(rows: Sequence[Row], *, at: datetime) -> None:
    """Keep rows in the vault and take them in: the path of everybody, for plays without a browser."""
    if rows:
        journal().append(rows)
    drain_all(at=at)


def _next(number: int) -> list[Stored]:
    """Return the rows after `number`, or the first ones where that row is gone."""
    if number:
        stored = journal().after(number - 1, limit=BATCH + 1)
        if stored and stored[0].id == number:
            return stored[1:]
    return journal().after(0, limit=BATCH)


def _take_in_safely(stored: Sequence[Stored], *, again: bool, at: datetime) -> None:
    """Take rows in, and leave out none but those that stop the others: they stay in the vault."""
    # An isolation point: one row that this house cannot digest must not hold up sixteen thousand.
    try:
        with transaction.atomic():
            _take_in(stored, again=again, at=at)
    except (StaleRecord, OperationalError, InterfaceError):
        raise  # nothing is wrong with the rows: they are taken in at the next try
    except Exception:
        if len(stored) > 1:
            half = len(stored) // 2
            for part in (stored[:half], stored[half:]):
                _take_in_safely(part, again=again, at=at)
            return
        log.exception("row %s of the vault cannot be taken in", stored[0].id)
        remarks.note([("exam.unread", stored[0].row.attempt, None, stored[0].id)], at=at)


def _take_in(stored: Sequence[Stored], *, again: bool, at: datetime) -> None:
    refs = {one.row.attempt for one in stored}
    entries = {e.ref: e for e in Entry.objects.filter(ref__in=refs).select_related("sitting")}
    known = [one for one in stored if one.row.attempt in entries]
    found: list[Found] = [
        ("exam.unknown_attempt", one.row.attempt, None, one.id)
        for one in stored
        if one.row.attempt not in entries
    ]
    _keep(known, entries)
    came: dict[str, list[Came]] = {}
    numbers: dict[str, int] = {}
    for one in known:
        came.setdefault(one.row.attempt, []).append(reading.read(one.row))
        numbers[one.row.attempt] = one.id
    found += [
        ("exam.unknown_item", ref, entries[ref], numbers[ref])
        for ref, some in came.items()
        if _has_unknown(entries[ref], some)
    ]
    remarks.note(found, at=at)
    stand = standing.standings(entries.values())
    whole = _whole(entries, came, stand, again=again)
    settled = []
    for ref, some in came.items():
        entry = entries[ref]
        if again:
            standing.recount(stand[entry.pk], entry, whole[ref])
        else:
            standing.add(stand[entry.pk], entry, some)
        if ref in whole or stand[entry.pk].is_odd:
            settled.append(ref)
    missing = [entries[ref].pk for ref in settled if ref not in whole]
    late = records(missing) if missing else {}
    moved = []
    for ref in settled:
        entry = entries[ref]
        joined = joined_from(entry, whole[ref] if ref in whole else late.get(entry.pk, []))
        standing.read_in_full(stand[entry.pk], joined)
        moved.append(Arrival(entry, joined, numbers[ref]))
    standing.keep({entries[ref].pk: stand[entries[ref].pk] for ref in came})
    arrivals.settle(moved, at=at)


def _keep(stored: Iterable[Stored], entries: dict[str, Entry]) -> None:
    Record.objects.bulk_create(
        [
            Record(
                entry=entries[one.row.attempt],
                number=one.id,
                kind=one.row.kind.value,
                chain=one.row.chain,
                first=one.row.first,
                last=one.row.last,
                head=one.row.head,
                body=one.row.body.decode(),
                received=one.row.received,
                via=one.row.via.value,
            )
            for one in stored
        ],
        ignore_conflicts=True,
    )


def _whole(
    entries: dict[str, Entry],
    came: dict[str, list[Came]],
    stand: dict[int, Standing],
    *,
    again: bool,
) -> dict[str, list[Came]]:
    """Return everything there is of the attempts whose seat may move, by reference. One query."""
    wanted = [ref for ref, some in came.items() if again or _may_move(entries[ref], some)]
    # What has no standing yet is all here: most people start and work in one place.
    first = [ref for ref in wanted if not again and not stand[entries[ref].pk].contact]
    rest = [ref for ref in wanted if again or stand[entries[ref].pk].contact]
    held = records(entries[ref].pk for ref in rest) if rest else {}
    return {ref: came[ref] for ref in first} | {ref: held[entries[ref].pk] for ref in rest}


def _may_move(entry: Entry, some: Sequence[Came]) -> bool:
    if entry.state not in WORKING:
        return True
    return any(
        isinstance(one, Stated)
        or (
            isinstance(one, Received)
            and any(link.kind == LinkKind.HANDED_IN for link in one.segment.links)
        )
        for one in some
    )


def _has_unknown(entry: Entry, some: Iterable[Came]) -> bool:
    known, asked = options(entry.form_digest), essays(entry.form_digest)
    for one in some:
        if isinstance(one, Received):
            for link in one.segment.links:
                if link.kind == LinkKind.EDIT and link.item not in asked:
                    return True
                if link.kind != LinkKind.ANSWER:
                    continue
                if link.item not in known or (link.choice and link.choice not in known[link.item]):
                    return True
        elif isinstance(one, Stated) and any(
            item not in known or (choice and choice not in known[item])
            for item, choice in one.answers.items()
        ):
            return True
    return False
