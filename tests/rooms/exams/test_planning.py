"""Are sittings planned, opened, seated and closed by those who may, many at once?"""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kompeten.exams import actions, queries
from kompeten.exams.models import Entry, Sitting
from kompeten.exams.terms import SeatingRefused
from kompeten.foundation.ledger import StaleRecord, StepRefused, drain, history
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people.terms import OrganizationKind
from kompeten.schemes.terms import Route
from tests.make import applications
from tests.make import exams as make
from tests.make.actors import ANI, BUDI, actor
from tests.make.exams import CLOSES, HOUR, KARTIKA, OPENS, PUTU
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db

AUDITOR = actor(Role.AUDITOR, account_id=140)


def reasons_of(act: object, *args: object, **kwargs: object) -> tuple[str, ...]:
    with pytest.raises(StepRefused) as caught:
        act(*args, **kwargs)  # type: ignore[operator]
    return caught.value.reasons


def site(capacity: int) -> int:
    rng = random.Random(1)
    office = people.found_organization(
        "Dinas Sosial", kind=OrganizationKind.SOCIAL_SERVICE_OFFICE, on=MONDAY.date(), rng=rng
    )
    made = people.add_site(
        "TUK Bengkulu", organization=office, region_code="17.71", capacity=capacity, rng=rng
    )
    return made.pk


def test_a_sitting_takes_its_minutes_from_the_scheme_and_pins_the_form() -> None:
    held = make.sitting()

    (event,) = history("sitting", held.pk)
    assert (held.state, held.minutes, held.capacity, held.site_id) == ("planned", 90, None, None)
    assert held.form_digest.startswith("sha256:")
    assert event.facts["zone"] == "Asia/Jakarta"
    assert event.facts["minutes"] == 90
    assert held.schemes.count() == 1


def test_a_sitting_is_not_planned_against_the_rules_or_by_others() -> None:
    assert reasons_of(make.sitting, closes_at=OPENS + HOUR) == ("sitting.window_too_short",)
    assert reasons_of(make.sitting, form_ref="0000000000") == ("sitting.form_unknown",)
    assert reasons_of(make.sitting, site_id=999) == ("sitting.site_unknown",)
    assert reasons_of(make.sitting, site_id=site(20), capacity=30) == ("sitting.site_too_small",)
    held = make.sitting()
    plan = {
        "scheme_version_ids": [held.schemes.get().scheme_version_id],
        "form_ref": held.form.ref,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "zone": "Asia/Makassar",
        "at": MONDAY,
        "rng": random.Random(1),
    }
    assert reasons_of(actions.plan, "Ujian", by=BUDI, **plan) == ("role.not_held",)


def test_doors_open_by_hand_or_by_the_clock() -> None:
    first, second = make.sitting(), make.sitting()

    early = reasons_of(actions.open_sitting, first, by=PUTU, at=MONDAY)
    actions.open_sitting(first, by=PUTU, at=OPENS - HOUR / 2)
    opened = drain("exams.open_due", at=OPENS - HOUR / 4)

    assert early == ("sitting.too_early",)
    assert opened == 1
    assert set(Sitting.objects.values_list("state", flat=True)) == {"open"}
    assert history("sitting", second.pk)[-1].actor_role == "system"


def test_seats_are_given_to_many_at_once_with_orders_of_their_own() -> None:
    held = make.sitting()
    candidates = [applications.accepted(n)[0] for n in (1, 2, 3)]

    entries = make.seated(held, candidates)

    assert [entry.state for entry in entries] == ["seated"] * 3
    assert [entry.person_id for entry in entries] == [a.person_id for a in candidates]
    assert len({entry.order_seed for entry in entries}) == 3
    (event,) = history("entry", entries[0].pk)
    assert event.facts == {
        "sitting": held.ref,
        "application": candidates[0].ref,
        "makeup_of": "",
        "form": held.form_digest,
    }


def test_seating_takes_the_same_queries_for_two_and_for_four() -> None:
    held = make.sitting()
    candidates = [applications.accepted(n)[0] for n in range(1, 7)]

    with CaptureQueriesContext(connection) as two:
        make.seated(held, candidates[:2])
    with CaptureQueriesContext(connection) as four:
        make.seated(held, candidates[2:])

    assert len(four) == len(two)


def test_seating_refuses_all_when_one_may_not_and_says_who() -> None:
    held = make.sitting()
    good, _ = applications.accepted(1)
    waiting, _ = applications.submitted(2)
    direct, _ = applications.accepted(3, route=Route.DIRECT_CERTIFICATION)

    with pytest.raises(SeatingRefused) as caught:
        make.seated(held, [good, waiting, direct])

    assert caught.value.by_ref == {
        waiting.ref: ("seat.not_accepted",),
        direct.ref: ("seat.no_written_exam",),
    }
    assert Entry.objects.count() == 0


def test_nobody_is_seated_twice_or_under_another_scheme() -> None:
    held, other = make.sitting(), make.sitting()
    volunteers = make.sitting(scheme="welfare_worker_specialist")
    candidate, _ = applications.accepted(1)
    make.seated(held, [candidate])
    another, _ = applications.accepted(2)

    with pytest.raises(SeatingRefused) as twice:
        make.seated(other, [candidate])
    with pytest.raises(SeatingRefused) as foreign:
        make.seated(volunteers, [another])

    assert twice.value.by_ref == {candidate.ref: ("seat.taken",)}
    assert foreign.value.by_ref == {another.ref: ("seat.other_scheme",)}


