"""What does a text say after its edits? Alike here and on the device (docs/rooms/exam-protocol.md, 1).

An edit is `place.removed.inserted`: so many UTF-16 units are taken out at a place and a text is put
in, as base64url of UTF-8. A long one is cut into several; those that end in `:` wait for the last.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator

LONGEST = 512  # characters of one edit as it is written
GOES_ON = ":"
_SHAPE = re.compile(r"(0|[1-9][0-9]{0,6})\.(0|[1-9][0-9]{0,6})\.([A-Za-z0-9_-]*):?")
_UNIT = 2  # bytes of a unit of UTF-16
_PIECE = 360  # bytes of UTF-8 in one edit: 480 characters, and room for the numbers


def is_edit(detail: str) -> bool:
    """Say whether a detail is an edit that can be read.

    >>> is_edit("3.0.aGFp"), is_edit("3.0.aGF"), is_edit("3.0.____"), is_edit("03.0.")
    (True, True, False, False)
    """
    shape = _SHAPE.fullmatch(detail) if len(detail) <= LONGEST else None
    if shape is None:
        return False
    try:
        _text(shape[3])
    except ValueError:
        return False
    return True


def is_whole(detail: str) -> bool:
    """Say whether an edit counts by itself, with those before it that wait for it."""
    return not detail.endswith(GOES_ON)


def fold(details: Iterable[str]) -> str:
    """Return what an empty text becomes; the last ones count for nothing while they wait for others.

    Whatever the edits are, there is an answer: a place behind the end is the end.

    >>> fold(["0.0.aGFpIQ", "3.1.IGR1bmlh", "0.1.SA"]), fold(["0.0.YQ", "1.0.Yg:"])
    ('Hai dunia', 'a')
    """
    told = list(details)
    while told and not is_whole(told[-1]):
        told.pop()
    text = bytearray()
    for detail in told:
        place, removed, inserted = detail.removesuffix(GOES_ON).split(".")
        start = int(place) * _UNIT
        text[start : start + int(removed) * _UNIT] = _text(inserted).encode("utf-16-le")
    # Half of a pair says nothing, and no database keeps a NUL.
    return text.decode("utf-16-le", "replace").replace("\0", "")


def written(place: int, removed: int, inserted: str) -> Iterator[str]:
    """Give the edits that take out `removed` units at `place` and put a text in.

    >>> list(written(3, 1, "é"))
    ['3.1.w6k']
    """
    pieces = list(_pieces(inserted)) or [""]
    for number, piece in enumerate(pieces, 1):
        end = "" if number == len(pieces) else GOES_ON
        coded = urlsafe_b64encode(piece.encode()).rstrip(b"=").decode("ascii")
        yield f"{place}.{removed}.{coded}{end}"
        place, removed = place + len(piece.encode("utf-16-le")) // _UNIT, 0


def _pieces(text: str) -> Iterator[str]:
    piece, size = "", 0
    for sign in text:
        width = len(sign.encode())
        if size + width > _PIECE:
            yield piece
            piece, size = "", 0
        piece, size = piece + sign, size + width
    if piece:
        yield piece


def _text(coded: str) -> str:
    return urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
