"""Who performs when, where and before whom?"""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.kernel.interval import Window
from kompeten.kernel.panels import meet
from kompeten.practicals import actions, queries
from kompeten.practicals.models import Rating, Slot
from kompeten.practicals.terms import Booked, Seat
from kompeten.schemes.terms import Component, Route
from tests.make import applications
from tests.make import portfolios as make_portfolios
from tests.make import practicals as make
from tests.make.actors import BUDI
from tests.make.practicals import TEN
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


def test_a_slot_has_its_time_its_place_and_two_assessors() -> None:
    site = make.site()
    seat = Seat(TEN, "Asia/Jakarta", site_id=site.pk)
    application = make.candidate()
    pool = make.assessors(4)

    result = make.book([application], pool, plan=[seat])

    slot = Slot.objects.get(ref=result.slots[0])
    assert (slot.state, slot.component, slot.site, slot.zone) == (
        "booked",
        "interview",
        site,
        "Asia/Jakarta",
    )
    assert (slot.starts_at, slot.ends_at - slot.starts_at) == (TEN, timedelta(minutes=30))
    assert slot.person_id == application.person_id
    assert len({r.assessor_id for r in make.open_ratings(slot)} & set(pool)) == 2
    assert [e.facts for e in ledger.history("slot", slot.pk)] == [
        {
            "component": "interview",
            "starts_at": "2026-03-09T03:00:00+00:00",
            "booking": 1,
            "seed": 1,
        }
    ]


def test_nobody_sits_in_two_places_at_once_and_work_is_even() -> None:
    candidates = [make.candidate(n) for n in range(1, 7)]
    pool = make.assessors(6)

    make.book(candidates, pool, plan=make.seats(6, at_once=3))

    held: dict[int, list[Window]] = {}
    for rating in Rating.objects.select_related("slot"):
        span = Window(rating.slot.starts_at, rating.slot.ends_at)
        assert not any(meet(span, other) for other in held.get(rating.assessor_id, []))
        held.setdefault(rating.assessor_id, []).append(span)
    assert Counter(len(windows) for windows in held.values()) == {2: 6}


def test_engagements_of_an_earlier_booking_are_kept_free() -> None:
    first, second = make.candidate(1), make.candidate(2)
    pool = make.assessors(3)
    make.book([first], pool)

    result = make.book([second], pool, plan=make.seats(1, start=TEN + timedelta(minutes=29)))
    later = make.book([second], pool, plan=make.seats(1, start=TEN + timedelta(minutes=30)))

    assert result == Booked([], {second.ref: "assessors.too_few"})
    assert len(later.slots) == 1


def test_a_candidate_who_is_busy_gets_another_seat_or_waits() -> None:
    application = make.candidate()
    pool = make.assessors(6)
    make.book([application], pool, component=Component.PRACTICE, plan=make.seats(1))

    none_free = make.book([application], pool, plan=make.seats(1))
    result = make.book([application], pool, plan=make.seats(2))

    assert none_free == Booked([], {application.ref: "seats.too_few"})
    assert Slot.objects.get(ref=result.slots[0]).starts_at == TEN + timedelta(minutes=30)


def test_an_assessor_who_is_a_candidate_at_that_time_is_not_drawn() -> None:
    pool = make.assessors(3)
    colleague, *others = pool.values()
    application, _ = applications.accepted(50, route=Route.TRAINING)
    own = make.candidate(1)
    slot_of_colleague = Slot.objects.create(
        ref="EIGENESLOT",
        application=application,
        person_id=colleague.person_id,
        scheme_version_id=application.scheme_version_id,
        component="practice",
        link="https://x/0",
        zone="Asia/Jakarta",
        starts_at=TEN,
        ends_at=TEN + timedelta(minutes=30),
        raters=2,
        state="booked",
        booked_at=MONDAY,
    )

    make.book([own], pool)

    slot = Slot.objects.exclude(pk=slot_of_colleague.pk).get()
    drawn = {r.assessor_id for r in make.open_ratings(slot)}
    assert drawn == {who.person_id for who in others}


def test_whoever_cannot_be_booked_is_left_with_the_reason() -> None:
    waiting, _ = applications.submitted(1)
    no_interview, _ = applications.accepted(2, route=Route.TRAINING)
    no_portfolio = make_portfolios.handed_in(3)[0].application
    booked, fit, last = make.candidate(4), make.candidate(5), make.candidate(6)
    pool = make.assessors(4)
    make.book([booked], pool)

    result = make.book(
        [waiting, no_interview, no_portfolio, booked, fit, last],
        pool,
        plan=make.seats(1, start=TEN + timedelta(hours=2)),
    )

    assert len(result.slots) == 1
    assert result.left == {
        waiting.ref: "booking.not_accepted",
        no_interview.ref: "booking.not_asked",
        no_portfolio.ref: "booking.portfolio_not_ready",
        booked.ref: "booking.exists",
        last.ref: "seats.too_few",
    }


