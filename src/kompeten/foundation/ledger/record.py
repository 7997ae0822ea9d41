"""How does a record come into being and move? The only code that sets `state`, and it writes the event."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from kompeten.foundation.ledger.errors import StaleRecord, StepRefused
from kompeten.foundation.ledger.followers import ring
from kompeten.foundation.ledger.models import Event
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, Step

BATCH = 500

Facts = Any  # the frozen dataclass that the chart names, or None
FactsOf = Callable[[Any], Facts]


def enter(chart: Chart, record: Any, *, by: Actor, at: datetime, facts: Facts = None) -> Event:
    """Write a new `record` in the chart's first state, with its `<name>.opened` event.

    :raises StepRefused: `role.not_held`
    """
    _permit_opening(chart, by)
    record.state = chart.initial.value
    with transaction.atomic(savepoint=False):
        record.save(force_insert=True)
        event = _event(chart, None, record, "", by=by, at=at, facts=facts)
        event.save(force_insert=True)
        ring(event.type)
    return event


def enter_many(
    chart: Chart, records: Sequence[Any], *, by: Actor, at: datetime, facts: FactsOf | None = None
) -> None:
    """Write many new records of one kind with their events, in a few statements per 500.

    :raises StepRefused: `role.not_held`; then nothing is written
    """
    _permit_opening(chart, by)
    if not records:
        return
    for record in records:
        record.state = chart.initial.value
    with transaction.atomic(savepoint=False):
        type(records[0])._base_manager.bulk_create(records, batch_size=BATCH)
        _write(chart, None, [(r, "") for r in records], by=by, at=at, facts=facts)


def take(
    chart: Chart,
    verb: str,
    record: Any,
    *,
    by: Actor,
    at: datetime,
    facts: Facts = None,
    also: Mapping[str, Any] | None = None,
) -> Event:
    """Take one step: move `record`, set the columns in `also`, write the event, ring the followers.

    One conditional UPDATE instead of a row lock: of two racing processes, on SQLite as on
    PostgreSQL, one changes a row and the other changes none. `record` in memory follows the row.

    :raises StepRefused: the actor's role, the record's state or the guard says no
    :raises StaleRecord: somebody moved the record since it was read; nothing was written
    """
    arrow = _permitted(chart, verb, (record,), by=by)
    _guarded(arrow, facts)
    source, changes = str(record.state), _changes(arrow, also)
    with transaction.atomic(savepoint=False):
        rows = type(record)._base_manager.filter(pk=record.pk, state=source)
        if moved := rows.update(**changes):
            event = _event(chart, arrow, record, source, by=by, at=at, facts=facts)
            event.save(force_insert=True)
            ring(event.type)
    if not moved:
        raise StaleRecord(f"{chart.name} {record.pk} is no longer {source}")
    _follow(record, changes)
    return event


def take_many(
    chart: Chart,
    verb: str,
    records: Sequence[Any],
    *,
    by: Actor,
    at: datetime,
    facts: FactsOf | None = None,
    also: Mapping[str, Any] | None = None,
) -> None:
    """Take the same step on many records: all of them or none, in a few statements per 500.

    `facts` gives each record's facts; `also` sets the same columns on all.

    :raises StepRefused: one of them may not; nothing was written
    :raises StaleRecord: one of them was moved by somebody else; nothing was written
    """
    if not records:
        return
    arrow = _permitted(chart, verb, records, by=by)
    if arrow.guard is not None:
        for record in records:
            _guarded(arrow, facts(record) if facts else None)
    before = [(record, str(record.state)) for record in records]
    changes = _changes(arrow, also)
    with transaction.atomic():
        for group in _by_state(before):
            rows = type(records[0])._base_manager.filter(pk__in=group[1], state=group[0])
            if rows.update(**changes) != len(group[1]):
                raise StaleRecord(f"a {chart.name} of the batch was moved by somebody else")
        _write(chart, arrow, before, by=by, at=at, facts=facts)
    for record in records:
        _follow(record, changes)


def claim(records: Sequence[Any]) -> None:
    """Keep everybody else from moving `records` until the caller's transaction ends.

    For a step that writes columns of its own first: of two who take the same batch the second finds
    it moved before it has written anything. One query per 500. SQLite has one writer at a time, so
    there the look alone tells.

    :raises StaleRecord: one of them was moved since it was read
    """
    for state, keys in _by_state([(record, str(record.state)) for record in records]):
        rows = type(records[0])._base_manager.select_for_update(of=("self",))
        held = rows.filter(pk__in=keys, state=state).order_by("pk").values_list("pk", flat=True)
        if len(held) != len(keys):
            raise StaleRecord(f"one of {len(keys)} is no longer {state}")


def _permit_opening(chart: Chart, by: Actor) -> None:
    if not by.may(chart.opened_by | {Role.SYSTEM}):
        raise StepRefused("role.not_held", step="open")
    if by.helped_by is not None and not chart.opens_with_help:
        raise StepRefused("role.helped", step="open")


def _permitted(chart: Chart, verb: str, records: Iterable[Any], *, by: Actor) -> Step:
    arrow = chart.of(verb)
    if not by.may(arrow.roles):
        raise StepRefused("role.not_held", step=verb)
    if by.helped_by is not None and not arrow.with_help:
        raise StepRefused("role.helped", step=verb)
    if any(str(record.state) not in arrow.source for record in records):
        raise StepRefused("step.not_open", step=verb)
    return arrow


def _guarded(arrow: Step, facts: Facts) -> None:
    reasons = () if arrow.guard is None else arrow.guard(facts)
    if reasons:
        raise StepRefused(*reasons, step=arrow.verb)


def _changes(arrow: Step, also: Mapping[str, Any] | None) -> dict[str, Any]:
    changes = dict(also or {})
    if arrow.target is not None:
        changes["state"] = arrow.target
    # A step that stays still has to touch the row, or nobody could tell a lost race.
    return changes or {"state": models.F("state")}


def _follow(record: Any, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if not isinstance(value, models.F):
            setattr(record, name, value)


def _by_state(before: Sequence[tuple[Any, str]]) -> list[tuple[str, list[Any]]]:
    groups: list[tuple[str, list[Any]]] = []
    for state in sorted({state for _, state in before}):
        keys = [record.pk for record, held in before if held == state]
        groups += [(state, keys[i : i + BATCH]) for i in range(0, len(keys), BATCH)]
    return groups


def _write(
    chart: Chart,
    arrow: Step | None,
    before: Sequence[tuple[Any, str]],
    *,
    by: Actor,
    at: datetime,
    facts: FactsOf | None,
) -> None:
    events = [
        _event(chart, arrow, r, state, by=by, at=at, facts=facts(r) if facts else None)
        for r, state in before
    ]
    Event.objects.bulk_create(events, batch_size=BATCH)
    ring(events[0].type)


def _event(
    chart: Chart,
    arrow: Step | None,
    record: Any,
    source: str,
    *,
    by: Actor,
    at: datetime,
    facts: Facts,
) -> Event:
    allowed = chart.opened_by if arrow is None else arrow.roles
    target = chart.initial.value if arrow is None else (arrow.target or source)
    return Event(
        type=chart.opened if arrow is None else arrow.event,
        subject=chart.name,
        subject_id=record.pk,
        source=source,
        target=target,
        actor_id=by.account_id,
        actor_role=_role(by, allowed),
        helper_id=None if by.helped_by is None else by.helped_by.account_id,
        at=at,
        facts={} if facts is None else plain(facts),
    )


def _role(by: Actor, allowed: frozenset[Role]) -> str:
    """Return the role the actor used: the first in the enum's order that opens the step.

    Every person is an applicant besides, so that part is named only where no other one fits.
    """
    fitting = [role for role in Role if role in by.roles and role in allowed]
    fitting.sort(key=lambda role: role is Role.APPLICANT)
    return fitting[0].value if fitting else "system"
