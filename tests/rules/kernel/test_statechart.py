"""Does a lifecycle table refuse to contradict itself, and is it read right?"""

from enum import StrEnum

import pytest

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, ChartInvalid, step


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CLOSED = "closed"


SUBMIT = step("submit", "letter.submitted", {State.DRAFT}, State.SUBMITTED, roles={Role.APPLICANT})
CLOSE = step("close", "letter.closed", {State.SUBMITTED}, State.CLOSED, roles={Role.VERIFIER})
CHART = Chart("letter", State.DRAFT, (SUBMIT, CLOSE), opened_by=frozenset({Role.APPLICANT}))


def test_open_steps_are_those_of_the_state_and_the_role() -> None:
    assert CHART.open_steps("draft", frozenset({Role.APPLICANT})) == (SUBMIT,)
    assert CHART.open_steps("draft", frozenset({Role.VERIFIER})) == ()
    assert CHART.open_steps("closed", frozenset(Role)) == ()


def test_events_begin_with_the_opening() -> None:
    assert CHART.events == ("letter.opened", "letter.submitted", "letter.closed")


def test_a_state_is_final_when_no_arrow_leads_out() -> None:
    assert [CHART.is_final(s) for s in CHART.states] == [False, False, True]


def test_mermaid_draws_every_arrow() -> None:
    assert CHART.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> draft",
        "    draft --> submitted: submit",
        "    submitted --> closed: close",
        "    closed --> [*]",
    ]


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ((SUBMIT, CLOSE, SUBMIT), "a verb stands twice"),
        ((SUBMIT,), "state closed cannot be reached"),
        (
            (SUBMIT, step("close", "note.closed", {State.SUBMITTED}, State.CLOSED, roles=())),
            "event note.closed belongs to another record",
        ),
    ],
)
def test_a_contradiction_is_refused_at_import(steps: tuple, problem: str) -> None:
    with pytest.raises(ChartInvalid, match=problem):
        Chart("letter", State.DRAFT, steps)
