"""The words of places: what kinds there are and what a region is called."""

from dataclasses import dataclass
from enum import StrEnum


class RegionKind(StrEnum):
    """What a region is in the order of government."""

    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region as a decree names it; `province_code` is empty for provinces, `timezone` is IANA's."""

    code: str
    kind: RegionKind
    name: str
    timezone: str
    province_code: str = ""
