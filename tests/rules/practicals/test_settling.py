"""What do two or three ratings come to?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.practicals.rules.settling import Rated, Settled, Share, is_third_needed, settle
from kompeten.schemes.terms import Domain, Settle
from tests.rules.practicals.rubrics import RUBRIC, rules

rated = st.tuples(
    st.fixed_dictionaries({"ethics": st.integers(1, 5), "skill": st.integers(1, 5)}), st.booleans()
)


def of(ethics: int, skill: int, *, competent: bool = True) -> Rated:
    return {"ethics": ethics, "skill": skill}, competent


@pytest.mark.parametrize(
    ("one", "other", "needed"),
    [
        (of(4, 4), of(3, 5), False),
        (of(4, 4), of(4, 2), True),
        (of(3, 3), of(3, 3, competent=False), True),
    ],
)
def test_a_third_is_called_when_marks_or_recommendations_differ(
    one: Rated, other: Rated, needed: bool
) -> None:
    assert is_third_needed(rules(), [one, other]) is needed
    assert is_third_needed(rules(), [other, one]) is needed


def test_recommendations_alone_call_nobody_where_the_scheme_says_so() -> None:
    ratings = [of(3, 3), of(3, 3, competent=False)]

    assert not is_third_needed(rules(on_verdict=False), ratings)


def test_two_ratings_are_averaged_exactly() -> None:
    assert settle(RUBRIC, rules(), [of(4, 3), of(3, 2)]) == Settled(
        marks={"ethics": 7, "skill": 5},
        parts=2,
        points=12,
        out_of=20,
        domains={Domain.VALUES: Share(7, 10), Domain.SKILLS: Share(5, 10)},
        competent=True,
    )


@pytest.mark.parametrize(
    ("how", "points", "out_of"),
    [(Settle.NEAREST_TWO, 9 + 4, 20), (Settle.MEAN, 10 + 7, 30), (Settle.THIRD, 6, 10)],
)
def test_three_ratings_are_settled_as_the_scheme_says(
    how: Settle, points: int, out_of: int
) -> None:
    outcome = settle(RUBRIC, rules(settle=how), [of(1, 3), of(5, 2), of(4, 2)])

    assert (outcome.points, outcome.out_of) == (points, out_of)


@given(st.lists(rated, min_size=1, max_size=3), st.sampled_from(Settle))
def test_points_are_the_sum_of_the_domains_and_within_range(
    ratings: list[Rated], how: Settle
) -> None:
    outcome = settle(RUBRIC, rules(settle=how), ratings)

    assert outcome.points == sum(share.points for share in outcome.domains.values())
    assert 0 < outcome.points <= outcome.out_of
