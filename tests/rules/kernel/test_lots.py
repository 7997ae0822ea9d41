"""Are lots the same everywhere, fair, and nobody else's business?"""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kompeten.kernel.lots import drawn, lot

names = st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=12)


def test_a_seed_draws_these_lots_on_every_machine() -> None:
    assert lot(2026, "A01") == 0xF9B3AA71E317B389
    assert drawn(["A01", "A02", "A03", "A04"], seed=2026) == ["A04", "A03", "A02", "A01"]


@given(names, st.integers(0, 2**63 - 1), st.randoms(use_true_random=False))
def test_the_order_of_coming_does_not_matter(names: list[str], seed: int, rng: object) -> None:
    shuffled = list(names)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]

    assert drawn(shuffled, seed=seed) == drawn(names, seed=seed)
    assert sorted(drawn(names, seed=seed)) == sorted(names)


@given(names, st.integers(0, 2**63 - 1))
def test_who_leaves_does_not_change_the_order_of_the_rest(names: list[str], seed: int) -> None:
    order = drawn(names, seed=seed)

    assert drawn(names[1:], seed=seed) == [name for name in order if name in names[1:]]


def test_everybody_comes_first_about_as_often() -> None:
    first = Counter(drawn("abcde", seed=seed)[0] for seed in range(5000))

    assert set(first) == set("abcde")
    assert all(850 <= times <= 1150 for times in first.values())
