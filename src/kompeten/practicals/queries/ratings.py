"""Which ratings are there, what may their assessor see, and who is free to rate?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Count, QuerySet

from kompeten.kernel.actors import Actor
from kompeten.kernel.interval import Window
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.practicals.models import Rating, Slot
from kompeten.practicals.queries.slots import SEES_ALL, rubric
from kompeten.practicals.rules import marking
from kompeten.practicals.terms import (
    GONE,
    LIVE,
    CriterionView,
    OtherRating,
    RatingRow,
    RatingState,
    RatingView,
    SlotState,
)
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, Criterion, Rubric


def ratings(actor: Actor, *, state: RatingState = RatingState.OPEN) -> QuerySet[Rating]:
    """Return the actor's own ratings in `state`, the next performance first."""
    if actor.person_id is None or not actor.may(frozenset({Role.ASSESSOR})):
        return Rating.objects.none()
    held = Rating.objects.filter(assessor_id=actor.person_id, state=state)
    return held.order_by("slot__starts_at", "id")


def own_rating(ref: str, actor: Actor) -> Rating | None:
    """Return the rating if `actor` is its assessor and it still stands. One query."""
    if actor.person_id is None or not actor.may(frozenset({Role.ASSESSOR})):
        return None
    held = Rating.objects.filter(ref=ref, assessor_id=actor.person_id).exclude(state__in=GONE)
    return held.select_related("slot__person", "slot__site").first()


def open_of(slot: Slot, actor: Actor) -> list[Rating]:
    """Return the open ratings of a slot, for the office to take away. One query."""
    if not actor.may(SEES_ALL):
        return []
    return list(Rating.objects.filter(slot=slot, state=RatingState.OPEN).order_by("third", "id"))


def rating_rows(rows: QuerySet[Rating]) -> list[RatingRow]:
    """Return the ratings as rows for a list. One query."""
    found = list(rows.select_related("slot__person", "slot__site"))
    said = schemes.contents({r.slot.scheme_version_id for r in found})
    rubrics = {
        (key, component): rubric(content, component)
        for key, content in said.items()
        for component in (Component.PRACTICE, Component.INTERVIEW)
    }
    return [
        _row(
            r,
            said[r.slot.scheme_version_id].code,
            rubrics[r.slot.scheme_version_id, Component(r.slot.component)],
        )
        for r in found
    ]


def rating_view(rating: Rating, *, language: str = "id") -> RatingView:
    """Return all that the assessor's page shows. One query."""
    slot = rating.slot
    content = schemes.content(slot.scheme_version_id)
    asked = rubric(content, Component(slot.component))
    marks: dict[str, int] = rating.marks
    return RatingView(
        row=_row(rating, content.code, asked),
        title=asked.title.of(language),
        guidance=asked.guidance.of(language),
        tasks=tuple(task.text.of(language) for task in asked.tasks),
        criteria=tuple(_criterion(c, asked, rating, language) for c in asked.criteria),
        least=asked.scale.least,
        most=asked.scale.most,
        note_characters=marking.MIN_NOTE,
        remark=rating.remark,
        competent=rating.competent,
        points=sum(marks.values()),
        out_of=asked.highest_total,
        others=tuple(o for o in _seen(slot) if o.ref != rating.ref),
    )


def ratings_of(slot: Slot, actor: Actor) -> list[OtherRating]:
    """Return a slot's ratings for the office or one of its assessors; marks only when all are in.

    Nobody sees a mark while another assessor may still be swayed by it. Two queries.
    """
    rates = Rating.objects.filter(slot=slot, assessor_id=actor.person_id or 0)
    if not actor.may(SEES_ALL) and not rates.exclude(state__in=GONE).exists():
        return []
    return _seen(slot)


