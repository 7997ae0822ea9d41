"""Are mistyped codes wrong in the way they say, and codes in a free hand right?"""

import random

from kompeten.kernel import refs
from kompeten.ops.gladi import keycode

CODES = ("0123456789", "1O0KQ7M2Z0".replace("O", "0"), "AAAAAAAAAA", "7GTDTP4KC9")
SEEDS = range(100)


def signs(text: str) -> str:
    """Return what a code has of `text`, as the paper's page reads it."""
    return "".join(sign for sign in refs.normalise(text) if sign in refs.ALPHABET)


def test_a_mistyped_code_is_another_or_has_another_length() -> None:
    for code in CODES:
        for seed in SEEDS:
            typed = keycode.wrong(code, random.Random(seed))

            assert signs(typed.text) != code
            assert len(signs(typed.text)) == typed.signs


def test_every_mistake_is_made() -> None:
    typed = [keycode.wrong("0123456789", random.Random(seed)) for seed in SEEDS]

    assert {one.signs for one in typed} == {9, 10, 11}
    assert any(sorted(one.text) == list("0123456789") for one in typed)  # two changed places


def test_a_code_in_a_free_hand_is_still_the_code() -> None:
    hands = {keycode.freely("0123456701", random.Random(seed)) for seed in SEEDS}

    assert {signs(text) for text in hands} == {"0123456701"}
    assert any("o" in text for text in hands)
    assert any("i" in text for text in hands)
    assert {any(sign in text for sign in " -") for text in hands} == {True, False}
