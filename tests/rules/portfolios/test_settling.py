"""What do two or three readings come to?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.portfolios.rules.settling import Outcome, Share, is_third_needed, settle
from kompeten.portfolios.terms import Mark
from kompeten.schemes.terms import Domain, Settle
from tests.rules.portfolios.instruments import ESSAYS, rules

CODES = ("k1", "s1", "v1")
marks = st.fixed_dictionaries({c: st.none() | st.integers(1, 5) for c in CODES})


def of(*three: Mark) -> dict[str, Mark]:
    return dict(zip(CODES, three, strict=True))


@pytest.mark.parametrize(
    ("one", "other", "needed"),
    [
        (of(4, 4, 4), of(4, 4, 4), False),
        (of(4, 4, 4), of(3, 5, 4), False),
        (of(4, 4, 4), of(2, 4, 4), True),
        (of(5, 5, 1), of(5, 5, None), False),
        (of(5, 5, 2), of(5, 5, None), True),
        (of(3, 3, 3), of(3, 3, 2), True),
    ],
)
def test_a_third_is_called_when_marks_or_verdicts_differ(
    one: dict[str, Mark], other: dict[str, Mark], needed: bool
) -> None:
    assert is_third_needed(ESSAYS, rules(), [one, other]) is needed
    assert is_third_needed(ESSAYS, rules(), [other, one]) is needed


def test_verdicts_alone_call_nobody_where_the_scheme_says_so() -> None:
    lenient = rules(third_on_verdict=False)

    assert not is_third_needed(ESSAYS, lenient, [of(3, 3, 3), of(3, 3, 2)])


def test_nobody_is_called_after_a_third_or_beside_a_single_reader() -> None:
    assert not is_third_needed(ESSAYS, rules(), [of(1, 1, 1), of(5, 5, 5), of(3, 3, 3)])
    single = rules(count=1, third_on_verdict=False)
    assert not is_third_needed(ESSAYS, single, [of(1, 1, 1)])


def test_two_readings_are_averaged_exactly() -> None:
    assert settle(ESSAYS, rules(), [of(4, 3, None), of(3, 3, 1)]) == Outcome(
        marks={"k1": 7, "s1": 6, "v1": 1},
        parts=2,
        points=14,
        out_of=30,
        domains={
            Domain.KNOWLEDGE: Share(7, 10),
            Domain.VALUES: Share(1, 10),
            Domain.SKILLS: Share(6, 10),
        },
        competent=False,
    )


@pytest.mark.parametrize(
    ("how", "points", "out_of"),
    [(Settle.NEAREST_TWO, 9 + 6 + 2, 30), (Settle.MEAN, 10 + 9 + 5, 45), (Settle.THIRD, 8, 15)],
)
def test_three_readings_are_settled_as_the_scheme_says(
    how: Settle, points: int, out_of: int
) -> None:
    outcome = settle(ESSAYS, rules(settle=how), [of(1, 1, 1), of(5, 5, 3), of(4, 3, 1)])

    assert (outcome.points, outcome.out_of) == (points, out_of)


@given(marks, marks, st.sampled_from(Settle), st.integers(0, 1))
def test_points_are_the_sum_of_the_domains_and_within_range(
    one: dict[str, Mark], other: dict[str, Mark], how: Settle, blank: int
) -> None:
    outcome = settle(ESSAYS, rules(settle=how, blank_points=blank), [one, other, one])

    assert outcome.points == sum(share.points for share in outcome.domains.values())
    assert outcome.out_of == sum(share.out_of for share in outcome.domains.values())
    assert 0 <= outcome.points <= outcome.out_of
    assert outcome.competent == (outcome.points * 100 >= 60 * outcome.out_of)
