"""What an invitation is: a link for one person on a list, to mend their line and to confirm it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# So long does a status code lead somewhere: a way takes a year at most. Each letter and mail renews it.
CODE_LASTS = timedelta(days=365)


class LinkKind(StrEnum):
    """To what a short address in a message or on a letter leads."""

    INVITATION = "invitation"
    STATUS = "status"
    RECOMMENDATION = "recommendation"


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


@dataclass(frozen=True, slots=True)
class Reach:
    """How an office reaches one person of its list, as far as that is its business."""

    name: str
    phone: str
    email: str
    address: str = ""
    region_code: str = ""
