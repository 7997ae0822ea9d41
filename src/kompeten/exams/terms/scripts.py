"""What is a script, what is a marking, and which facts do their events carry?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompeten.itembank.terms import Guide

MIN_NOTE = 8  # characters; points without a word of why are none
MARKERS = 2  # assessors of one script, before a third is called


class ScriptState(StrEnum):
    """The life of a script: before assessors, then settled."""

    MARKING = "marking"
    SETTLED = "settled"


class MarkingState(StrEnum):
    """The life of a marking; `released` when taken from its assessor."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class ScriptOpening:
    """`script.opened`: of which entry and item it is, and the digest of its text."""

    entry: str
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class ScriptSettlement:
    """`script.settled`: points, of how many, by how many markings."""

    points: int
    most_points: int
    markings: int


@dataclass(frozen=True, slots=True)
class MarkingOpening:
    """`marking.opened`: of which script, and the seed by which its assessor was drawn."""

    script: str
    third: bool
    seed: int


@dataclass(frozen=True, slots=True)
class MarkingHandIn:
    """`marking.handed_in`: points of how many, how long the note is; `waits`: its exam waits for them."""

    points: int
    most_points: int
    note: int
    waits: bool = True


@dataclass(frozen=True, slots=True)
class MarkingRow:
    """A marking as its assessor's list shows it: the seat's reference stands for whose it is."""

    ref: str
    attempt: str
    sitting: str
    number: int
    characters: int
    most_points: int
    points: int | None
    state: MarkingState
    third: bool
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class MarkingView:
    """All that an assessor's page shows; `others` are the points and notes of others, once all are in."""

    row: MarkingRow
    guide: Guide
    text: str
    note: str
    others: tuple[tuple[int, str, bool], ...] = ()
    settled: int | None = None


@dataclass(frozen=True, slots=True)
class WaitingScripts:
    """How far the essays of one sitting are: before assessors, without enough of them, settled."""

    sitting: str
    title: str
    marking: int
    lacking: int
    settled: int


@dataclass(frozen=True, slots=True)
class MarkerLoad:
    """How many markings an assessor has open, and since when the oldest waits."""

    assessor_id: int
    name: str
    open: int
    since: datetime