def test_a_full_or_past_sitting_takes_nobody() -> None:
    small = make.sitting(site_id=site(1))
    candidates = [applications.accepted(n)[0] for n in (1, 2)]

    assert reasons_of(make.seated, small, candidates) == ("sitting.full",)
    assert reasons_of(make.seated, small, candidates[:1], at=CLOSES) == ("sitting.over",)
    assert len(make.seated(small, candidates[:1])) == 1


def test_a_page_made_before_the_closing_seats_nobody_after_it() -> None:
    application, _ = applications.accepted(1)
    held = make.sitting()
    on_the_page = Sitting.objects.get(pk=held.pk)
    actions.close_sitting(held, by=PUTU, at=CLOSES)

    stamped = CLOSES - timedelta(seconds=1)
    refused = reasons_of(make.seated, on_the_page, [application], at=stamped)

    assert refused == ("sitting.over",)
    assert not Entry.objects.exists()


def test_the_database_itself_keeps_one_seat_per_candidate() -> None:
    entry, _ = make.one_seated()
    twin = make.sitting()

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            ref="0000000000",
            sitting=twin,
            application_id=entry.application_id,
            person_id=entry.person_id,
            state="seated",
            order_seed=1,
        )


def test_the_inbox_holds_accepted_candidates_with_a_written_exam_and_empties() -> None:
    first, _ = applications.accepted(1)
    second, _ = applications.accepted(2)
    applications.submitted(3)
    applications.accepted(4, route=Route.DIRECT_CERTIFICATION)

    before = queries.inbox()
    among = queries.inbox([second])
    make.seated(make.sitting(), [first])
    after = queries.inbox()

    assert [a.pk for a in before] == [first.pk, second.pk]
    assert [a.pk for a in among] == [second.pk]
    assert [a.pk for a in after] == [second.pk]


def test_closing_marks_who_never_came_and_takes_over_who_ran_out_of_time() -> None:
    held = make.opened(make.sitting())
    absent, _ = make.one_seated(1, held=held)
    running, _ = make.one_started(2, held=held)
    done, candidate = make.one_started(3, held=held)
    actions.hand_in(done, by=candidate, at=OPENS + HOUR)

    early = reasons_of(actions.close_sitting, held, by=PUTU, at=CLOSES - timedelta(seconds=1))
    actions.close_sitting(held, by=PUTU, at=CLOSES)

    assert early == ("sitting.time_left",)
    states = dict(Entry.objects.values_list("pk", "state"))
    assert states == {absent.pk: "absent", running.pk: "handed_in", done.pk: "handed_in"}
    assert history("entry", running.pk)[-1].type == "entry.timed_out"
    assert history("sitting", held.pk)[-1].facts["absent"] == 1
    assert history("sitting", held.pk)[-1].facts["timed_out"] == 1


def test_a_sitting_waits_for_who_was_given_time() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    actions.give_time([entry], minutes=20, reason="pendampingan", by=PUTU, at=OPENS)

    assert reasons_of(actions.close_sitting, held, by=PUTU, at=CLOSES) == ("sitting.time_left",)
    assert drain("exams.close_due", at=CLOSES + timedelta(minutes=19)) == 0
    assert drain("exams.close_due", at=CLOSES + timedelta(minutes=20)) == 1
    assert Sitting.objects.get().state == "closed"


def test_who_was_absent_may_take_a_makeup_elsewhere() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    candidate = queries.makeups()
    make.closed(held)
    (waiting,) = queries.makeups()
    later = make.sitting(opens_at=OPENS + 24 * HOUR, closes_at=CLOSES + 24 * HOUR)

    with pytest.raises(SeatingRefused) as caught:
        make.seated(later, [waiting], at=CLOSES)
    (makeup,) = make.seated(later, [waiting], at=CLOSES, makeup=True)

    assert candidate == []
    assert caught.value.by_ref == {waiting.ref: ("seat.needs_makeup",)}
    assert (makeup.makeup_of_id, makeup.application_id) == (entry.pk, entry.application_id)
    assert queries.makeups() == []
    assert queries.of_applications([entry.application_id])[entry.application_id].ref == makeup.ref


def test_two_who_close_at_once_close_once() -> None:
    held = make.opened(make.sitting())
    twin = Sitting.objects.get(pk=held.pk)
    make.closed(held)

    with pytest.raises(StaleRecord):
        actions.close_sitting(twin, by=PUTU, at=CLOSES)


def test_sittings_are_listed_for_the_office_with_two_queries_however_many() -> None:
    make.one_seated(1)
    with CaptureQueriesContext(connection) as one:
        queries.sittings(KARTIKA)
    for n in (2, 3):
        make.one_seated(n)
    with CaptureQueriesContext(connection) as three:
        rows = queries.sittings(KARTIKA)

    assert (len(one), len(three)) == (2, 2)
    assert [(row.seats, row.counts) for row in rows] == [(1, {"seated": 1})] * 3
    assert queries.sittings(ANI) == []
    assert queries.sitting(rows[0].ref, AUDITOR) is not None
    assert queries.sitting(rows[0].ref, ANI) is None


def test_what_a_sitting_is_sat_on_is_kept_by_the_database() -> None:
    held = make.sitting()

    for change in ({"form_digest": "x"}, {"minutes": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sitting.objects.filter(pk=held.pk).update(**change)
