"""Is an entry of a status list set? One bit each in a compressed string of at least 131,072.

That the *list* is signed says nothing of an *entry*: whoever asks must have checked signature, issuer,
purpose and time of the list, and only then looks up the bit.

Source: W3C Bitstring Status List v1.0, sections 2.2, 3.1 to 3.4.
"""

import gzip
import io
import zlib
from collections.abc import Iterable

from kompeten.foundation.vc import multibase

SMALLEST = 131_072
# What a list may unfold to; a few bytes can be made to unfold to gigabytes.
LARGEST_BYTES = 16 * 1024 * 1024


class ListInvalid(ValueError):
    """A list cannot be read, is too short or too long, or an index lies outside of it."""


def bits(set_: Iterable[int], *, size: int = SMALLEST) -> bytes:
    """Return the bits of `size` entries in which those at the indexes `set_` are set.

    :raises ListInvalid: an index lies outside, or the size is too small or no whole number of bytes
    """
    if size < SMALLEST or size % 8:
        raise ListInvalid(f"a list has {SMALLEST} entries at least, and whole bytes")
    made = bytearray(size // 8)
    for index in set_:
        if not 0 <= index < size:
            raise ListInvalid(f"the index {index} lies outside of the list")
        # The first entry is the leftmost bit of the first byte.
        made[index // 8] |= 0x80 >> index % 8
    return bytes(made)


def encode(set_: Iterable[int], *, size: int = SMALLEST) -> str:
    """Return these bits as the text of a list.

    The same entries give the same text, at any time. About 15 ms for 131,072 of which 1 % are set.

    :raises ListInvalid: as `bits`
    """
    return multibase.encode_url(_packed(bits(set_, size=size)))


def decode(encoded: object) -> bytes:
    """Return the bits of a list.

    :raises ListInvalid: it is no such text, or too short or too long
    """
    try:
        packed = gzip.GzipFile(fileobj=io.BytesIO(multibase.decode_url(encoded)))
        content = packed.read(LARGEST_BYTES + 1)
    except (ValueError, OSError, EOFError, zlib.error) as error:
        raise ListInvalid("the list cannot be unpacked") from error
    if len(content) > LARGEST_BYTES:
        raise ListInvalid("the list is too long")
    if len(content) * 8 < SMALLEST:
        raise ListInvalid(f"the list has fewer than {SMALLEST} entries")
    return content


def is_set(of: bytes, index: int) -> bool:
    """Say whether the entry at `index` is set in the bits `of`.

    :raises ListInvalid: it lies outside of the list
    """
    if not 0 <= index < len(of) * 8:
        raise ListInvalid(f"the index {index} lies outside of the list")
    return bool(of[index // 8] & 0x80 >> index % 8)


def read_index(text: object) -> int:
    """Return an index as an entry writes it: digits, without a sign or leading zeros.

    :raises ListInvalid: it is written in another way
    """
    if not isinstance(text, str) or not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise ListInvalid("an index is a whole number, written in digits")
    if str(int(text)) != text:
        raise ListInvalid("an index is a whole number, written in one way")
    return int(text)


def _packed(content: bytes) -> bytes:
    # Of the ways to pack that zlib knows this one is the shortest for sparse lists, or nearly; the
    # header of gzip then holds no time, so that the same list always gives the same bytes.
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16, 8, zlib.Z_FILTERED)
    return packer.compress(content) + packer.flush()
