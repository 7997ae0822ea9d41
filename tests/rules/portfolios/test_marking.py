"""Which marks can be handed in, and what do they come to?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.portfolios.rules.marking import (
    faults,
    hand_in_reasons,
    is_competent,
    points,
    send_back_faults,
    send_back_reasons,
)
from kompeten.portfolios.terms import Mark
from kompeten.portfolios.terms.reading import ReadingHandIn, SendBack
from tests.rules.portfolios.instruments import ESSAYS, rules

LONG = {"k1": 150, "s1": 60, "v1": 10}
GOOD: dict[str, Mark] = {"k1": 5, "s1": 3, "v1": 4}


@pytest.mark.parametrize(
    ("change", "words", "expected"),
    [
        ({}, LONG, {}),
        ({"k1": 5}, LONG | {"k1": 149}, {"capped": ("k1",)}),
        ({"k1": 4}, LONG | {"k1": 149}, {}),
        ({"s1": 5}, LONG | {"s1": 1}, {}),
        ({"k1": 0}, LONG, {"off_scale": ("k1",)}),
        ({"k1": 6}, LONG, {"off_scale": ("k1",)}),
        ({"x9": 3}, LONG, {"unknown": ("x9",)}),
        ({"v1": 2}, LONG | {"v1": 0}, {"on_blank": ("v1",)}),
        ({"v1": None}, LONG | {"v1": 0}, {}),
        ({"k1": None}, LONG, {"blank_blocks": ("k1",)}),
    ],
)
def test_faults_name_the_items(
    change: dict[str, Mark], words: dict[str, int], expected: dict[str, tuple[str, ...]]
) -> None:
    assert faults(ESSAYS, GOOD | change, words=words, may_return=True) == expected


def test_every_item_needs_a_mark_or_a_blank() -> None:
    found = faults(ESSAYS, {"s1": 3}, words=LONG, may_return=True)

    assert found == {"unmarked": ("k1", "v1")}


def test_a_blank_counts_where_the_dossier_cannot_go_back() -> None:
    assert faults(ESSAYS, GOOD | {"k1": None}, words=LONG, may_return=False) == {}


def test_reasons_follow_from_the_facts() -> None:
    facts = ReadingHandIn(7, 15, False, capped=("k1",), unmarked=("s1",), blank=("v1",))

    assert hand_in_reasons(facts) == ("marks.unmarked", "marks.capped")
    assert hand_in_reasons(ReadingHandIn(7, 15, False, blank=("v1",))) == ()


@given(st.fixed_dictionaries({c: st.none() | st.integers(1, 5) for c in ("k1", "s1", "v1")}))
def test_points_lie_between_nothing_and_the_best(marks: dict[str, Mark]) -> None:
    got, out_of = points(ESSAYS, rules(), marks)
    kinder, _ = points(ESSAYS, rules(blank_points=1), marks)

    assert 0 <= got <= out_of == 15
    assert kinder - got == sum(mark is None for mark in marks.values())


@pytest.mark.parametrize(("got", "competent"), [(8, False), (9, True), (15, True)])
def test_the_pass_mark_itself_passes(got: int, competent: bool) -> None:
    assert is_competent(rules(pass_percent=60), points=got, out_of=15) is competent


@pytest.mark.parametrize(
    ("reasons", "codes"),
    [
        ({}, ("reasons.missing",)),
        ({"k1": "perbaiki"}, ("reasons.short",)),
        ({"k1": "   perbaiki     "}, ("reasons.short",)),
        ({"x9": "Tuliskan langkah Anda satu per satu."}, ("reasons.unknown",)),
        ({"k1": "Tuliskan langkah Anda satu per satu."}, ()),
    ],
)
def test_a_dossier_goes_back_only_with_reasons_that_help(
    reasons: dict[str, str], codes: tuple[str, ...]
) -> None:
    facts = SendBack(items=tuple(reasons), **send_back_faults(frozenset({"k1", "s1"}), reasons))

    assert send_back_reasons(facts) == codes
