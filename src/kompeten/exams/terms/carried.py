"""What goes to an exam site that holds a sitting by itself: the sitting, and each seat in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CarriedSeat:
    """One entry as an exam site needs it: no number of any identity card, nothing of the person but the name.

    `key` is the attempt's own, as hexadecimal: what comes by hand from this attempt is tagged with it.
    `order` is where this person's cases and options stand. `form` names this person's paper; empty in
    parcels from before sittings had several: the one of the sitting.
    """

    attempt: str
    name: str
    extra: int
    key: str
    order: Mapping[str, Any]
    form: str = ""


@dataclass(frozen=True, slots=True)
class CarriedPaper:
    """One paper of a sitting as devices read it: JSON without key, domain or difficulty of any item."""

    form: str
    items: int
    paper: str


@dataclass(frozen=True, slots=True)
class CarriedSitting:
    """A sitting as an exam site needs it; instants are milliseconds since 1970.

    `form`, `items` and `paper` are those of its first form, `further` its others.
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
    further: tuple[CarriedPaper, ...] = ()

    def paper_of(self, seat: CarriedSeat) -> CarriedPaper:
        """Return the paper of one of its seats."""
        first = CarriedPaper(self.form, self.items, self.paper)
        return next((one for one in self.further if one.form == seat.form), first)
