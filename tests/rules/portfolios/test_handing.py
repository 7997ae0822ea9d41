"""May a dossier be handed in, and how far has it come?"""

import pytest

from kompeten.portfolios.rules.handing import done_share, fill, gaps, hand_in_reasons
from kompeten.portfolios.terms import Fill, Gaps
from kompeten.portfolios.terms.dossier import HandIn
from tests.rules.portfolios.instruments import ESSAYS, VITAE


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("k1", 0, Fill.BLANK),
        ("k1", 1, Fill.DONE),
        ("s1", 0, Fill.BLANK),
        ("s1", 49, Fill.SHORT),
        ("s1", 50, Fill.DONE),
    ],
)
def test_fill(code: str, words: int, expected: Fill) -> None:
    assert fill(ESSAYS.item(code), words) is expected


@pytest.mark.parametrize(
    ("words", "filled", "expected"),
    [
        ({}, set(), Gaps(blank=("k1", "s1"), parts=("kinds",))),
        ({"k1": 1, "s1": 49}, {"kinds"}, Gaps(short=("s1",))),
        ({"k1": 1, "s1": 50}, {"kinds"}, Gaps()),
        ({"k1": 1, "s1": 50, "v1": 3}, {"kinds", "single"}, Gaps()),
    ],
)
def test_gaps(words: dict[str, int], filled: set[str], expected: Gaps) -> None:
    found = gaps(ESSAYS, VITAE, words=words, filled=filled)

    assert found == expected
    assert bool(found) is (expected != Gaps())


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (HandIn(round=1, words=200), ()),
        (HandIn(round=1, words=0, blank=("k1",)), ("answers.blank",)),
        (HandIn(round=2, words=9, short=("s1",)), ("answers.short",)),
        (
            HandIn(round=1, words=9, blank=("k1",), short=("s1",), parts=("kinds",)),
            ("answers.blank", "answers.short", "vitae.empty"),
        ),
    ],
)
def test_hand_in_reasons(facts: HandIn, reasons: tuple[str, ...]) -> None:
    assert hand_in_reasons(facts) == reasons


@pytest.mark.parametrize(
    ("missing", "share"),
    [
        (Gaps(blank=("k1", "s1"), parts=("kinds",)), 0.0),
        (Gaps(short=("s1",)), 2 / 3),
        (Gaps(), 1.0),
        (Gaps(short=("v1",)), 3 / 4),
    ],
)
def test_the_share_done_is_of_what_is_asked_for(missing: Gaps, share: float) -> None:
    assert done_share(ESSAYS, VITAE, missing) == pytest.approx(share)
