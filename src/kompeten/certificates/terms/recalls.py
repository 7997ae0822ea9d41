"""Which certificates is a recall to reach, and which does it?"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RecallWish:
    """Which certificates in force a recall is to reach: those that meet every part that is not empty.

    `scheme` is a scheme's code, `decree` a decree's number, `province` two digits; the days are
    those on which certificates begin, both within; `numbers` are certificate numbers.
    """

    scheme: str = ""
    decree: str = ""
    province: str = ""
    first_on: date | None = None
    last_on: date | None = None
    numbers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether it asks for nothing, and would reach everybody."""
        return self == RecallWish()


@dataclass(frozen=True, slots=True)
class RecallReach:
    """What a recall would reach: how many, some of them to look at, and numbers that are not in force.

    `digest` names exactly these certificates, so that what is proposed is what was looked at.
    """

    count: int
    digest: str
    sample: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    shown: tuple[int, ...] = ()
