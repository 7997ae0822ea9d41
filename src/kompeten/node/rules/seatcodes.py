"""What does a candidate type to sit down? Four signs and one that checks them, without I, L, O and U.

The check finds every single wrong sign and every two that changed places: it weighs each sign with
another element of the field of 32, in which no two weights are alike.
"""

import hmac
from collections.abc import Iterable, Mapping

from kompeten.kernel.refs import ALPHABET, normalise

LENGTH = 5
FIELD = 0b100101  # x^5 + x^2 + 1


def given(keys: Mapping[str, bytes]) -> dict[str, str]:
    """Return a seat code for each attempt, drawn from its key.

    Where two draw the same, the later one in `keys` draws again: whoever is added at the end
    changes nobody's code, so that a card printed before still holds.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for attempt, key in keys.items():
        code = next(code for code in _draws(key) if code not in taken)
        taken.add(code)
        found[attempt] = code
    return found


def checked(bare: str) -> str:
    """Return four signs with the one that checks them.

    >>> checked("7KM2")
    '7KM2D'
    """
    weighed = 0
    for sign in bare:
        weighed = _double(weighed ^ ALPHABET.index(sign))
    return bare + ALPHABET[weighed]


def read(text: str) -> str | None:
    """Return a code as it was meant, or None where it is none: a sign is wrong, or too many or few.

    >>> read(" 7km-2d "), read("7KM2G"), read("K7M2F")
    ('7KM2D', None, None)
    """
    code = normalise(text)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return None
    return code if checked(code[:-1]) == code else None


def _draws(key: bytes) -> Iterable[str]:
    for n in range(1_000):
        lot = int.from_bytes(hmac.digest(key, b"seat|%d" % n, "sha256")[:4], "big")
        yield checked("".join(ALPHABET[lot >> 5 * place & 31] for place in range(LENGTH - 1)))


def _double(element: int) -> int:
    element <<= 1
    return element ^ FIELD if element & 32 else element
