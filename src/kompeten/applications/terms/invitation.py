"""What an invitation is: a link for one person on a list, to mend their line and to confirm it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class InvitationState(StrEnum):
    """The life of an invitation; `locked` after too many wrong answers, `ended` when it leads nowhere."""

    OPEN = "open"
    USED = "used"
    LOCKED = "locked"
    ENDED = "ended"


class Left(StrEnum):
    """What an invitation still asks of the person, in order."""

    MEND = "mend"
    CONFIRM = "confirm"
    ACCOUNT = "account"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Inviting:
    """`invitation.opened`: from which list, and until when the link leads somewhere."""

    collective: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Nudge:
    """`invitation.nudged`: the how manyth message this is, the first one counted."""

    number: int
