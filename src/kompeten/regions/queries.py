"""Where is this, and what time is it there? Reads of regions, kept in memory once read.

Regions change by migration, hence with a new release and a new process; some 550 rows are read
once and every later question costs no query.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from kompeten.kernel.interval import Period
from kompeten.regions import rules
from kompeten.regions.models import Region
from kompeten.regions.terms import RegionKind, RegionRow


@dataclass(frozen=True, slots=True)
class _Entry:
    row: RegionRow
    valid: Period


_entries: dict[str, _Entry] = {}


def region(code: str) -> RegionRow | None:
    """Return the region with this code, written in any way, in force or not; None if there is none."""
    entry = _all().get(rules.normalise(code))
    return entry.row if entry else None


def codes(*, on: date | None = None) -> frozenset[str]:
    """Return the codes of regencies and cities, all or those in force on a day."""
    return frozenset(row.code for row in _rows(on) if row.kind is not RegionKind.PROVINCE)


def provinces(*, on: date | None = None) -> tuple[RegionRow, ...]:
    """Return the provinces by code, all or those in force on a day."""
    return tuple(row for row in _rows(on) if row.kind is RegionKind.PROVINCE)


def districts(province_code: str, *, on: date | None = None) -> tuple[RegionRow, ...]:
    """Return the regencies and cities of a province by code, all or those in force on a day."""
    return tuple(row for row in _rows(on) if row.province_code == province_code)


def province_of(code: str) -> RegionRow | None:
    """Return the province in which the region lies; None where the code is unknown."""
    found = region(code)
    return None if found is None else region(rules.province_code(found.code))


def timezone_of(code: str) -> ZoneInfo | None:
    """Return the time zone of the region; None where the code is unknown."""
    found = region(code)
    return None if found is None else _zone(found.timezone)


def _rows(on: date | None) -> list[RegionRow]:
    entries = _all().values()
    return [entry.row for entry in entries if on is None or entry.valid.holds(on)]


def _all() -> dict[str, _Entry]:
    # An empty table is not remembered: a process that asks before the migration asks again.
    if not _entries:
        rows = Region.objects.order_by("code")
        _entries.update((row.code, _entry(row)) for row in rows)
    return _entries


def _entry(row: Region) -> _Entry:
    kind = RegionKind(row.kind)
    said = RegionRow(row.code, kind, row.name, row.timezone, row.province_code)
    return _Entry(said, Period(row.valid_from, row.valid_until))


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
