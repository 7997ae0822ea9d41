"""The words of exam sites that hold a sitting by themselves: cards, seats, parcels, notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from kompeten.exams.terms.carried import CarriedSeat, CarriedSitting
from kompeten.exams.terms.vault import Row
from kompeten.kernel.roles import Role

MEDIA = "application/vnd.kompeten.parcel"
PLANNERS = frozenset({Role.COORDINATOR})
TAKERS = PLANNERS | {Role.INVIGILATOR}  # see what went out, and take in what comes back


class NodeState(StrEnum):
    """Whether a node may be given sittings. What it kept before is taken in either way."""

    ACTIVE = "active"
    ENDED = "ended"


class ParcelState(StrEnum):
    """A sitting given to a node: packed, and something of it has come back."""

    PACKED = "packed"
    RETURNED = "returned"


class Way(StrEnum):
    """Which way a parcel travels: to the site, or back."""

    OUT = "out"
    BACK = "back"


class NoteKind(StrEnum):
    """What a site has noted beside answers: facts for those who judge, never a verdict."""

    STARTED = "started"  # the node was switched on
    CLOCK = "clock"  # what its clock said, beside how long it had been running
    OPENED = "opened_by_hand"
    INCIDENT = "incident"
    COPY = "copy"  # the second copy went away, or came back


@dataclass(frozen=True, slots=True)
class Card:
    """What headquarters must know of a node: what to call it, whom to seal to, whose signature to expect.

    `seal` is an X25519 public key as hexadecimal, `sign` a P-256 one as a compressed point, likewise.
    """

    ref: str
    name: str
    seal: str
    sign: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat as the site knows it: `code` is what the candidate types to sit down."""

    code: str
    held: CarriedSeat


@dataclass(frozen=True, slots=True)
class Load:
    """What an outbound parcel holds. `house` is headquarters as a card; `handin` an address there."""

    parcel: str
    node: str
    house: Card
    packed: int
    sitting: CarriedSitting
    seats: tuple[Seat, ...]
    handin: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a site noted at `at`, milliseconds since 1970 by its own clock.

    `number` counts the notes of a node from 1. `said` is what belongs to the kind.
    """

    number: int
    at: int
    kind: NoteKind
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a parcel on its way back: whole in itself, so that a cut-off file still counts.

    `last` says that nothing follows in this file.
    """

    made: int
    rows: tuple[Row, ...] = ()
    notes: tuple[Note, ...] = ()
    last: bool = False


@dataclass(frozen=True, slots=True)
class Framed:
    """A parcel as it lies on a disk: its header, the blocks that are whole, and whether all are there."""

    header: Mapping[str, Any]
    head: bytes
    blocks: tuple[bytes, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What became of a parcel that came back: rows in it, those not known before, and those set aside.

    `whole` is False where the file was cut off: then more is to come. `again` says that this very file
    was here before; it is known by its `digest`. `skew` is by how many milliseconds the node's clock
    was ahead of the phones.
    """

    parcel: str
    digest: str
    rows: int
    fresh: int
    refused: Mapping[str, int]
    whole: bool
    again: bool = False
    skew: int | None = None


@dataclass(frozen=True, slots=True)
class LaptopRow:
    """A node as headquarters lists it, with the last parcel that went out to it and the last that came.

    `sitting` is the title of what went out last. What never happened is None, or "".
    """

    ref: str
    name: str
    state: NodeState
    registered_at: datetime
    ended_at: datetime | None
    packed_at: datetime | None
    sitting: str
    came_at: datetime | None


@dataclass(frozen=True, slots=True)
class CameRow:
    """One file that came back of a parcel, as pages list it."""

    digest: str
    at: datetime
    rows: int
    fresh: int
    refused: int
    whole: bool


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel of a sitting, the files that came back of it, and whether the laptop uses a newer one."""

    key: int
    ref: str
    node: str
    name: str
    packed_at: datetime
    seats: int
    replaced: bool
    came: tuple[CameRow, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """What one file brought back, told whole: from which laptop, of which sitting, and why rows were set aside.

    `made_at` is by the laptop's clock, `at` by ours; `skew` as in `Unpacked`.
    """

    digest: str
    parcel: str
    name: str
    sitting: str
    title: str
    zone: str
    at: datetime
    made_at: datetime
    rows: int
    fresh: int
    refused: Mapping[str, int]
    whole: bool
    skew: int | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """Something a site noted during a sitting; `at` is by the laptop's clock, `said` as it was written."""

    kind: NoteKind
    at: datetime
    name: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SeatCard:
    """What somebody takes to the seat: `number` is the place on the list by name, from 1."""

    number: int
    name: str
    code: str


class CardOrder(StrEnum):
    """In which order seat cards are printed."""

    NAME = "name"
    CODE = "code"


class Standing(StrEnum):
    """How a seat stands on the board of a site."""

    NOT_STARTED = "not_started"
    WORKING = "working"
    SILENT = "silent"
    TROUBLE = "trouble"
    HANDED_IN = "handed_in"


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat on the board; `last` is when something last came from it, in milliseconds, None: never."""

    attempt: str
    name: str
    code: str
    extra: int
    standing: Standing
    last: int | None
    answered: int


@dataclass(frozen=True, slots=True)
class Registration:
    """`node.opened`: the public keys a node is known by."""

    name: str
    seal: str
    sign: str


@dataclass(frozen=True, slots=True)
class Packing:
    """`parcel.opened`: which sitting went to which node, with how many seats, and the file's digest.

    `name` is what the node was called then; "" in events from before it was noted.
    """

    node: str
    sitting: str
    seats: int
    digest: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """`parcel.returned`: what one file brought back; `node_made` is by the node's clock, in milliseconds."""

    digest: str
    rows: int
    fresh: int
    refused: int
    whole: bool
    node_made: int
    skew: int | None


class ParcelRefused(Exception):
    """A file is no parcel for us; `code` has words in `labels.REASON`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
