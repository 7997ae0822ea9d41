"""Which slots are there, for whom, who waits for one, and what does the scheme ask of it?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kompeten.applications import queries as applications
from kompeten.kernel.actors import Actor
from kompeten.kernel.interval import Window
from kompeten.kernel.roles import Role
from kompeten.portfolios import queries as portfolios
from kompeten.practicals.models import Rating, Slot
from kompeten.practicals.terms import (
    GONE,
    LIVE,
    PERFORMANCES,
    STANDING,
    RatingState,
    SlotRow,
    SlotState,
)
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, PerformanceRules, Rubric, SchemeContent

if TYPE_CHECKING:
    from kompeten.applications.models import Application

# After these the house owes no performance of the kind any more.
HAD = (SlotState.RATED, SlotState.SETTLED, SlotState.MISSED)
SEES_ALL = frozenset({Role.COORDINATOR, Role.REGISTRAR, Role.AUDITOR, Role.ADMIN})


def visible(actor: Actor) -> QuerySet[Slot]:
    """Return the slots that exist for `actor`: their own, those they rate, or all for the office."""
    if actor.may(SEES_ALL):
        return Slot.objects.all()
    if actor.person_id is None:
        return Slot.objects.none()
    rates = Q(pk__in=())
    if actor.may(frozenset({Role.ASSESSOR})):
        held = Rating.objects.filter(assessor_id=actor.person_id, slot_id=OuterRef("pk"))
        rates = Q(Exists(held.exclude(state__in=GONE)))
    return Slot.objects.filter(Q(person_id=actor.person_id) | rates)


def own(ref: str, actor: Actor) -> Slot | None:
    """Return the slot if it is visible to `actor`; absent and forbidden look the same. One query."""
    return visible(actor).filter(ref=ref).first()


def search(
    slots: QuerySet[Slot], *, text: str = "", scheme: str = "", province: str = ""
) -> QuerySet[Slot]:
    """Return those that were asked for: `text` is part of a name, or a reference; `province` two digits."""
    if text:
        slots = slots.filter(Q(person__name__icontains=text) | Q(ref__iexact=text))
    if scheme:
        slots = slots.filter(application__scheme_code=scheme)
    if province:
        slots = slots.filter(person__region_code__startswith=province)
    return slots


def mine(actor: Actor) -> list[SlotRow]:
    """Return the slots in which `actor` performs, the next first. One query."""
    if actor.person_id is None:
        return []
    return slot_rows(Slot.objects.filter(person_id=actor.person_id).order_by("starts_at", "id"))


def slots(application_ids: Iterable[int], component: Component) -> dict[int, Slot]:
    """Return the standing slots of applications, by application. One query per 500."""
    keys = list(application_ids)
    found: dict[int, Slot] = {}
    for start in range(0, len(keys), 500):
        rows = standing(component).filter(application_id__in=keys[start : start + 500])
        found |= {row.application_id: row for row in rows}
    return found


def by_ids(ids: Iterable[int]) -> dict[int, Slot]:
    """Return slots with their sites, by key. One query."""
    return Slot.objects.select_related("site").in_bulk(list(ids))


def in_states(*states: SlotState) -> QuerySet[Slot]:
    """Return the slots that stand in one of `states`."""
    return Slot.objects.filter(state__in=[s.value for s in states])


def standing(component: Component) -> QuerySet[Slot]:
    """Return the slots that were booked for `component` and neither missed nor broken off."""
    return Slot.objects.filter(component=component, state__in=[s.value for s in STANDING])


def inbox(component: Component) -> "QuerySet[Application]":
    """Return the candidates to be booked: `component` is on their route and they have no slot for it.

    Where the route has a portfolio it must have been accepted. One query to learn which
    routes those are.
    """
    booked = standing(component).filter(application_id=OuterRef("pk"))
    return applications.accepted().filter(_ready(component)).filter(~Exists(booked))


def unexamined() -> "QuerySet[Application]":
    """Return the candidates to whom the house still owes a performance on their route, booked or not.

    One that broke off or was cancelled was none; who stayed away has had theirs.
    """
    owed = Q(pk__in=())
    for component in PERFORMANCES:
        held = Slot.objects.filter(application_id=OuterRef("pk"), component=component)
        owed |= _ready(component) & ~Q(Exists(held.filter(state__in=HAD)))
    return applications.accepted().filter(owed)


def ending(component: Component) -> Subquery:
    """Return when `component` of each of many applications was over, as a subquery."""
    held = Slot.objects.filter(application_id=OuterRef("pk"), component=component)
    over = held.filter(state__in=(SlotState.RATED, SlotState.SETTLED))
    return Subquery(over.order_by("-id").values("ends_at")[:1])


def _ready(component: Component) -> Q:
    asked = Q(pk__in=())
    keys = [row.id for row in schemes.versions()]
    for key, content in schemes.contents(keys).items():
        for with_portfolio in (True, False):
            routes = [
                route.value
                for route, rules in content.routes.items()
                if component in rules.components
                and (Component.PORTFOLIO in rules.components) is with_portfolio
            ]
            known = Q(scheme_version_id=key, route__in=routes)
            ready = Q(pk__in=portfolios.ready_keys()) if with_portfolio else Q()
            asked |= known & ready
    return asked


def understaffed() -> QuerySet[Slot]:
    """Return the booked slots that have fewer assessors than the scheme asks for."""
    assigned = Slot.objects.filter(state=SlotState.BOOKED).alias(assigned=rating_count(LIVE))
    return assigned.filter(assigned__lt=F("raters")).order_by("starts_at", "id")


def slot_rows(rows: QuerySet[Slot]) -> list[SlotRow]:
    """Return the slots as rows for a list. One query."""
    found = rows.annotate(
        assigned=rating_count(LIVE), rated=rating_count([RatingState.HANDED_IN])
    ).select_related("person", "application", "site")
    counted = ((s, vars(s)["assigned"], vars(s)["rated"]) for s in found)
    return [
        SlotRow(
            ref=s.ref,
            application_ref=s.application.ref,
            person_id=s.person_id,
            name=s.person.name,
            region_code=s.person.region_code,
            scheme_code=s.application.scheme_code,
            component=Component(s.component),
            state=SlotState(s.state),
            starts_at=s.starts_at,
            ends_at=s.ends_at,
            zone=s.zone,
            site_name=s.site.name if s.site else "",
            site_address=s.site.address if s.site else "",
            link=s.link,
            raters=s.raters,
            assigned=assigned,
            rated=rated,
        )
        for s, assigned, rated in counted
    ]


def engaged(person_ids: Iterable[int]) -> dict[int, list[Window]]:
    """Return when these candidates are booked, by person. One query per 500."""
    keys = list(person_ids)
    found: dict[int, list[Window]] = {}
    for start in range(0, len(keys), 500):
        rows = Slot.objects.filter(person_id__in=keys[start : start + 500], state=SlotState.BOOKED)
        for person, starts_at, ends_at in rows.values_list("person_id", "starts_at", "ends_at"):
            found.setdefault(person, []).append(Window(starts_at, ends_at))
    return found


def rubric(content: SchemeContent, component: Component) -> Rubric:
    """Return by what the scheme rates `component`."""
    asked = content.instruments
    return asked.practice if component is Component.PRACTICE else asked.interview


def rules(content: SchemeContent, component: Component) -> PerformanceRules:
    """Return how long the scheme lets `component` take, who rates it, and what passes it."""
    return content.practice if component is Component.PRACTICE else content.interview


def rating_count(states: Iterable[RatingState]) -> Coalesce:
    """Return how many ratings a slot has in `states`, as a column.

    A correlated count, not a join: with a limit only the rows shown are counted.
    """
    rows = Rating.objects.filter(slot_id=OuterRef("pk"), state__in=[s.value for s in states])
    counted = rows.order_by().values("slot_id").annotate(n=Count("id")).values("n")
    return Coalesce(Subquery(counted), 0)


def person_of(ref: str) -> int | None:
    """Return the key of the person whose practical has this reference, or None. One query."""
    return Slot.objects.filter(ref=ref).values_list("person_id", flat=True).first()
