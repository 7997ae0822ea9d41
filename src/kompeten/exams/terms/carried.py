"""What goes to an exam site that holds a sitting by itself: the sitting, and each seat in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CarriedSeat:
    """One entry as an exam site needs it: no number of any identity card, nothing of the person but the name.

    `key` is the attempt's own, as hexadecimal: what comes by hand from this attempt is tagged with it.
    `order` is where this person's cases and options stand.
    """

    attempt: str
    name: str
    extra: int
    key: str
    order: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CarriedSitting:
    """A sitting as an exam site needs it; instants are milliseconds since 1970.

    `paper` is the paper as devices read it, JSON without key, domain or difficulty of any item.
    """

    ref: str
    title: str
    zone: str
    opens: int
    closes: int
    minutes: int
    form: str
    items: int
    paper: str
    seats: tuple[CarriedSeat, ...]
