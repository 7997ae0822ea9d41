"""What do we call a record in public? A short reference that cannot be guessed or misread.

Source: Crockford base 32 (no I, L, O, U).
"""

import random

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def new(rng: random.Random) -> str:
    """Return a reference of 10 characters, 50 bits; `rng` is `secrets.SystemRandom` at a face, seeded in tests."""
    return "".join(rng.choices(ALPHABET, k=LENGTH))


def normalise(text: str) -> str:
    """Return `text` as a person meant it: upper case, no blanks or hyphens, O read as 0, I and L as 1."""
    bare = "".join(text.split()).replace("-", "").upper()
    return bare.translate(str.maketrans("OIL", "011"))
