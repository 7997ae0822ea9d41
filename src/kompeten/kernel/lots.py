"""Who comes first? By lot: a hash of seed and name, so that every machine and language draws the same."""

import hashlib
from collections.abc import Iterable
from typing import TypeVar

Named = TypeVar("Named", str, int)


def lot(seed: int, name: str | int) -> int:
    """Return the lot that `name` draws under `seed`: 64 bits, whatever else takes part.

    >>> lot(1, "A01") == lot(1, "A01"), lot(1, "A01") == lot(2, "A01")
    (True, False)
    """
    drawn = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return int.from_bytes(drawn[:8], "big")


def drawn(names: Iterable[Named], *, seed: int) -> list[Named]:
    """Return `names` in the order of their lots; the order they came in does not matter.

    >>> drawn("abcd", seed=3) == drawn("dcba", seed=3)
    True
    """
    return sorted(names, key=lambda name: (lot(seed, name), str(name)))