def test_nobody_examines_a_candidate_they_are_tied_to() -> None:
    application = make.candidate()
    pool = make.assessors(3)
    trainer, *free = pool
    impartiality.tie_many(
        TieKind.TRAINED,
        [(trainer, application.person_id)],
        since=MONDAY.date(),
        source="cerita",
    )

    result = make.book([application], pool)

    slot = Slot.objects.get(ref=result.slots[0])
    assert {r.assessor_id for r in make.open_ratings(slot)} == set(free)


@pytest.mark.parametrize(
    ("seat", "reason"),
    [
        (Seat(MONDAY, "Asia/Jakarta", link="https://x"), "seat.past"),
        (Seat(TEN, "Asia/Jakarta"), "seat.place_missing"),
        (Seat(TEN, "Asia/Atlantis", link="https://x"), "seat.zone_unknown"),
    ],
)
def test_a_plan_that_cannot_be_held_books_nobody(seat: Seat, reason: str) -> None:
    application = make.candidate()

    with pytest.raises(ledger.StepRefused) as refusal:
        make.book([application], make.assessors(2), plan=[*make.seats(1), seat])

    assert refusal.value.reasons == (reason,)
    assert not Slot.objects.exists()


def test_only_a_coordinator_books() -> None:
    application = make.candidate()
    pool = make.assessors(2)

    with pytest.raises(ledger.StepRefused, match=r"role\.not_held"):
        actions.book(
            [application],
            component=Component.INTERVIEW,
            plan=make.seats(1),
            assessors=pool,
            on=MONDAY.date(),
            by=BUDI,
            at=MONDAY,
            seed=1,
            rng=random.Random(1),
        )

    assert not Slot.objects.exists()


def test_the_database_lets_nobody_stand_twice() -> None:
    slot, _, _ = make.booked()
    twin = Slot.objects.get(pk=slot.pk)
    twin.pk, twin.ref = None, "ZWEITERREF"

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_the_inbox_holds_who_is_ready_and_not_booked() -> None:
    booked, ready = make.candidate(1), make.candidate(2)
    make_portfolios.handed_in(3)
    without_portfolio, _ = applications.accepted(4, route=Route.TRAINING)
    make.book([booked], make.assessors(2))

    assert list(queries.inbox(Component.INTERVIEW)) == [ready]
    assert set(queries.inbox(Component.PRACTICE)) == {booked, ready, without_portfolio}


def test_a_released_assessor_is_replaced_by_somebody_else() -> None:
    slot, (gone, stays), pool = make.booked(count=3)
    (other,) = set(pool) - {gone.assessor_id, stays.assessor_id}
    actions.release([gone], by=make.OFFICER, at=TUESDAY)
    assert list(queries.understaffed()) == [slot]

    result = actions.fill(
        [slot],
        assessors=pool,
        on=TUESDAY.date(),
        by=make.OFFICER,
        at=TUESDAY,
        seed=2,
        rng=random.Random(99),
    )

    assert result == Booked([slot.ref], {})
    assert {r.assessor_id for r in make.open_ratings(slot)} == {stays.assessor_id, other}
    assert not queries.understaffed().exists()


def test_filling_says_which_slots_are_complete_closed_or_still_lack_somebody() -> None:
    complete, _, pool = make.booked(1, count=2)
    lacking = make.candidate(2)
    result = make.book([lacking], pool, plan=make.seats(1, start=TEN + timedelta(hours=3)))
    short = Slot.objects.get(ref=result.slots[0])
    actions.release(make.open_ratings(short)[:1], by=make.OFFICER, at=TUESDAY)
    cancelled = make.candidate(3)
    result = make.book([cancelled], pool, plan=make.seats(1, start=TEN + timedelta(hours=5)))
    closed = Slot.objects.get(ref=result.slots[0])
    actions.cancel(closed, by=make.OFFICER, at=TUESDAY)

    filled = actions.fill(
        [complete, short, closed],
        assessors=pool,
        on=TUESDAY.date(),
        by=make.OFFICER,
        at=TUESDAY,
        seed=2,
        rng=random.Random(98),
    )

    assert filled == Booked([], {closed.ref: "step.not_open", short.ref: "assessors.too_few"})
