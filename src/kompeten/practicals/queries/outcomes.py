"""What did performances come to, and which ratings are to be settled?"""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, F, OuterRef, QuerySet

from kompeten.practicals.models import Performance, Rating, Slot
from kompeten.practicals.queries.slots import rating_count
from kompeten.practicals.terms import RatingState, SlotState
from kompeten.schemes.terms import Component


def performance(slot: Slot) -> Performance | None:
    """Return what the slot came to, or None. One query."""
    return Performance.objects.filter(slot=slot).first()


def settled(component: Component) -> QuerySet[Performance, int]:
    """Return the keys of applications whose `component` is settled, as a subquery."""
    rows = Performance.objects.filter(component=component.value)
    return rows.values_list("application_id", flat=True)


def outcomes(application_ids: Iterable[int], component: Component) -> dict[int, tuple[int, int]]:
    """Return (points, out of) by application, for those settled. One query per 500."""
    found: dict[int, tuple[int, int]] = {}
    for rows in _performances(application_ids, component):
        for application_id, points, out_of in rows.values_list(
            "application_id", "points", "out_of"
        ):
            found[application_id] = (points, out_of)
    return found


def seals(application_ids: Iterable[int], component: Component) -> dict[int, str]:
    """Return the digest of each application's sealed performance. One query per 500."""
    found: dict[int, str] = {}
    for rows in _performances(application_ids, component):
        found |= dict(rows.values_list("application_id", "digest"))
    return found


def to_rate() -> QuerySet[Slot]:
    """Return the booked slots that all their assessors have rated."""
    booked = Slot.objects.filter(state=SlotState.BOOKED)
    rated = booked.alias(rated=rating_count([RatingState.HANDED_IN]))
    return rated.filter(rated__gte=F("raters")).order_by("id")


def to_settle() -> QuerySet[Slot]:
    """Return the rated slots on which no assessor is still at work."""
    at_work = Rating.objects.filter(slot_id=OuterRef("pk"), state=RatingState.OPEN)
    return Slot.objects.filter(~Exists(at_work), state=SlotState.RATED).order_by("id")


def _performances(
    application_ids: Iterable[int], component: Component
) -> Iterator[QuerySet[Performance]]:
    keys = list(application_ids)
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        yield Performance.objects.filter(application_id__in=part, component=component)
