"""How does a parcel lie on a disk? A header, then blocks; each whole in itself, so a cut-off file still counts.

    "KPP1" ‖ uint32 length ‖ header (JSON) ‖ blocks; a block: uint32 length ‖ content

What a block holds is sealed and signed by `adapters.sealing`; here are lengths only.
"""

import json
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from kompeten.kernel import canonical
from kompeten.node.terms import Framed, ParcelRefused, Way

MAGIC = b"KPP1"
MOST_HEAD = 4_096
MOST_BLOCK = 32 * 1024 * 1024
MOST_FILE = 512 * 1024 * 1024
LEAST_BLOCK = 64  # bytes of a signature
VERSION = 1
WORDS = ("way", "parcel", "node", "sitting")


def header(way: Way, *, parcel: str, node: str, sitting: str, made: int) -> bytes:
    """Return the header of a parcel: which way, of which node and sitting, made when by its sender."""
    said = {"v": VERSION, "way": way, "parcel": parcel, "node": node, "sitting": sitting}
    return canonical.dumps(said | {"made": made})


def opening(head: bytes) -> bytes:
    """Return how a parcel begins on the disk."""
    return MAGIC + _long(head)


def block(content: bytes) -> bytes:
    """Return a block as it stands on the disk."""
    return _long(content)


def joined(head: bytes, blocks: Iterable[bytes]) -> bytes:
    """Return a whole parcel."""
    return opening(head) + b"".join(map(block, blocks))


def cut(content: bytes) -> Framed:
    """Return header and blocks of a parcel; a last block that is cut off is left out.

    :raises ParcelRefused: `parcel.shape`: it is no parcel, or cut off within its header;
        `parcel.version`: it was made by a newer house
    """
    if content[: len(MAGIC)] != MAGIC or len(content) > MOST_FILE:
        raise ParcelRefused("parcel.shape")
    head, at = _next(content, len(MAGIC), least=1, most=MOST_HEAD)
    if head is None:
        raise ParcelRefused("parcel.shape")
    said = _read(head)
    blocks = []
    while at < len(content):
        found, after = _next(content, at, least=LEAST_BLOCK, most=MOST_BLOCK)
        if found is None:
            break
        blocks.append(found)
        at = after
    return Framed(said, head, tuple(blocks), whole=at == len(content))


def _read(head: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise ParcelRefused("parcel.shape") from error
    if not isinstance(said, dict) or not all(_is_word(said.get(name)) for name in WORDS):
        raise ParcelRefused("parcel.shape")
    if said.get("v") != VERSION:
        raise ParcelRefused("parcel.version")
    if not isinstance(said.get("made"), int):
        raise ParcelRefused("parcel.shape")
    return said


def _is_word(said: Any) -> bool:
    # They are asked for in tables, which want neither half a letter nor a NUL.
    return isinstance(said, str) and said.isascii() and said.isalnum()


def _long(content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + content


def _next(content: bytes, at: int, *, least: int, most: int) -> tuple[bytes | None, int]:
    """Return what stands at `at` and where it ends; None where it is cut off.

    :raises ParcelRefused: `parcel.changed`: no sender writes so short or so long a part
    """
    if len(content) < at + 4:
        return None, at
    (length,) = struct.unpack_from(">I", content, at)
    if not least <= length <= most:
        raise ParcelRefused("parcel.changed")
    end = at + 4 + length
    return (content[at + 4 : end], end) if end <= len(content) else (None, at)
