"""Which nodes and parcels are there, and how does it stand at a site?"""

from kompeten.node.queries.board import Board, progress
from kompeten.node.queries.parcels import active, by_ref, of_sitting, returns, seat_codes
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
    "active",
    "allowed",
    "attempt",
    "by_ref",
    "card",
    "copy_is_away",
    "due",
    "loads",
    "of_sitting",
    "package",
    "pin",
    "progress",
    "returns",
    "seat",
    "seat_codes",
    "sheet",
    "ticket",
    "window",
]
