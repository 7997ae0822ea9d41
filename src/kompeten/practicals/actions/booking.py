"""Who performs when, where and before whom? Booked in batches, nobody in two places at once."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kompeten.applications.terms.application import State
from kompeten.foundation import ledger
from kompeten.foundation.numbering import take_numbers
from kompeten.impartiality import queries as impartiality
from kompeten.impartiality.terms import Act
from kompeten.kernel import panels, refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.interval import Window
from kompeten.people import queries as people
from kompeten.portfolios import queries as portfolios
from kompeten.practicals import queries
from kompeten.practicals.chart import RATING, SLOT
from kompeten.practicals.models import Rating, Slot
from kompeten.practicals.rules import seating
from kompeten.practicals.terms import (
    LIVE,
    Booked,
    Booking,
    RatingOpening,
    RatingState,
    Seat,
    SlotState,
)
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, Route, SchemeContent

if TYPE_CHECKING:
    from kompeten.applications.models import Application

SERIES = "practicals.booking"
NOT_ENOUGH = "assessors.too_few"


def book(
    applications: "Sequence[Application]",
    *,
    component: Component,
    plan: Sequence[Seat],
    assessors: Iterable[int],
    on: date,
    by: Actor,
    at: datetime,
    seed: int,
    rng: random.Random,
) -> Booked:
    """Book a slot of `plan` for each application, with assessors licensed on the day `on`.

    The time runs from the seat's start for the minutes of the scheme. Whoever cannot be booked is
    left, with the reason by the application's reference; the others are booked. Fourteen
    queries for any number up to 500.

    :raises StepRefused: `role.not_held`, `seat.past`, `seat.place_missing`, `seat.zone_unknown`
    """
    if wrong := seating.plan_reasons(plan, at=at):
        raise ledger.StepRefused(*wrong, step="book")
    with transaction.atomic():
        # Taking the number makes two officers book one after the other, on either database.
        number = take_numbers(SERIES).start
        contents = schemes.contents({a.scheme_version_id for a in applications})
        left = _unfit(applications, component, contents)
        fit = [a for a in applications if a.ref not in left]
        seats = _seated(fit, component, plan, contents)
        left |= {a.ref: "seats.too_few" for a in fit if a.pk not in seats}
        drafts = [
            _slot(
                a, seats[a.pk], component, contents[a.scheme_version_id], at=at, ref=refs.new(rng)
            )
            for a in fit
            if a.pk in seats
        ]
        drawn = draw(drafts, assessors, on=on, seed=seed)
        left |= {s.application.ref: NOT_ENOUGH for s in drafts if s.ref not in drawn}
        slots = [slot for slot in drafts if slot.ref in drawn]
        ledger.enter_many(
            SLOT,
            slots,
            by=by,
            at=at,
            facts=lambda s: Booking(s.component, s.starts_at, number, seed),
        )
        open_ratings(slots, drawn, third=False, by=by, at=at, seed=seed, rng=rng)
    return Booked([slot.ref for slot in slots], left)


def fill(
    slots: Sequence[Slot],
    *,
    assessors: Iterable[int],
    on: date,
    by: Actor,
    at: datetime,
    seed: int,
    rng: random.Random,
) -> Booked:
    """Give booked slots the assessors they lack after one was released; those complete are passed over.

    :raises StepRefused: `role.not_held`
    """
    with transaction.atomic():
        take_numbers(SERIES)
        keys = [slot.pk for slot in slots]
        booked = list(Slot.objects.filter(pk__in=keys, state=SlotState.BOOKED).order_by("pk"))
        drawn = draw(booked, assessors, on=on, seed=seed)
        open_ratings(booked, drawn, third=False, by=by, at=at, seed=seed, rng=rng)
        closed = {slot.ref for slot in slots} - {slot.ref for slot in booked}
        held = _live_by_slot(booked)
    lacking = {s.ref: NOT_ENOUGH for s in booked if len(held.get(s.pk, ())) < s.raters}
    return Booked([*drawn], dict.fromkeys(sorted(closed), "step.not_open") | lacking)


def release(ratings: Sequence[Rating], *, by: Actor, at: datetime) -> None:
    """Take open ratings away from their assessors, so that others can be drawn.

    :raises StepRefused: `role.not_held`, or one was handed in already
    """
    ledger.take_many(RATING, "release", ratings, by=by, at=at)


def draw(
    slots: Sequence[Slot],
    assessors: Iterable[int],
    *,
    on: date,
    seed: int,
    third: bool = False,
) -> dict[str, tuple[int, ...]]:
    """Return the assessors that each slot lacks, by its reference; who cannot get all is absent.

    A third assessor rates what is over, from the record: that binds nobody to a time.
    """
    if not slots:
        return {}
    pool = sorted(set(assessors) & set(people.assessors(on=on)))
    tied = impartiality.conflicts(pool, {s.person_id for s in slots}, Act.EXAMINE, on=on)
    kept = [slot for slot in slots if slot.pk]
    had = _by_slot(kept)
    cases = []
    for place, slot in enumerate(slots):
        before = had.get(slot.pk, [])
        live = sum(r.state in LIVE for r in before)
        barred = {p for p in pool if (p, slot.person_id) in tied} | {r.assessor_id for r in before}
        case = panels.Case(
            key=place,
            need=1 if third else slot.raters - live,
            barred=frozenset(barred),
            window=None if third else Window(slot.starts_at, slot.ends_at),
        )
        cases.append(case)
    busy = {} if third else queries.busy(pool, _span(slots))
    wanting = [case for case in cases if case.need > 0]
    found = panels.assign(wanting, pool, seed=seed, load=queries.loads(pool), busy=busy)
    return {slots[place].ref: panel for place, panel in found.items()}


def open_ratings(
    slots: Sequence[Slot],
    drawn: Mapping[str, tuple[int, ...]],
    *,
    third: bool,
    by: Actor,
    at: datetime,
    seed: int,
    rng: random.Random,
) -> None:
    """Open a rating for each assessor drawn."""
    ratings = [
        Rating(ref=refs.new(rng), slot=slot, assessor_id=assessor, third=third, opened_at=at)
        for slot in slots
        for assessor in drawn.get(slot.ref, ())
    ]
    names = {slot.pk: slot.ref for slot in slots}
    ledger.enter_many(
        RATING,
        ratings,
        by=by,
        at=at,
        facts=lambda r: RatingOpening(names[r.slot_id], third, seed),
    )


def _unfit(
    applications: "Sequence[Application]",
    component: Component,
    contents: Mapping[int, SchemeContent],
) -> dict[str, str]:
    """Return why some applications cannot be booked, by reference."""
    keys = [a.pk for a in applications]
    booked = queries.slots(keys, component)
    ready = portfolios.ready(keys)
    left: dict[str, str] = {}
    for application in applications:
        route = contents[application.scheme_version_id].routes[Route(application.route)]
        if application.state != State.ACCEPTED:
            left[application.ref] = "booking.not_accepted"
        elif component not in route.components:
            left[application.ref] = "booking.not_asked"
        elif application.pk in booked:
            left[application.ref] = "booking.exists"
        elif Component.PORTFOLIO in route.components and application.pk not in ready:
            left[application.ref] = "booking.portfolio_not_ready"
    return left


def _seated(
    applications: "Sequence[Application]",
    component: Component,
    plan: Sequence[Seat],
    contents: Mapping[int, SchemeContent],
) -> dict[int, Seat]:
    """Return a seat for each application by its key, as far as there are any."""
    engaged = queries.engaged({a.person_id for a in applications})
    return seating.seat(
        [a.pk for a in applications],
        plan,
        minutes={
            a.pk: queries.rules(contents[a.scheme_version_id], component).minutes
            for a in applications
        },
        busy={a.pk: engaged.get(a.person_id, []) for a in applications},
    )


def _slot(
    application: "Application",
    seat: Seat,
    component: Component,
    content: SchemeContent,
    *,
    at: datetime,
    ref: str,
) -> Slot:
    asked = queries.rules(content, component)
    span = seating.window(seat, asked.minutes)
    return Slot(
        ref=ref,
        application=application,
        person_id=application.person_id,
        scheme_version_id=application.scheme_version_id,
        component=component.value,
        site_id=seat.site_id,
        link=seat.link,
        zone=seat.zone,
        starts_at=span.opens_at,
        ends_at=span.closes_at,
        raters=asked.raters.count,
        booked_at=at,
    )


def _span(slots: Sequence[Slot]) -> Window:
    return Window(min(s.starts_at for s in slots), max(s.ends_at for s in slots))


def _by_slot(slots: Sequence[Slot]) -> dict[int, list[Rating]]:
    found: dict[int, list[Rating]] = {}
    if slots:
        for rating in Rating.objects.filter(slot__in=slots).order_by("id"):
            found.setdefault(rating.slot_id, []).append(rating)
    return found


def _live_by_slot(slots: Sequence[Slot]) -> dict[int, list[Rating]]:
    return {
        key: [r for r in ratings if RatingState(r.state) in LIVE]
        for key, ratings in _by_slot(slots).items()
    }
