"""Which plans of a session are refused, and when may a list be taken?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from kompeten.training import rules
from kompeten.training.chart import ENROLMENT, SESSION
from kompeten.training.terms import EnrolmentState, Plan, State, Zone
from tests.make.times import MONDAY

PLAN = Plan(
    title="Bimtap Jawa Barat",
    starts_at=MONDAY,
    ends_at=MONDAY + timedelta(hours=8),
    zone=Zone.WIB,
    quota=40,
    place="Aula Dinas Sosial",
)


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, ()),
        ({"place": "", "link": "https://rapat.example/1"}, ()),
        ({"ends_at": MONDAY}, ("session.ends_before_start",)),
        ({"ends_at": MONDAY + timedelta(days=32)}, ("session.too_long",)),
        ({"place": "  "}, ("session.nowhere",)),
        ({"quota": 0}, ("session.no_places",)),
        ({"quota": 0, "place": ""}, ("session.nowhere", "session.no_places")),
    ],
)
def test_a_plan_names_time_place_and_number(change: dict, reasons: tuple[str, ...]) -> None:
    assert rules.plan_reasons(replace(PLAN, **change)) == reasons


def test_a_list_can_be_taken_from_the_first_instant_on() -> None:
    assert not rules.has_begun(MONDAY, at=MONDAY - timedelta(microseconds=1))
    assert rules.has_begun(MONDAY, at=MONDAY)


def test_final_states_of_sessions_and_places() -> None:
    assert [s for s in SESSION.states if SESSION.is_final(s)] == [State.CLOSED, State.CANCELLED]
    assert [s for s in ENROLMENT.states if ENROLMENT.is_final(s)] == [EnrolmentState.WITHDRAWN]
