"""Which nodes and parcels are there, and how does it stand at a site?"""

from kompeten.node.queries.board import Board, progress
from kompeten.node.queries.cards import (
    cards_pdf,
    door_pdf,
    heading,
    heading_here,
    seat_cards,
    seat_cards_here,
)
from kompeten.node.queries.desk import (
    came,
    laptop,
    laptops,
    noted,
    parcel,
    parcels,
    read_card,
)
from kompeten.node.queries.parcels import by_ref, seat_codes
from kompeten.node.queries.site import (
    allowed,
    attempt,
    card,
    copy_is_away,
    due,
    loads,
    package,
    pin,
    seat,
    sheet,
    ticket,
    window,
)

__all__ = [
    "Board",
    "allowed",
    "attempt",
    "by_ref",
    "came",
    "card",
    "cards_pdf",
    "copy_is_away",
    "door_pdf",
    "due",
    "heading",
    "heading_here",
    "laptop",
    "laptops",
    "loads",
    "noted",
    "package",
    "parcel",
    "parcels",
    "pin",
    "progress",
    "read_card",
    "seat",
    "seat_cards",
    "seat_cards_here",
    "seat_codes",
    "sheet",
    "ticket",
    "window",
]
