"""How do the promises of a scheme stand? The one way in which the house counts them.

Days are working days (`kernel.workdays`), from the day after the one on which a step's turn came,
in the zone of the applicant's region: what a page tells somebody in Jayapura is true in Jayapura.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from kompeten.foundation import holidays
from kompeten.foundation.promised import Clocks, condition
from kompeten.kernel.workdays import Band, Clock
from kompeten.kernel.workdays import clock as counted
from kompeten.regions import queries as regions
from kompeten.schemes.models import SchemeVersion
from kompeten.schemes.queries.versions import content, contents
from kompeten.schemes.terms import Service, ServiceDays


def service_days() -> dict[int, ServiceDays]:
    """Return what each version that was ever published promises, by key. At most two queries."""
    rows = SchemeVersion.objects.filter(published_at__isnull=False).order_by("id")
    keys = list(rows.values_list("pk", flat=True))
    return {key: said.service_days for key, said in contents(keys).items()}


def clock(
    version_id: int,
    service: Service,
    *,
    since: datetime,
    at: datetime,
    region: str = "",
    spent: int = 0,
) -> Clock:
    """Return how the version's promise for `service` stands at `at`, its turn having come at `since`.

    `spent` working days had passed before the clock stopped and went on at `since`. No query but the
    first reading of the version.
    """
    return counted(
        since,
        days=getattr(content(version_id).service_days, service),
        at=at,
        zone=zone(region),
        calendar=holidays.calendar(),
        spent=spent,
    )


def reached(
    clocks: Clocks,
    service: Service,
    band: Band,
    *,
    at: datetime,
    promised: Mapping[int, ServiceDays] | None = None,
) -> Q:
    """Return the condition that a promise for `service` has reached `band` or a later one.

    Two queries at most; none where `promised`, what `service_days` returns, is given.
    """
    said = service_days() if promised is None else promised
    return condition(
        clocks,
        band,
        days={key: getattr(days, service) for key, days in said.items()},
        zones=((zone(), frozenset()), *_others()),
        at=at,
        calendar=holidays.calendar(),
    )


def zone(region: str = "") -> ZoneInfo:
    """Return where the days of whoever lives in `region` are counted: there, or else at the body."""
    return regions.timezone_of(region) or ZoneInfo(settings.TIME_ZONE)


def _others() -> list[tuple[ZoneInfo, frozenset[str]]]:
    home = zone().key
    found: dict[str, set[str]] = {}
    for province in regions.provinces():
        if province.timezone != home:
            found.setdefault(province.timezone, set()).add(province.code)
    return [(ZoneInfo(name), frozenset(codes)) for name, codes in sorted(found.items())]
