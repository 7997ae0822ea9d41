"""How do people type a code of ten characters? Wrong at first, and then right in a hand of their own."""

import random
from typing import NamedTuple

from kompeten.kernel.refs import ALPHABET

MISREAD = {"0": "0oO", "1": "1iIlL"}  # as which of its likenesses a character is typed
APART = ("", " ", "-", " - ")


class Mistyped(NamedTuple):
    """A text that is not the code, and how many signs of a code are in it."""

    text: str
    signs: int


def wrong(code: str, rng: random.Random) -> Mistyped:
    """Return the code with one mistake in it."""
    mistake = rng.choice((_other, _swapped, _short, _long, _foreign))
    return mistake(code, rng.randrange(len(code)), rng)


def freely(code: str, rng: random.Random) -> str:
    """Return the code as it may be typed: small letters, O for 0, I and L for 1, in groups or not."""
    signs = [rng.choice(MISREAD.get(sign, sign)) for sign in code]
    half = len(signs) // 2
    text = rng.choice(APART).join(("".join(signs[:half]), "".join(signs[half:])))
    return rng.choice((text, text.lower(), f" {text.lower()} "))


def _other(code: str, place: int, rng: random.Random) -> Mistyped:
    sign = rng.choice(ALPHABET.replace(code[place], ""))
    return Mistyped(code[:place] + sign + code[place + 1 :], len(code))


def _swapped(code: str, place: int, rng: random.Random) -> Mistyped:
    for left in (*range(place, len(code) - 1), *range(place)):
        if code[left] != code[left + 1]:
            two = code[left + 1] + code[left]
            return Mistyped(code[:left] + two + code[left + 2 :], len(code))
    return _other(code, place, rng)


def _short(code: str, place: int, rng: random.Random) -> Mistyped:
    return Mistyped(code[:place] + code[place + 1 :], len(code) - 1)


def _long(code: str, place: int, rng: random.Random) -> Mistyped:
    return Mistyped(code[:place] + rng.choice(ALPHABET) + code[place:], len(code) + 1)


def _foreign(code: str, place: int, rng: random.Random) -> Mistyped:
    return Mistyped(code[:place] + rng.choice("uU?.") + code[place + 1 :], len(code) - 1)
