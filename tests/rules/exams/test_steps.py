"""Are sittings planned, opened, closed and seated by rule, and never scored after a failure?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from kompeten.exams.chart import ENTRY
from kompeten.exams.rules import steps
from kompeten.exams.rules.seats import seat_reasons
from kompeten.exams.rules.steps import recover_reasons
from kompeten.exams.terms import (
    Beginning,
    Closing,
    EntryState,
    ExtraTime,
    Recovery,
    Reseating,
    SittingState,
    Stage,
    Start,
)
from kompeten.kernel.roles import Role
from kompeten.schemes.terms import CognitiveRules, Component
from tests.make.demobank import BLUEPRINT
from tests.make.times import MONDAY, NEXT_WEEK

HOUR = timedelta(hours=1)
RULES = CognitiveRules(minutes=90, pass_percent=60, blueprint=BLUEPRINT)
PLAN = {
    "opens_at": NEXT_WEEK,
    "closes_at": NEXT_WEEK + 2 * HOUR,
    "zone": "Asia/Jayapura",
    "rules": (RULES,),
    "form_blueprints": (BLUEPRINT,),
    "at": MONDAY,
}
SEAT = {
    "accepted": True,
    "components": (Component.COGNITIVE,),
    "covered": True,
    "earlier": (),
    "makeup": False,
}


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ()),
        ({"closes_at": NEXT_WEEK}, ("sitting.window_order",)),
        ({"at": NEXT_WEEK + 2 * HOUR}, ("sitting.window_order",)),
        ({"closes_at": NEXT_WEEK + HOUR}, ("sitting.window_too_short",)),
        ({"zone": "Asia/Bandung"}, ("sitting.zone_unknown",)),
        ({"zone": ""}, ("sitting.zone_unknown",)),
        ({"zone": "../etc/passwd"}, ("sitting.zone_unknown",)),
        ({"rules": ()}, ("sitting.no_scheme",)),
        ({"rules": (RULES, replace(RULES, minutes=60))}, ("sitting.minutes_differ",)),
        (
            {"form_blueprints": (BLUEPRINT, replace(BLUEPRINT, items=50))},
            ("sitting.blueprint_differs",),
        ),
        (
            {"zone": "Mars", "rules": ()},
            ("sitting.zone_unknown", "sitting.no_scheme"),
        ),
    ],
)
def test_a_sitting_is_planned_only_as_it_can_be_held(
    changes: dict[str, object], reasons: tuple[str, ...]
) -> None:
    assert steps.plan_reasons(**(PLAN | changes)) == reasons  # type: ignore[arg-type]


def test_doors_open_half_an_hour_before_the_window_and_not_after_it() -> None:
    window = {"opens_at": MONDAY, "closes_at": MONDAY + HOUR}

    assert steps.begin_reasons(Beginning(at=MONDAY - HOUR, **window)) == ("sitting.too_early",)
    assert steps.begin_reasons(Beginning(at=MONDAY - HOUR / 2, **window)) == ()
    assert steps.begin_reasons(Beginning(at=MONDAY + HOUR, **window)) == ("exam.window_is_over",)


def test_doors_close_when_nobody_has_time() -> None:
    facts = Closing(at=MONDAY, last_end=MONDAY, absent=0, timed_out=0)

    assert steps.close_reasons(facts) == ()
    assert steps.close_reasons(replace(facts, last_end=MONDAY + HOUR)) == ("sitting.time_left",)


@pytest.mark.parametrize(
    ("stage", "sitting", "reasons"),
    [
        (Stage.READY, SittingState.OPEN, ()),
        (Stage.READY, SittingState.PLANNED, ("sitting.not_open",)),
        (Stage.WAITING, SittingState.OPEN, ("exam.not_yet_open",)),
        (Stage.MISSED, SittingState.CLOSED, ("exam.window_is_over",)),
    ],
)
def test_a_start_needs_time_and_open_doors(
    stage: Stage, sitting: SittingState, reasons: tuple[str, ...]
) -> None:
    assert steps.start_reasons(Start(sitting=sitting, stage=stage, ends_at=MONDAY)) == reasons


def test_time_is_given_in_minutes_and_for_a_reason() -> None:
    assert steps.extend_reasons(ExtraTime(minutes=20, reason="listrik padam")) == ()
    assert steps.extend_reasons(ExtraTime(minutes=0, reason="")) == (
        "time.minutes_out_of_range",
        "time.no_reason",
    )
    assert steps.reseat_reasons(Reseating(sitting=SittingState.OPEN, minutes=0)) == ()
    assert steps.reseat_reasons(Reseating(sitting=SittingState.CLOSED, minutes=0)) == (
        "sitting.over_take_makeup",
    )


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ()),
        ({"accepted": False}, ("seat.not_accepted",)),
        ({"components": (Component.PORTFOLIO,)}, ("seat.no_written_exam",)),
        ({"covered": False}, ("seat.other_scheme",)),
        ({"earlier": (EntryState.SEATED,)}, ("seat.taken",)),
        ({"earlier": (EntryState.SCORED,), "makeup": True}, ("seat.taken",)),
        ({"earlier": (EntryState.ABSENT,)}, ("seat.needs_makeup",)),
        ({"earlier": (EntryState.ABSENT,), "makeup": True}, ()),
        ({"earlier": (EntryState.INTERRUPTED, EntryState.ABSENT), "makeup": True}, ()),
        ({"makeup": True}, ("seat.no_makeup",)),
    ],
)
def test_a_seat_is_given_once_unless_as_a_makeup(
    changes: dict[str, object], reasons: tuple[str, ...]
) -> None:
    assert seat_reasons(**(SEAT | changes)) == reasons  # type: ignore[arg-type]


def reached(start: EntryState, *, without: frozenset[str]) -> set[str]:
    """Return the states that some way leads to from `start` when the steps in `without` are not taken."""
    seen, waiting = {start.value}, [start.value]
    while waiting:
        here = waiting.pop()
        steps = [s for s in ENTRY.steps if here in s.source and s.verb not in without]
        further = {s.target for s in steps if s.target} - seen
        seen |= further
        waiting += sorted(further)
    return seen


def test_a_technical_failure_is_never_a_score() -> None:
    """Whatever else is done: without a new start or recovered answers there is none."""
    mended = frozenset({"start", "recover"})

    for verb in mended:
        assert "scored" in reached(EntryState.INTERRUPTED, without=mended - {verb})
    assert reached(EntryState.INTERRUPTED, without=mended) == {"interrupted", "seated", "absent"}


def test_nothing_is_recovered_from_nothing() -> None:
    nothing = Recovery(answered=0, blank=100, handed_in=False, via="")

    assert ENTRY.of("recover").guard is recover_reasons
    assert recover_reasons(nothing) == ("exam.nothing_recovered",)
    assert recover_reasons(replace(nothing, handed_in=True, via="code")) == ()
    assert recover_reasons(replace(nothing, answered=1)) == ()


def test_nobody_of_the_office_starts_or_hands_in_for_a_candidate() -> None:
    own = {Role.APPLICANT, Role.SYSTEM}

    assert ENTRY.of("start").roles == ENTRY.of("hand_in").roles == own
    assert ENTRY.of("deliver").roles == {Role.SYSTEM}
