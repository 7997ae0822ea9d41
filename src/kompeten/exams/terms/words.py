"""The words of the exam room: states, phases of time, answers, papers and marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kompeten.itembank.terms import PaperCase
from kompeten.kernel.roles import Role
from kompeten.schemes.terms import Domain

MAX_EXTRA = 240  # minutes given at once
MAX_BREAKS = 12
OPEN_EARLY = timedelta(minutes=30)  # before its window a sitting may be opened
# A page that is well says so at least every 250 s, also where nothing is tapped (sittings up to three
# hours; docs/rooms/exam-client.md). Who is silent for longer than this may need somebody.
SILENT_AFTER = timedelta(minutes=5)

PLANNERS = frozenset({Role.COORDINATOR})
WATCH = frozenset({Role.INVIGILATOR, Role.COORDINATOR})
TAKERS = WATCH | {Role.REGISTRAR}  # take in answers that are brought by hand


class SittingState(StrEnum):
    """The life of a sitting: planned, open to candidates, closed, and scored when nothing is left."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    SCORED = "scored"


class EntryState(StrEnum):
    """The life of one candidate's seat in one sitting.

    `interrupted` is for technical failures: no way leads from it to a score, only back to the
    seat, or to a makeup seat in another sitting.
    """

    SEATED = "seated"
    STARTED = "started"
    HANDED_IN = "handed_in"
    SCORED = "scored"
    ABSENT = "absent"
    INTERRUPTED = "interrupted"


# A candidate has one entry of these at a time; others leave the way to a makeup seat open.
HOLDING = (EntryState.SEATED, EntryState.STARTED, EntryState.HANDED_IN, EntryState.SCORED)
MAKEUP_AFTER = (EntryState.ABSENT, EntryState.INTERRUPTED)


class AdjustmentGround(StrEnum):
    """How extra time and breaks came to be decided."""

    REQUESTED = "requested"  # asked for by the candidate and agreed
    DOCUMENTED = "documented"  # a letter was shown; it stays with who saw it
    SITE = "site"  # the place asks for it


class IdentityCheck(StrEnum):
    """How it was seen that the candidate is the one who sits there."""

    CARD = "card"  # the identity card was compared with the face
    PHOTO = "photo"  # a photo was taken and compared with that of the application
    KNOWN = "known"  # known in person, by whom stands in the note
    VIDEO = "video"  # the same, by video
    LETTER = "letter"  # a letter stood in for the card
    BY_HAND = "by_hand"  # none of these worked: accepted by a person, who says why


class NoPhoto(StrEnum):
    """Why no photo was taken at the check-in, where somebody said it."""

    NO_CAMERA = "no_camera"  # there is none, or it does not work
    UNWILLING = "unwilling"  # the candidate would rather not, and may
    QUEUE = "queue"  # too many at the door


class RemarkState(StrEnum):
    """The life of a remark: open until a person has looked."""

    OPEN = "open"
    SETTLED = "settled"


class Stage(StrEnum):
    """How the time of one entry stands."""

    WAITING = "waiting"
    READY = "ready"
    RUNNING = "running"
    OVER = "over"
    MISSED = "missed"


IN_DOUBT = "identity.in_doubt"  # the remark that a person makes; the others are found by the house


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage and how long it lasts, `[since, until)`; None: since ever, or for ever.

    A page that shows a phase need not ask again before `until`.
    """

    stage: Stage
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Paper:
    """What a candidate sits before: cases in this person's order, and what is answered so far.

    `answers` holds choices by item number; an item without one is blank. No key is in it.
    """

    entry_ref: str
    title: str
    cases: tuple[PaperCase, ...]
    answers: Mapping[int, str | None]
    started_at: datetime
    ends_at: datetime
    server_at: datetime

    @property
    def numbers(self) -> tuple[int, ...]:
        """The item numbers in this person's order."""
        return tuple(item.number for case in self.cases for item in case.items)


@dataclass(frozen=True, slots=True)
class Sat:
    """An exam as it was sat on one device: when it was opened, each tap with its instant, the hand-in.

    `attempt` is the entry's reference; `sends` says in how many messages the device told it.
    """

    attempt: str
    opened_at: datetime
    answers: Sequence[tuple[int, str | None, datetime]]
    handed_in_at: datetime | None
    sends: int = 10


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items are answered, and how many are blank."""

    answered: int
    blank: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What answers come to: raw points of `out_of`, and the same by domain as (points, out_of)."""

    points: int
    out_of: int
    answered: int
    by_domain: Mapping[Domain, tuple[int, int]]


class SeatingRefused(Exception):
    """Some applications cannot be seated; `by_ref` has the reason codes of each. Nobody was seated."""

    def __init__(self, by_ref: Mapping[str, tuple[str, ...]]) -> None:
        self.by_ref = dict(by_ref)
        super().__init__("; ".join(f"{ref}: {', '.join(why)}" for ref, why in by_ref.items()))
