"""Which ties and which acts are there?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TieKind(StrEnum):
    """What ties two people; each is written back by the room where it arises."""

    FILED = "filed"
    TRAINED = "trained"
    RECOMMENDED = "recommended"
    EXAMINED = "examined"
    DECIDED = "decided"
    SAME_UNIT = "same_unit"
    SUPERIOR = "superior"
    FAMILY = "family"
    BUSINESS = "business"


class Act(StrEnum):
    """What somebody is about to do for or about somebody else."""

    VERIFY = "verify"
    EXAMINE = "examine"
    DECIDE = "decide"
    HEAR_APPEAL = "hear_appeal"


@dataclass(frozen=True, slots=True)
class Known:
    """One tie as the rules see it: `since` the day it arose, `until` exclusive, None while it lasts."""

    kind: TieKind
    since: date
    until: date | None = None
