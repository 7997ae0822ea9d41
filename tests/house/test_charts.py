"""Is every lifecycle one that can end, with names that read as what happened?"""

import re
from dataclasses import is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation.models import Event
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart
from tests.house.code import all_charts, charts

CHARTS = all_charts()
PAST = re.compile(r"[a-z_]*ed(_[a-z_]+)?$")
IRREGULAR = {
    "begun", "broken", "brought", "chosen", "drawn", "found", "given", "held", "kept", "left", "lost",
    "made", "met", "put", "read", "run", "sat", "sent", "set", "shown", "shut", "taken", "told",
    "withdrawn", "written",
}  # fmt: skip
BY_NAME = pytest.mark.parametrize("chart", CHARTS, ids=[chart.name for chart in CHARTS])


def reachable(chart: Chart, state: str) -> set[str]:
    """Return the states that some way leads to from `state`, itself included."""
    seen, waiting = {state}, [state]
    while waiting:
        here = waiting.pop()
        further = {s.target for s in chart.steps if here in s.source and s.target} - seen
        seen |= further
        waiting += sorted(further)
    return seen


def rests(chart: Chart, state: str) -> bool:
    """Say whether a record may stay in `state`: final, or open to correction but past its beginning."""
    near = reachable(chart, state)
    is_settled = all(state in reachable(chart, other) for other in near)
    return chart.is_final(state) or (is_settled and chart.initial.value not in near)


def can_end_from(chart: Chart, state: str) -> bool:
    """Say whether some way leads from `state` to where a record may stay."""
    return any(rests(chart, other) for other in reachable(chart, state))


def test_no_two_charts_share_a_name() -> None:
    names = [chart.name for chart in CHARTS]

    assert len(names) == len(set(names)) > 0


@BY_NAME
@given(choices=st.lists(st.integers(min_value=0, max_value=20), max_size=15))
def test_wherever_a_walk_leads_it_can_end(chart: Chart, choices: list[int]) -> None:
    state: str = chart.initial.value
    for choice in choices:
        steps = chart.open_steps(state, frozenset(Role))
        if not steps:
            break
        state = steps[choice % len(steps)].target or state

    assert can_end_from(chart, state)
    assert chart.is_final(state) or chart.open_steps(state, frozenset(Role))


@BY_NAME
def test_every_step_is_somebodys(chart: Chart) -> None:
    assert [step.verb for step in chart.steps if not step.roles] == []


@BY_NAME
def test_events_say_what_happened_and_verbs_what_to_do(chart: Chart) -> None:
    words = [step.event.removeprefix(f"{chart.name}.") for step in chart.steps]

    assert [w for w in words if not (PAST.match(w) or IRREGULAR & set(w.split("_")))] == []
    assert [s.verb for s in chart.steps if s.verb.endswith("ed") and s.verb != "proceed"] == []


@BY_NAME
def test_facts_are_frozen_and_explained(chart: Chart) -> None:
    facts = {step.facts for step in chart.steps if step.facts} | {chart.opening} - {None}

    assert [f for f in facts if not (is_dataclass(f) and f.__dataclass_params__.frozen)] == []  # type: ignore[attr-defined]
    # A dataclass without words of its own gets its signature as docstring.
    assert [f for f in facts if (f.__doc__ or "").startswith(f"{f.__name__}(")] == []


@BY_NAME
def test_names_fit_the_ledgers_columns(chart: Chart) -> None:
    room_for = {f.name: f.max_length for f in Event._meta.get_fields() if hasattr(f, "max_length")}

    assert max(map(len, chart.events)) <= room_for["type"]
    assert len(chart.name) <= room_for["subject"]
    assert max(map(len, chart.states)) <= room_for["target"]


def test_events_belong_to_one_room_only() -> None:
    owners: dict[str, set[str]] = {}
    for room, mine in charts().items():
        for chart in mine:
            for event in chart.events:
                owners.setdefault(event, set()).add(room)

    assert {event: rooms for event, rooms in owners.items() if len(rooms) > 1} == {}
