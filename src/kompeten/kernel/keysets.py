"""How is a set of record keys written down in few bytes, so that one key is found in many sets?

A set is parted in blocks of 1,024 keys that follow each other; of each block that it touches there are
128 bytes, one bit for each key. People come in waves, so that a page of a list touches one or two.
"""

from collections.abc import Iterable

BLOCK = 1024
WIDTH = BLOCK // 8


def packed(keys: Iterable[int]) -> dict[int, bytes]:
    """Return the bits of each block that the set touches, by block.

    >>> {block: bits.hex().rstrip("0") for block, bits in packed([0, 9, 1025]).items()}
    {0: '0102', 1: '02'}
    """
    found: dict[int, bytearray] = {}
    for key in keys:
        block, byte, mask = place(key)
        found.setdefault(block, bytearray(WIDTH))[byte] |= mask
    return {block: bytes(bits) for block, bits in sorted(found.items())}


def place(key: int) -> tuple[int, int, int]:
    """Return where a key stands: its block, the byte there, and the bit of that byte as a mask.

    >>> place(1033)
    (1, 1, 2)
    """
    block, offset = divmod(key, BLOCK)
    return block, offset // 8, 1 << offset % 8


def without(members: bytes, known: Iterable[bytes]) -> bytes:
    """Return the members that none of the `known` sets of the same block has; empty if there are none.

    >>> without(b"\\x07", [b"\\x01", b"\\x02"]), without(b"\\x03", [b"\\x03"])
    (b'\\x04', b'')
    """
    left = int.from_bytes(members)
    for other in known:
        left &= ~int.from_bytes(other)
    return left.to_bytes(len(members)) if left else b""


def with_bit(mask: int) -> list[bytes]:
    """Return every byte in which the bit of `mask` is set; a database looks for one of them.

    >>> len(with_bit(4)), with_bit(4)[:2]
    (128, [b'\\x04', b'\\x05'])
    """
    return [bytes([value]) for value in range(256) if value & mask]
