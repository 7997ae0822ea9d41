"""What does a parcel say once it is open? Cards, sittings, rows and notes as JSON, and back."""

import gzip
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

from kompeten.exams.terms.carried import CarriedPaper, CarriedSeat, CarriedSitting
from kompeten.exams.terms.vault import Row, RowKind, Via
from kompeten.kernel import canonical
from kompeten.kernel.refs import ALPHABET, LENGTH
from kompeten.node.terms import Card, Load, Note, NoteKind, ParcelRefused, Piece, Seat

MOST = 256 * 1024 * 1024  # unpacked
ROWS = 1_000  # in one piece
MOST_CARD = 4_096
MOST_NAME = 80
REF = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
SEAL, SIGN = re.compile("[0-9a-f]{64}"), re.compile("0[23][0-9a-f]{64}")


def packed(said: Load | Piece | Card) -> bytes:
    """Return something as packed bytes, the same for the same."""
    plain = _piece(said) if isinstance(said, Piece) else canonical.plain(said)
    return gzip.compress(json.dumps(plain, separators=(",", ":")).encode(), mtime=0)


def load(content: bytes) -> Load:
    """Return what went out. :raises ParcelRefused: `parcel.content`"""
    try:
        said = _unpacked(content)
        sitting = said["sitting"]
        seats = tuple(Seat(s["code"], CarriedSeat(**s["held"])) for s in said["seats"])
        held = tuple(CarriedSeat(**s) for s in sitting["seats"])
        further = tuple(CarriedPaper(**p) for p in sitting.get("further", ()))
        return Load(
            **(dict(said) | {"house": card(said["house"]), "seats": seats})
            | {"sitting": CarriedSitting(**(sitting | {"seats": held, "further": further}))}
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ParcelRefused("parcel.content") from error


def piece(content: bytes) -> Piece:
    """Return what one block brings back. :raises ParcelRefused: `parcel.content`"""
    try:
        said = _unpacked(content)
        return Piece(
            made=int(said["made"]),
            rows=tuple(_row(row) for row in said["rows"]),
            notes=tuple(Note(n, at, NoteKind(kind), more) for n, at, kind, more in said["notes"]),
            last=bool(said["last"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ParcelRefused("parcel.content") from error


def card(said: Any) -> Card:
    """Return a node, or headquarters, as its card says. :raises ParcelRefused: `card.shape`"""
    try:
        found = Card(said["ref"], said["name"], said["seal"], said["sign"])
        fits = (
            REF.fullmatch(found.ref)
            and SEAL.fullmatch(found.seal)
            and SIGN.fullmatch(found.sign)
            and 0 < len(found.name.strip()) <= MOST_NAME
            and found.name.isprintable()
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ParcelRefused("card.shape") from error
    if not fits:
        raise ParcelRefused("card.shape")
    return found


def read_card(content: bytes) -> Card:
    """Return the card that a file or a pasted text holds. :raises ParcelRefused: `card.shape`"""
    try:
        said = json.loads(content[: MOST_CARD + 1].decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ParcelRefused("card.shape") from error
    if len(content) > MOST_CARD:
        raise ParcelRefused("card.shape")
    return card(said)


def row_key(row: Row) -> tuple[str, str, int, int, str]:
    """Return the place of a row: whatever has the same place is the same row."""
    return (row.attempt, row.chain, row.first, row.last, row.head)


def _piece(said: Piece) -> dict[str, Any]:
    return {
        "made": said.made,
        "rows": [
            [
                r.kind,
                r.attempt,
                r.chain,
                r.first,
                r.last,
                r.head,
                r.body.decode(),
                r.received,
                r.via,
            ]
            for r in said.rows
        ],
        "notes": [[n.number, n.at, n.kind, dict(n.said)] for n in said.notes],
        "last": said.last,
    }


def _row(said: Any) -> Row:
    kind, attempt, chain, first, last, head, body, received, via = said
    texts, numbers = (attempt, chain, head, body), (first, last, received)
    if not all(isinstance(t, str) and t.isascii() for t in texts):
        raise TypeError("plain text is expected")
    if not all(type(n) is int and 0 <= n < 2**53 for n in numbers):
        raise TypeError("a count is expected")
    kept = body.encode("ascii")
    return Row(RowKind(kind), attempt, chain, first, last, head, kept, received, Via(via))


def _unpacked(content: bytes) -> Mapping[str, Any]:
    reader = zlib.decompressobj(wbits=31)
    try:
        text = reader.decompress(content, MOST)
        said: Mapping[str, Any] = json.loads(text)
    except (zlib.error, RecursionError) as error:
        raise ValueError("no content") from error
    return said
