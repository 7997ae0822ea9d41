"""Where does somebody stand on each step of the way? Read from what each room holds."""

from kompeten.journey.rules.standing import ON_ROUTE
from kompeten.journey.rules.telling import discreet, initials
from kompeten.journey.rules.way import STUCK_AFTER, foremost, way

__all__ = ["ON_ROUTE", "STUCK_AFTER", "discreet", "foremost", "initials", "way"]
