"""How do the minutes of a sitting (berita acara) look on paper?"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kompeten.foundation import typeset

TEMPLATE = Path(__file__).with_name("minutes.typ")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that was noted while the sitting ran, as the paper prints it."""

    clock: str
    name: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One candidate on the list of attendance; times are hours and minutes, "" where there is none."""

    name: str
    state: str
    started: str
    handed_in: str
    answered: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything the minutes print; days, hours and states in words are written by the caller."""

    ref: str
    body: str
    title: str
    held: str
    zone: str
    place: str
    state: str
    counts: tuple[tuple[str, int], ...]
    happenings: tuple[Happening, ...]
    seats: tuple[Seat, ...]
    printed: str
    demonstration: bool


def pdf(minutes: Minutes, *, at: datetime) -> bytes:
    """Return the minutes as PDF/A, tagged."""
    return typeset.pdf(TEMPLATE, minutes, at=at)
