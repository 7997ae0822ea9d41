"""Do components make a whole as the scheme's rule says, and does a better mark never harm?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.schemes.rules.passing import OutcomeUnexpected, compose
from kompeten.schemes.terms import Component, Outcome, PassMode, PassRule, Reason

PORTFOLIO, COGNITIVE = Component.PORTFOLIO, Component.COGNITIVE
PRACTICE, INTERVIEW = Component.PRACTICE, Component.INTERVIEW
WEIGHTS = {PORTFOLIO: 25, COGNITIVE: 35, PRACTICE: 25, INTERVIEW: 15}


def rule(mode: PassMode) -> PassRule:
    return PassRule(mode=mode, weights=WEIGHTS, total_percent=60, floor_percent=50)


def outcome(component: Component, points: int | None, *, competent: bool = True) -> Outcome:
    return Outcome(component=component, competent=competent, points=points, out_of=100)


def test_conjunctive_asks_every_component_and_reports_the_total() -> None:
    found = compose(
        rule(PassMode.CONJUNCTIVE),
        (COGNITIVE, PRACTICE),
        [outcome(COGNITIVE, 70), outcome(PRACTICE, 61)],
    )

    assert (found.competent, found.reasons) == (True, ())
    assert found.total_percent == 66.25  # (35 × 70 + 25 × 61) / 60


def test_conjunctive_is_not_outweighed_by_a_high_mark() -> None:
    found = compose(
        rule(PassMode.CONJUNCTIVE),
        (COGNITIVE, PRACTICE),
        [outcome(COGNITIVE, 100), outcome(PRACTICE, 59, competent=False)],
    )

    assert not found.competent
    assert found.reasons == (Reason("component.not_met", have=59, need=PRACTICE),)


@pytest.mark.parametrize("mode", list(PassMode))
def test_a_missing_component_is_not_yet_competent_in_either_mode(mode: PassMode) -> None:
    found = compose(rule(mode), (COGNITIVE, PRACTICE), [outcome(COGNITIVE, 100)])

    assert not found.competent
    assert found.total_percent is None
    assert found.reasons == (Reason("component.missing", need=PRACTICE),)


def test_compensatory_lets_a_high_mark_make_up_for_a_low_one() -> None:
    found = compose(
        rule(PassMode.COMPENSATORY),
        (COGNITIVE, PRACTICE),
        [outcome(COGNITIVE, 70), outcome(PRACTICE, 50, competent=False)],
    )

    assert (found.competent, found.total_percent) == (True, 61.66)


def test_compensatory_stops_at_the_floor_and_at_the_total() -> None:
    below_floor = compose(
        rule(PassMode.COMPENSATORY),
        (COGNITIVE, PRACTICE),
        [outcome(COGNITIVE, 100), outcome(PRACTICE, 49)],
    )
    below_total = compose(
        rule(PassMode.COMPENSATORY),
        (COGNITIVE, PRACTICE),
        [outcome(COGNITIVE, 60), outcome(PRACTICE, 59)],
    )

    assert below_floor.reasons == (Reason("component.below_floor", have=49, need=PRACTICE),)
    assert below_total.reasons == (Reason("total.low", have=59, need=60),)


def test_the_total_is_exact_at_the_edge() -> None:
    edge = Outcome(component=COGNITIVE, competent=True, points=3, out_of=5)

    assert compose(rule(PassMode.COMPENSATORY), (COGNITIVE,), [edge]).competent


@pytest.mark.parametrize(
    "outcomes",
    [
        [outcome(COGNITIVE, 70), outcome(COGNITIVE, 80)],
        [outcome(COGNITIVE, 70), outcome(INTERVIEW, 80)],
    ],
)
def test_outcomes_that_do_not_belong_are_refused(outcomes: list[Outcome]) -> None:
    with pytest.raises(OutcomeUnexpected):
        compose(rule(PassMode.CONJUNCTIVE), (COGNITIVE,), outcomes)


POINTS = st.integers(min_value=0, max_value=100)


@given(
    mode=st.sampled_from(list(PassMode)),
    points=st.lists(POINTS, min_size=4, max_size=4),
    gains=st.lists(POINTS, min_size=4, max_size=4),
    mark=POINTS,
)
def test_more_points_never_turn_competent_into_not_yet(
    mode: PassMode, points: list[int], gains: list[int], mark: int
) -> None:
    def whole(marks: list[int]) -> tuple[bool, float | None]:
        outcomes = [
            outcome(component, got, competent=got >= mark)
            for component, got in zip(Component, marks, strict=True)
        ]
        found = compose(rule(mode), tuple(Component), outcomes)
        return found.competent, found.total_percent

    before = whole(points)
    after = whole([min(100, got + gain) for got, gain in zip(points, gains, strict=True)])

    assert after[0] >= before[0]
    assert after[1] is not None
    assert before[1] is not None
    assert 0 <= before[1] <= after[1] <= 100


@given(
    mode=st.sampled_from(list(PassMode)),
    points=st.lists(POINTS, min_size=4, max_size=4),
    order=st.permutations(list(Component)),
)
def test_the_order_of_outcomes_changes_nothing(
    mode: PassMode, points: list[int], order: list[Component]
) -> None:
    marks = dict(zip(Component, points, strict=True))
    straight = [outcome(component, marks[component]) for component in Component]
    mixed = [outcome(component, marks[component]) for component in order]

    assert compose(rule(mode), tuple(Component), straight) == compose(
        rule(mode), tuple(Component), mixed
    )
