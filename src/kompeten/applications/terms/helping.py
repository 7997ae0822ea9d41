"""What helping is: somebody fills in their application at another's device, who lends a hand."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

# Which version of the text somebody agrees to who lets themselves be helped; its words: `labels.HELP`.
HELP_VERSION = "2026-11"


class HelpState(StrEnum):
    """The life of one helping; `locked` after too many wrong answers to who sits there."""

    ASKED = "asked"
    OPEN = "open"
    ENDED = "ended"
    LOCKED = "locked"


class HelpEnd(StrEnum):
    """Why a helping ended."""

    BUTTON = "button"  # by the two at the device
    IDLE = "idle"  # nobody touched the device for a while
    ELSEWHERE = "elsewhere"  # by the helper, at another device
    NEXT = "next"  # the helper went on to somebody else
    TRIES = "tries"  # too many wrong answers to who agrees


@dataclass(frozen=True, slots=True)
class Shown:
    """By what somebody shows who sits there, as it was typed: a code, or the end of their NIK and a birth date."""

    code: str = field(default="", repr=False)
    nik_end: str = field(default="", repr=False)
    birth: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Helping:
    """`help.opened`: for which application the helper asked."""

    application: str


@dataclass(frozen=True, slots=True)
class Begun:
    """`help.begun`: by which way the person showed that it is they, and to which text they agreed."""

    way: str
    version: str


@dataclass(frozen=True, slots=True)
class Ended:
    """`help.ended`: why, one of `HelpEnd`."""

    why: str


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One helping as the person reads it; `ended_at` None: it goes on."""

    application_ref: str
    helper: str
    begun_at: datetime
    ended_at: datetime | None
