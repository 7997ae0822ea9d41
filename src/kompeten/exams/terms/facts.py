"""What the events of sittings and entries tell."""

from dataclasses import dataclass
from datetime import datetime

from kompeten.exams.terms.vault import Via
from kompeten.exams.terms.words import (
    AdjustmentGround,
    IdentityCheck,
    NoPhoto,
    SittingState,
    Stage,
)


@dataclass(frozen=True, slots=True)
class Planning:
    """`sitting.opened`: what was planned; `further` are the forms that it has besides `form`."""

    form: str
    schemes: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    zone: str
    minutes: int
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beginning:
    """`sitting.begun`: when the doors were opened, against the window."""

    at: datetime
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """`sitting.closed`: when, after the end of the last who had time, and what became of whom."""

    at: datetime
    last_end: datetime
    absent: int
    timed_out: int


@dataclass(frozen=True, slots=True)
class Completion:
    """`sitting.scored`: how many entries ended how."""

    scored: int
    absent: int
    interrupted: int


@dataclass(frozen=True, slots=True)
class CodeShowing:
    """`sitting.code_shown`: when the code of a sitting was shown, against its window, and why so early.

    `planner`: by somebody who plans sittings, and so may see it before the doors open.
    """

    at: datetime
    opens_at: datetime
    planner: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CodeRenewal:
    """`sitting.code_renewed`: for the how-manieth time, and why; the code itself stands nowhere."""

    renewals: int
    reason: str


@dataclass(frozen=True, slots=True)
class Seating:
    """`entry.opened`: whose seat it is, where, instead of which entry if it is a makeup, and its form's digest."""

    sitting: str
    application: str
    makeup_of: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """`entry.checked_in`: how it was seen who came, with a note; `before`: it was noted already.

    `photo` is the SHA-256 of the photo taken, hexadecimal; `without` says why there is none. Events
    from before photos have neither.
    """

    way: IdentityCheck
    reason: str
    before: bool
    photo: str = ""
    without: NoPhoto | None = None


@dataclass(frozen=True, slots=True)
class CheckInWithdrawal:
    """`entry.check_in_withdrawn`: why a check-in does not stand, when it was noted, and its photo.

    `noted_at` is None where nothing was noted.
    """

    reason: str
    noted_at: datetime | None
    photo: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """`entry.identity_doubted`: what does not fit; `before`: somebody's doubt waits to be settled already."""

    note: str
    before: bool


@dataclass(frozen=True, slots=True)
class Disposal:
    """`entry.photos_disposed`: the digests of the photos that were deleted; `in_doubt`: they are needed."""

    photos: tuple[str, ...]
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Start:
    """`entry.started`: how time stood, and when it will have run out."""

    sitting: SittingState
    stage: Stage
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class HandIn:
    """`entry.handed_in`: how many items were answered and how many left blank."""

    answered: int
    blank: int


@dataclass(frozen=True, slots=True)
class BringingIn:
    """`entry.brought_in`: by which way answers came that did not come by line, and how many links."""

    via: Via
    links: int


@dataclass(frozen=True, slots=True)
class Incident:
    """`entry.interrupted`: what failed, in a few words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """`entry.recovered`: what came in after the sitting was closed, by which way; no answers in it.

    `handed_in`: the device says so itself; else only answers came.
    """

    answered: int
    blank: int
    handed_in: bool
    via: str


@dataclass(frozen=True, slots=True)
class Settling:
    """`entry.settled`: a person said that no more is waited for."""

    sitting: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """`entry.adjusted`: extra time and breaks before the start, and on which ground.

    The ground says how it was decided and nothing of the person: health is nobody's business here.
    """

    minutes: int
    breaks: int
    ground: AdjustmentGround


@dataclass(frozen=True, slots=True)
class Noting:
    """`remark.opened`: what was found, of which attempt; `note` where a person found it."""

    code: str
    attempt: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """`remark.settled`: what a person made of it."""

    note: str


@dataclass(frozen=True, slots=True)
class Reseating:
    """`entry.reseated`: whether the sitting still takes candidates, and minutes given on top."""

    sitting: SittingState
    minutes: int


@dataclass(frozen=True, slots=True)
class ExtraTime:
    """`entry.extended`: minutes given on top, and why."""

    minutes: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sealing:
    """`entry.scored`: the digest of the sealed score; the points stand there only."""

    digest: str
