"""Which of many cases are close to the day they were promised, or past it? As a condition for the database.

Counting working days is for Python; the database only compares instants. For each length of a promise
there is one instant before which a clock must have begun, in each zone of the country.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.db.models.functions import Left
from django.db.models.lookups import In

from kompeten.kernel.workdays import Band, Calendar, threshold


@dataclass(frozen=True, slots=True)
class Clocks:
    """Where a query finds what a clock needs: when it began, and the application it is about.

    `application` is the path to the application, empty for applications themselves. `stops` says that
    days which passed before the clock stopped stand with the application.
    """

    since: str
    application: str = ""
    stops: bool = False

    def path(self, name: str) -> str:
        """Return the path to a field of the application."""
        return f"{self.application}__{name}" if self.application else name


def condition(
    clocks: Clocks,
    band: Band,
    *,
    days: Mapping[int, int],
    zones: Sequence[tuple[ZoneInfo, frozenset[str]]],
    at: datetime,
    calendar: Calendar,
) -> Q:
    """Return which clocks have reached `band`, or a later one, at `at`. No query.

    `days` are those promised by scheme version; `zones` says which provinces are in which, and the
    first of them is that of whoever's region is not known.
    """
    versions: dict[int, list[int]] = {}
    for version, promised in days.items():
        versions.setdefault(promised, []).append(version)
    home, *others = zones
    abroad = frozenset().union(*(provinces for _, provinces in others))
    found = _in_zone(home[0], clocks, band, versions, at=at, calendar=calendar) & ~_in(
        clocks, abroad
    )
    for zone, provinces in others:
        there = _in_zone(zone, clocks, band, versions, at=at, calendar=calendar)
        found |= there & _in(clocks, provinces)
    return found


def _in(clocks: Clocks, provinces: frozenset[str]) -> Q:
    code = Left(F(clocks.path("person__region_code")), 2)
    return Q(In(code, sorted(provinces)))


def _in_zone(
    zone: ZoneInfo,
    clocks: Clocks,
    band: Band,
    versions: Mapping[int, list[int]],
    *,
    at: datetime,
    calendar: Calendar,
) -> Q:
    found = Q(pk__in=())
    for promised, keys in sorted(versions.items()):
        ours = Q(**{clocks.path("scheme_version__in"): keys})
        for spent in range(promised + 1 if clocks.stops else 1):
            begun_before = threshold(
                band, days=promised, spent=spent, at=at, zone=zone, calendar=calendar
            )
            begun = Q(**{f"{clocks.since}__lt": begun_before})
            if clocks.stops:
                # Whoever has used it all up has no more left than who has used just that.
                least = "gte" if spent == promised else "exact"
                begun &= Q(**{clocks.path(f"spent_days__{least}"): spent})
            found |= ours & begun
    return found
