"""Which dossiers are there, for whom, and which wait for something?"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from kompeten.applications import queries as applications
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.portfolios.models import Dossier, Reading
from kompeten.portfolios.terms import GONE, LIVE, DossierRow, DossierState, ReadingState
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component

if TYPE_CHECKING:
    from kompeten.applications.models import Application

SEES_ALL = frozenset({Role.COORDINATOR, Role.REGISTRAR, Role.AUDITOR, Role.ADMIN})


def visible(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers that exist for `actor`: their own, those they read, or all for the office."""
    if actor.may(SEES_ALL):
        return Dossier.objects.all()
    if actor.person_id is None:
        return Dossier.objects.none()
    reads = Q(pk__in=())
    if actor.may(frozenset({Role.ASSESSOR})):
        held = Reading.objects.filter(assessor_id=actor.person_id, dossier_id=OuterRef("pk"))
        reads = Q(Exists(held.exclude(state__in=GONE)))
    return Dossier.objects.filter(Q(person_id=actor.person_id) | reads)


def own(ref: str, actor: Actor) -> Dossier | None:
    """Return the dossier if it is visible to `actor`; absent and forbidden look the same. One query."""
    return visible(actor).filter(ref=ref).first()


def mine(actor: Actor) -> list[Dossier]:
    """Return the dossiers that `actor` writes, newest first. One query."""
    if actor.person_id is None:
        return []
    return list(Dossier.objects.filter(person_id=actor.person_id).order_by("-id"))


def of_application(application_id: int) -> Dossier | None:
    """Return the dossier of an application, or None. One query."""
    return Dossier.objects.filter(application_id=application_id).first()


def dossiers(application_ids: Iterable[int]) -> dict[int, Dossier]:
    """Return the dossiers of applications, by application. One query per 500."""
    keys, found = list(application_ids), {}
    for start in range(0, len(keys), 500):
        for row in Dossier.objects.filter(application_id__in=keys[start : start + 500]):
            found[row.application_id] = row
    return found


def by_ids(ids: Iterable[int]) -> dict[int, Dossier]:
    """Return dossiers by key. One query."""
    return Dossier.objects.in_bulk(list(ids))


def in_states(*states: DossierState) -> QuerySet[Dossier]:
    """Return the dossiers that stand in one of `states`."""
    return Dossier.objects.filter(state__in=[s.value for s in states])


def search(
    dossiers: QuerySet[Dossier], *, text: str = "", scheme: str = "", province: str = ""
) -> QuerySet[Dossier]:
    """Return those that were asked for: `text` is part of a name, or a reference; `province` two digits."""
    if text:
        dossiers = dossiers.filter(Q(person__name__icontains=text) | Q(ref__iexact=text))
    if scheme:
        dossiers = dossiers.filter(application__scheme_code=scheme)
    if province:
        dossiers = dossiers.filter(person__region_code__startswith=province)
    return dossiers


def without_dossier() -> "QuerySet[Application]":
    """Return the accepted applications whose route has a portfolio and that have no dossier yet.

    One query to learn which routes those are.
    """
    asked = Q(pk__in=())
    keys = [row.id for row in schemes.versions()]
    for key, content in schemes.contents(keys).items():
        routes = [
            r for r, rules in content.routes.items() if Component.PORTFOLIO in rules.components
        ]
        asked |= Q(scheme_version_id=key, route__in=[route.value for route in routes])
    written = Dossier.objects.filter(application_id=OuterRef("pk"))
    return applications.accepted().filter(asked).filter(~Exists(written))


def unassigned() -> QuerySet[Dossier]:
    """Return the dossiers that were handed in and have fewer readers than the scheme asks for."""
    waiting = Dossier.objects.filter(state=DossierState.HANDED_IN)
    assigned = waiting.alias(assigned=reading_count(LIVE))
    return assigned.filter(assigned__lt=F("readers")).order_by("id")


def dossier_rows(rows: QuerySet[Dossier]) -> list[DossierRow]:
    """Return the dossiers as rows for a list. One query."""
    found = _with_counts(rows).select_related("person", "application")
    counted = ((d, vars(d)["assigned"], vars(d)["read"]) for d in found)
    return [
        DossierRow(
            ref=d.ref,
            person_id=d.person_id,
            name=d.person.name,
            region_code=d.person.region_code,
            scheme_code=d.application.scheme_code,
            state=DossierState(d.state),
            round=d.round,
            due_on=d.due_on,
            handed_in_at=d.handed_in_at,
            readers=d.readers,
            assigned=assigned,
            read=read,
        )
        for d, assigned, read in counted
    ]


def day(at: datetime) -> date:
    """Return the day it is at `at` where the body sits; deadlines are counted in its days."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def reading_count(states: Iterable[ReadingState]) -> Coalesce:
    """Return how many readings of its present round a dossier has in `states`, as a column.

    A correlated count, not a join: with a limit only the rows shown are counted.
    """
    rows = Reading.objects.filter(
        dossier_id=OuterRef("pk"), round=OuterRef("round"), state__in=[s.value for s in states]
    )
    counted = rows.order_by().values("dossier_id").annotate(n=Count("id")).values("n")
    return Coalesce(Subquery(counted), 0)


def _with_counts(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Add how many readings of the present round are `assigned` (open or in) and how many are `read`."""
    return rows.annotate(assigned=reading_count(LIVE), read=reading_count([ReadingState.HANDED_IN]))


def person_of(ref: str) -> int | None:
    """Return the key of the person whose dossier has this reference, or None. One query."""
    return Dossier.objects.filter(ref=ref).values_list("person_id", flat=True).first()
