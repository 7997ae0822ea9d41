"""How do the handing-over list and the labels for it look on paper?"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kompeten.foundation import typeset
from kompeten.reporting.terms import Parcel

HANDOVER = Path(__file__).with_name("handover.typ")
LABELS = Path(__file__).with_name("labels.typ")
PER_SHEET = 14  # labels: two across, seven down


@dataclass(frozen=True, slots=True)
class Heading:
    """What is the same on every page: the body, the decree, the day, and whether all is made up."""

    body: str
    decree: str
    day: str
    demonstration: bool


def handover(heading: Heading, parcels: tuple[Parcel, ...], *, at: datetime) -> bytes:
    """Return the list, a page or more for each parcel, with room for every signature."""
    return typeset.pdf(HANDOVER, {"heading": heading, "parcels": parcels}, at=at)


def labels(heading: Heading, parcels: tuple[Parcel, ...], *, skip: int, at: datetime) -> bytes:
    """Return address labels: one for each parcel to an office, then one for each holder in it.

    `skip` labels of the first sheet are used already and stay empty; see `PER_SHEET`.
    """
    data = {"heading": heading, "parcels": parcels, "skip": skip}
    return typeset.pdf(LABELS, data, at=at)
