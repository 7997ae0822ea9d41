"""What is printed for the seats of a sitting? Cards to hand out, and a list for the door.

At headquarters from its tables, at the site from its parcel: names and codes are the same.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation

from kompeten.exams.queries import carrying
from kompeten.node.adapters import seatcards
from kompeten.node.adapters.seatcards import Heading
from kompeten.node.queries.parcels import seat_codes
from kompeten.node.queries.site import window
from kompeten.node.terms import CardOrder, Load, SeatCard
from kompeten.regions import labels as region_labels

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting


def seat_cards(sitting: "Sitting") -> list[SeatCard]:
    """Return the cards of everybody who has a seat, by name. Two queries."""
    codes = seat_codes(sitting)
    seated = enumerate(carrying.seated(sitting), start=1)
    return [SeatCard(number, name, codes[attempt]) for number, (attempt, name) in seated]


def seat_cards_here(load: Load) -> list[SeatCard]:
    """Return the cards of everybody in a parcel that this site has taken in, by name."""
    seats = enumerate(load.seats, start=1)
    return [SeatCard(number, seat.held.name, seat.code) for number, seat in seats]


def heading(sitting: "Sitting", *, address: str) -> Heading:
    """Return what stands over the cards of a sitting; `address` is what phones open, "" if not known."""
    return _heading(
        body=settings.OPTIONS.body_name,
        title=sitting.title,
        opens=sitting.opens_at,
        closes=sitting.closes_at,
        zone=sitting.zone,
        address=address,
    )


def heading_here(load: Load) -> Heading:
    """Return what stands over the cards at this site, whose address is known."""
    opens, closes = (datetime.fromtimestamp(ms / 1000, UTC) for ms in window(load))
    return _heading(
        body=load.house.name,
        title=load.sitting.title,
        opens=opens,
        closes=closes,
        zone=load.sitting.zone,
        address=settings.PUBLIC_URL,
    )


def cards_pdf(
    cards: list[SeatCard], heading: Heading, *, order: CardOrder = CardOrder.NAME, at: datetime
) -> bytes:
    """Return seat cards as PDF, ten to a sheet of A4, to be cut apart. In Indonesian."""
    by_code = order is CardOrder.CODE
    wanted = sorted(cards, key=lambda card: card.code) if by_code else cards
    return seatcards.cards(heading, wanted, at=at)


def door_pdf(cards: list[SeatCard], heading: Heading, *, at: datetime) -> bytes:
    """Return the list for the door as PDF: numbers and names on one sheet, and no code. In Indonesian."""
    return seatcards.door(heading, cards, at=at)


def _heading(
    *, body: str, title: str, opens: datetime, closes: datetime, zone: str, address: str
) -> Heading:
    here = ZoneInfo(zone)
    start, end = opens.astimezone(here), closes.astimezone(here)
    with translation.override("id"):
        until = "" if end.date() == start.date() else f"{_day(end)} "
        word = region_labels.ZONE.get(zone, zone)
        return Heading(
            body=body,
            title=title,
            day=_day(start),
            hours=f"{start:%H.%M} sampai {until}{end:%H.%M} {word}",
            address=address.rstrip("/"),
            demonstration=settings.OPTIONS.demo,
        )


def _day(at: datetime) -> str:
    return formats.date_format(at, "l, j F Y")
