"""How do seat cards, and the list at the door, look on paper?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kompeten.foundation import qr, typeset
from kompeten.node.terms import SeatCard

CARDS = Path(__file__).with_name("seatcards.typ")
DOOR = Path(__file__).with_name("doorlist.typ")
# The door of a site takes a code with the address, so that a camera types it: web/examroom/node.py.
WITH_CODE = "/ujian/?kode="


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over all cards; day and hours are written by the caller. `address` may be ""."""

    body: str
    title: str
    day: str
    hours: str
    address: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class _Printed:
    card: SeatCard
    qr: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    heading: Heading
    cards: tuple[_Printed, ...]
    qr: str


def cards(heading: Heading, some: Sequence[SeatCard], *, at: datetime) -> bytes:
    """Return the cards as PDF/A, tagged; ten to a sheet in the order given."""
    return typeset.pdf(CARDS, _sheet(heading, some, with_code=True), at=at)


def door(heading: Heading, some: Sequence[SeatCard], *, at: datetime) -> bytes:
    """Return the list for the door as PDF/A, tagged: one sheet for up to 240 names."""
    bare = [SeatCard(card.number, card.name, "") for card in some]
    return typeset.pdf(DOOR, _sheet(heading, bare, with_code=False), at=at)


def _sheet(heading: Heading, some: Sequence[SeatCard], *, with_code: bool) -> _Sheet:
    address = heading.address
    printed = (
        _Printed(card, qr.svg(address + WITH_CODE + card.code) if address and with_code else "")
        for card in some
    )
    return _Sheet(heading, tuple(printed), qr.svg(f"{address}/") if address else "")
