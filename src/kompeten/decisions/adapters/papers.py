"""How do a decree and the minutes of a meeting look on paper?"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kompeten.foundation import typeset

DECREE = Path(__file__).with_name("decree.typ")
MINUTES = Path(__file__).with_name("minutes.typ")


@dataclass(frozen=True, slots=True)
class Named:
    """One person as the decree's annex lists them; `ref` is the application's."""

    name: str
    ref: str
    scheme: str
    components: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the decree prints; days in words are written by the caller.

    `meeting` names the meeting with its day; `basis` are the laws, cited in full. A `draft` bears a
    watermark.
    """

    number: str
    body: str
    subject: str
    place: str
    signed: str
    meeting: str
    basis: tuple[str, ...]
    signatory: str
    post: str
    granted: tuple[Named, ...]
    deferred: tuple[Named, ...]
    draft: bool
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One candidate as the annex of the minutes lists them; verdicts are K or BK."""

    name: str
    ref: str
    scheme: str
    components: str
    recommended: str
    decided: str


@dataclass(frozen=True, slots=True)
class Departed:
    """Where the committee decided otherwise; `number` is the candidate's in the annex."""

    number: int
    name: str
    recommended: str
    decided: str
    reason: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything the minutes print; days and hours in words are written by the caller.

    `minutes` are the paragraphs that were written when the meeting ended.
    """

    ref: str
    body: str
    decree: str
    day: str
    clock: str
    closed: str
    place: str
    chair: str
    members: tuple[str, ...]
    granted: int
    deferred: int
    minutes: tuple[str, ...]
    departures: tuple[Departed, ...]
    cases: tuple[Case, ...]
    demonstration: bool


def decree(paper: Paper, *, at: datetime) -> bytes:
    """Return the decree with its annexes as PDF/A, tagged; the same facts give the same bytes."""
    return typeset.pdf(DECREE, paper, at=at)


def minutes(paper: Minutes, *, at: datetime) -> bytes:
    """Return the minutes with their annex as PDF/A, tagged; the same facts give the same bytes."""
    return typeset.pdf(MINUTES, paper, at=at)
