"""How do the promises of the house stand, over all who wait? By two queries for each step."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from kompeten.applications import queries as applications
from kompeten.certificates import queries as certificates
from kompeten.exams import queries as exams
from kompeten.foundation.promised import Clocks
from kompeten.journey.terms import Tally
from kompeten.kernel.workdays import Band
from kompeten.portfolios import queries as portfolios
from kompeten.portfolios.terms import DossierState
from kompeten.practicals import queries as practicals
from kompeten.results import queries as results
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Service, ServiceDays
from kompeten.verification import queries as verification

Place = tuple[Service, QuerySet[Any], Clocks]


def tallies(*, at: datetime, before: datetime | None = None) -> tuple[Tally, ...]:
    """Return how many wait in each step and how their promises stand at `at`, in the order of the way.

    With `before`, also how many have come close to their day, or gone past it, since that instant.
    Two queries for each step in which somebody waits, whatever their number, and six to learn what the
    schemes ask.
    """
    promised = schemes.service_days()
    return tuple(_tally(place, promised, at=at, before=before) for place in _places())


def _places() -> Iterator[Place]:
    yield Service.VERIFICATION, applications.submitted(), verification.CLOCKS
    read = portfolios.in_states(DossierState.HANDED_IN)
    yield Service.READING, read, Clocks("handed_in_at", "application")
    yield Service.EXAM, _ready(exams.unexamined()), Clocks("ready_at")
    yield Service.PERFORMANCE, _ready(practicals.unexamined()), Clocks("ready_at")
    yield Service.RESULT, results.behind(), Clocks("ended_at")
    sheets = results.undecided().filter(application__state="accepted")
    yield Service.DECISION, sheets, Clocks("sealed_at", "application")
    yield Service.CERTIFICATE, certificates.unissued(), Clocks("decided_at", "application")


def _ready(cases: QuerySet[Any]) -> QuerySet[Any]:
    """Return candidates with the instant from which nothing but an exam was lacking, as `rules.ready_at`."""
    ready_at = Coalesce(portfolios.acceptance(), verification.acceptance())
    ready: QuerySet[Any] = cases.annotate(ready_at=ready_at)
    return ready


def _tally(
    place: Place,
    promised: dict[int, ServiceDays],
    *,
    at: datetime,
    before: datetime | None,
) -> Tally:
    service, cases, clocks = place

    def reached(band: Band, when: datetime) -> Any:
        return schemes.reached(clocks, service, band, at=when, promised=promised)

    soon, late = reached(Band.SOON, at), reached(Band.LATE, at)
    asked = {
        "count": Count("pk"),
        "oldest": Min(clocks.since),
        "soon": Count("pk", filter=soon & ~late),
        "late": Count("pk", filter=late),
    }
    if before is not None:
        # What came in since was not there to be told of, however little of its time was left.
        unheard = Q(**{f"{clocks.since}__gte": before}) | ~reached(Band.SOON, before)
        asked["new_soon"] = Count("pk", filter=soon & ~late & unheard)
        asked["new_late"] = Count("pk", filter=late & ~reached(Band.LATE, before))
    found = cases.order_by().aggregate(**asked)
    return Tally(
        service=service,
        count=found["count"],
        soon=found["soon"],
        late=found["late"],
        new_soon=found.get("new_soon", found["soon"]),
        new_late=found.get("new_late", found["late"]),
        oldest_at=found["oldest"],
        median_at=_middle(cases, clocks.since, found["count"]),
    )


def _middle(cases: QuerySet[Any], since: str, count: int) -> datetime | None:
    """Return since when the middle one has waited: the upper, so that it is one row and no average."""
    if not count:
        return None
    middle: datetime = cases.order_by(since).values_list(since, flat=True)[count // 2]
    return middle
