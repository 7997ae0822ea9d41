"""Which shapes do components take? Frozen dataclasses that a view fills and a template hands on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from kompeten.kernel.workdays import Clock

Word = Any  # a string, or one that is translated when the page is made


class Tone(StrEnum):
    """What a thing means to the reader; always shown by a shape and a word beside the colour."""

    PLAIN = "plain"
    GOOD = "good"
    WAIT = "wait"
    BAD = "bad"
    INFO = "info"


class StopState(StrEnum):
    """Where the traveller stands with one stop of the way."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place in a face's navigation. `icon` is a heroicon's name; `count` waits there."""

    label: Word
    href: str
    icon: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the way: `note` says what happened or what to do, `on` when, `href` where to act.

    `promised` is how what the house has promised there stands.
    """

    label: Word
    state: StopState | str = StopState.NEXT
    note: Word = ""
    on: date | datetime | None = None
    href: str = ""
    action: Word = ""
    promised: Clock | None = None

    @property
    def acts(self) -> bool:
        """Say whether this is where the traveller stands and has something to do."""
        return self.state in (StopState.NOW, StopState.BLOCKED)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: a link to another page, so tabs work without JavaScript."""

    label: Word
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path back; the last has no `href`."""

    label: Word
    href: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """One measured thing in a chart."""

    label: Word
    value: float
    tone: Tone | str = Tone.PLAIN
    href: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts."""

    label: Word
    value: Any
    hint: Word = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `kind` is text, number or action."""

    label: Word
    kind: str = "text"
    sort_href: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a story: who did what, when, and in which words. `details` are shown on demand.

    `when` says day and hour where they are not those of the house's own clock, zone named.
    """

    title: Word
    at: datetime
    who: Word = ""
    text: Word = ""
    tone: Tone | str = Tone.PLAIN
    details: Sequence[Fact] = field(default=())
    when: Word = ""
