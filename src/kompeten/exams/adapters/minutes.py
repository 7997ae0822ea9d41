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
    """One candidate on the list of attendance; times are hours and minutes, "" where there is none.

    `identity`: how it was seen who it is, and whether there is a photo.
    """

    name: str
    state: str
    identity: str
    started: str
    handed_in: str
    answered: str


@dataclass(frozen=True, slots=True)
class Unpictured:
    """Somebody who came and has no photo: how it was seen who it is, and what was said of it."""

    name: str
    how: str
    why: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything the minutes print; days, hours and states in words are written by the caller.

    `identified` counts those who came by how that was seen. `unpictured` are all who have no photo,
    or only those worth a line where nobody has one (`pictured` is 0).
    """

    ref: str
    body: str
    title: str
    held: str
    zone: str
    place: str
    state: str
    counts: tuple[tuple[str, int], ...]
    identified: tuple[tuple[str, int], ...]
    pictured: int
    unpictured: tuple[Unpictured, ...]
    happenings: tuple[Happening, ...]
    seats: tuple[Seat, ...]
    printed: str
    demonstration: bool


def pdf(minutes: Minutes, *, at: datetime) -> bytes:
    """Return the minutes as PDF/A, tagged."""
    return typeset.pdf(TEMPLATE, minutes, at=at)
