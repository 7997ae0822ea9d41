"""Which candidates can be summed up, and what do their sheets say?"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from kompeten.applications import queries as applications
from kompeten.exams import queries as exams
from kompeten.portfolios import queries as portfolios
from kompeten.practicals import queries as practicals
from kompeten.results.models import Sheet
from kompeten.results.terms import State
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, Route

if TYPE_CHECKING:
    from kompeten.applications.models import Application

Points = tuple[int, int]
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def inbox() -> "QuerySet[Application]":
    """Return accepted applications whose every component is settled and that have no sheet yet."""
    unsealed = _unsealed()
    settled = {component: Q(pk__in=_settled(component)) for component in Component}
    return unsealed.filter(_all_parts(unsealed, settled)).order_by("id")


def behind() -> "QuerySet[Application]":
    """Return accepted applications whose every component is over for the candidate, without a sheet yet.

    What lacks is ours to bring: marks, ratings, the sheet. Each has `ended_at`, when the last was over.
    """
    ended = {f"{component}_at": _ended(component) for component in Component}
    # Of a component that is not on the route there is no instant, and SQLite takes none for the greatest.
    known = [Coalesce(name, Value(_LONG_AGO)) for name in ended]
    unsealed = _unsealed().annotate(**ended)
    over = {component: Q(**{f"{component}_at__isnull": False}) for component in Component}
    return unsealed.filter(_all_parts(unsealed, over)).annotate(ended_at=Greatest(*known))


def points(candidates: "Iterable[Application]") -> dict[int, dict[Component, Points]]:
    """Return what each component came to, by application. One query per component."""
    ready = list(candidates)
    said = schemes.contents(a.scheme_version_id for a in ready)
    by_component: dict[Component, list[int]] = {}
    for a in ready:
        for component in said[a.scheme_version_id].routes[Route(a.route)].components:
            by_component.setdefault(component, []).append(a.pk)
    found: dict[int, dict[Component, Points]] = {}
    for component, ids in by_component.items():
        for application_id, got in _outcomes(component, ids).items():
            found.setdefault(application_id, {})[component] = got
    return found


def undecided() -> QuerySet[Sheet]:
    """Return sheets in force, the oldest first; the room of decisions leaves out those it has answered."""
    return Sheet.objects.filter(state=State.SEALED).order_by("sealed_at", "id")


def by_refs(refs: Iterable[str]) -> list[Sheet]:
    """Return the sheets in force with these references. One query."""
    return list(Sheet.objects.filter(ref__in=list(refs), state=State.SEALED).order_by("id"))


def of_applications(ids: Iterable[int]) -> dict[int, Sheet]:
    """Return the sheets in force, by application key. One query."""
    rows = Sheet.objects.filter(application_id__in=list(ids), state=State.SEALED)
    return {sheet.application_id: sheet for sheet in rows}


def _unsealed() -> "QuerySet[Application]":
    return applications.accepted().exclude(
        pk__in=Sheet.objects.filter(state=State.SEALED).values("application_id")
    )


def _all_parts(cases: "QuerySet[Application]", parts: Mapping[Component, Q]) -> Q:
    """Return the condition that what `parts` says of a component holds for all on the route. One query."""
    pairs = set(cases.order_by().values_list("scheme_version_id", "route").distinct())
    said = schemes.contents(version_id for version_id, _ in pairs)
    found = Q(pk__in=())
    for version_id, route in sorted(pairs):
        needed = Q(scheme_version_id=version_id, route=route)
        for component in said[version_id].routes[Route(route)].components:
            needed &= parts[component]
        found |= needed
    return found


def _ended(component: Component) -> Subquery:
    if component is Component.PORTFOLIO:
        return portfolios.acceptance()
    if component is Component.COGNITIVE:
        return exams.handing_in()
    return practicals.ending(component)


def _settled(component: Component) -> "QuerySet[Any, int]":
    if component is Component.PORTFOLIO:
        return portfolios.settled()
    if component is Component.COGNITIVE:
        return exams.settled()
    return practicals.settled(component)


def _outcomes(component: Component, ids: list[int]) -> Mapping[int, Points]:
    if component is Component.PORTFOLIO:
        return portfolios.outcomes(ids)
    if component is Component.COGNITIVE:
        return exams.outcomes(ids)
    return practicals.outcomes(ids, component)