def examiners(application_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return who has rated each application, as keys of persons, the first first. One query per 500."""
    keys = sorted(set(application_ids))
    found: dict[int, dict[int, None]] = {}
    for start in range(0, len(keys), 500):
        rows = Rating.objects.filter(
            slot__application__in=keys[start : start + 500], state=RatingState.HANDED_IN
        )
        pairs = rows.order_by("handed_in_at", "id").values_list(
            "slot__application_id", "assessor_id"
        )
        for application, assessor in pairs:
            found.setdefault(application, {})[assessor] = None
    return {application: tuple(people) for application, people in found.items()}


def mark_faults(
    rating: Rating, marks: Mapping[str, int], notes: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return which criteria are at fault, by kind (`marks.<kind>`, `notes.short`)."""
    content = schemes.content(rating.slot.scheme_version_id)
    return marking.faults(rubric(content, Component(rating.slot.component)), marks, notes)


def pool(*, on: date, at: datetime) -> list[int]:
    """Return the persons who may be given ratings by the house: licensed on `on`, assessor at `at`.

    Three queries.
    """
    held = {actor.person_id for actor in people.accounts_with(Role.ASSESSOR, at=at)}
    return [person for person in people.assessors(on=on) if person in held]


def loads(persons: Iterable[int]) -> dict[int, int]:
    """Return how many ratings these persons have open, by person; absent means none. One query."""
    rows = Rating.objects.filter(assessor_id__in=list(persons), state=RatingState.OPEN)
    return dict(rows.order_by().values_list("assessor_id").annotate(n=Count("id")))


def busy(persons: Iterable[int], within: Window) -> dict[int, list[Window]]:
    """Return when these persons sit as assessors or as candidates `within` a time, by person. Two queries."""
    keys = list(persons)
    found: dict[int, list[Window]] = {}
    sat = Slot.objects.filter(
        state=SlotState.BOOKED, starts_at__lt=within.closes_at, ends_at__gt=within.opens_at
    )
    rated = sat.filter(
        ratings__assessor_id__in=keys,
        ratings__state__in=[s.value for s in LIVE],
        ratings__third=False,
    )
    for who, rows in (("ratings__assessor_id", rated), ("person_id", sat.filter(person__in=keys))):
        for person, starts_at, ends_at in rows.values_list(who, "starts_at", "ends_at"):
            found.setdefault(person, []).append(Window(starts_at, ends_at))
    return found


def _seen(slot: Slot) -> list[OtherRating]:
    rows = Rating.objects.filter(slot=slot).exclude(state__in=GONE).select_related("assessor")
    found = list(rows.order_by("third", "id"))
    done = sum(r.state == RatingState.HANDED_IN for r in found)
    all_in = done == len(found) and done >= slot.raters
    return [_other(r, all_in) for r in found]


def _other(rating: Rating, all_in: bool) -> OtherRating:
    name, state = rating.assessor.full_name, RatingState(rating.state)
    if not all_in:
        return OtherRating(ref=rating.ref, name=name, third=rating.third, state=state)
    return OtherRating(
        ref=rating.ref,
        name=name,
        third=rating.third,
        state=state,
        marks=rating.marks,
        notes=rating.notes,
        remark=rating.remark,
        points=rating.points,
        out_of=rating.out_of,
        competent=rating.competent,
    )


def _criterion(criterion: Criterion, asked: Rubric, rating: Rating, language: str) -> CriterionView:
    anchors = zip(asked.scale.marks, criterion.anchors, strict=True)
    return CriterionView(
        code=criterion.code,
        domain=criterion.domain,
        title=criterion.title.of(language),
        look_for=criterion.look_for.of(language),
        anchors=tuple((mark, words.of(language)) for mark, words in anchors),
        mark=rating.marks.get(criterion.code),
        note=rating.notes.get(criterion.code, ""),
    )


def _row(rating: Rating, scheme_code: str, asked: Rubric) -> RatingRow:
    slot = rating.slot
    return RatingRow(
        ref=rating.ref,
        slot_ref=slot.ref,
        person_id=slot.person_id,
        name=slot.person.name,
        scheme_code=scheme_code,
        component=Component(slot.component),
        state=RatingState(rating.state),
        slot_state=SlotState(slot.state),
        third=rating.third,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        zone=slot.zone,
        site_name=slot.site.name if slot.site else "",
        link=slot.link,
        marked=len(rating.marks),
        criteria=len(asked.criteria),
        handed_in_at=rating.handed_in_at,
    )


def rated_person_of(ref: str) -> int | None:
    """Return the key of the person whose practical the rating with this reference rates, or None. One query."""
    return Rating.objects.filter(ref=ref).values_list("slot__person_id", flat=True).first()
