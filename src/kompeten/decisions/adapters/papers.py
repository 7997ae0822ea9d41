"""How does a decree look on paper?"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kompeten.foundation import typeset

TEMPLATE = Path(__file__).with_name("decree.typ")


@dataclass(frozen=True, slots=True)
class Named:
    """One person as the decree's annex lists them."""

    name: str
    scheme: str
    components: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the decree prints; days in words are written by the caller."""

    number: str
    body: str
    place: str
    signed_on: date
    signed_words: str
    meeting_words: str
    signatory: str
    post: str
    granted: tuple[Named, ...]
    deferred: tuple[Named, ...]
    demonstration: bool


def decree(paper: Paper, *, at: datetime) -> bytes:
    """Return the decree with its annexes as PDF."""
    return typeset.pdf(TEMPLATE, paper, at=at)
