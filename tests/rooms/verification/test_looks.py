"""Does a second look come before the applicant hears, blind, and never at the cost of their time?"""

import random
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kompeten.applications import actions as applications
from kompeten.applications.models import Application
from kompeten.applications.terms.application import State as ApplicationState
from kompeten.config.options import Options
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.verification import actions, queries
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.terms import Fault, Ground, Looks, Remark, State, Topic
from tests.make import recommending as recommend
from tests.make import verification as make
from tests.make.applications import owner
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)
ID_CARD = "identity_card"


@pytest.fixture(autouse=True)
def _every_review_gets_a_second_look(settings: Any) -> None:
    settings.OPTIONS = Options({**settings.OPTIONS.values, "second_look_percent": 100})


def stood(record: Any) -> str:
    return str(type(record).objects.values_list("state", flat=True).get(pk=record.pk))


def held(n: int = 1, *, by: Actor | None = None, **faults: Fault) -> tuple[Review, Actor]:
    """Return a first review whose answer waits: eligible, or returned where there are faults."""
    review, budi = make.claimed(n, by=by)
    actions.note(review, make.in_order(review, faults=faults), by=budi, at=MONDAY)
    if faults:
        actions.return_for_correction(review, by=budi, at=MONDAY)
    else:
        actions.find_eligible(review, by=budi, at=MONDAY)
    return review, budi


def looked(first: Review, *, by: Actor | None = None, **faults: Fault) -> tuple[Review, Actor]:
    """Return the second look at `first`, answered in the same way or in another."""
    cici = by or make.verifier(5009)
    rng = random.Random(4000 + first.pk)
    second = actions.claim(first.application, by=cici, at=LATER, rng=rng)
    actions.note(second, make.in_order(second, faults=faults), by=cici, at=LATER)
    if faults:
        actions.return_for_correction(second, by=cici, at=LATER)
    else:
        actions.find_eligible(second, by=cici, at=LATER)
    return second, cici


def test_an_answer_that_chance_picks_is_not_told_yet() -> None:
    review, budi = held()

    assert stood(review) == State.HELD
    assert stood(review.application) == ApplicationState.SUBMITTED
    assert list(queries.desk(budi)) == []
    facts = ledger.history("review", review.pk)[-1].facts
    assert facts["answer"] == State.ELIGIBLE
    assert facts["facts"]["digest"] == review.digest


def test_an_answer_that_waits_is_not_given_back_by_anybody() -> None:
    review, budi = held()

    for hand in (budi, account(5010, Role.COORDINATOR)):
        with pytest.raises(StepRefused) as refusal:
            actions.release(review, by=hand, at=LATER)
        assert refusal.value.reasons == ("step.not_open",)

    assert stood(review) == State.HELD


def test_what_may_not_be_answered_is_not_held_either() -> None:
    review, budi = make.claimed()

    with pytest.raises(StepRefused) as refusal:
        actions.find_eligible(review, by=budi, at=MONDAY)

    assert refusal.value.reasons == ("finding.unjudged", "finding.unmet")
    assert stood(review) == State.OPEN


def test_what_is_signed_between_two_looks_does_not_part_them() -> None:
    first, _ = held()
    person = owner(first.application)
    recommend.signed(recommend.asked(first.application, by=person))

    second, _ = looked(first)

    assert second.files == first.files
    assert stood(first.application) == ApplicationState.ACCEPTED


def test_everybody_but_the_first_finds_it_in_the_queue_like_any_other() -> None:
    review, budi = held()
    cici = make.verifier(5009)

    assert list(queries.inbox(by=budi)) == []
    assert list(queries.inbox(by=cici)) == [review.application]
    (row,) = queries.inbox_rows(queries.inbox(by=cici), actor=cici, on=MONDAY.date(), at=MONDAY)
    assert row.round == 1
    with pytest.raises(StepRefused) as refusal:
        actions.claim(review.application, by=budi, at=LATER, rng=random.Random(1))
    assert refusal.value.reasons == ("review.taken",)


def test_the_second_does_not_see_the_first_nor_the_first_the_second() -> None:
    first, budi = held()
    cici = make.verifier(5009)
    second = actions.claim(first.application, by=cici, at=LATER, rng=random.Random(3))
    head = account(5010, Role.COORDINATOR)

    assert queries.seen(first.ref, cici) is None
    assert queries.seen(second.ref, budi) is None
    assert {queries.seen(r.ref, head) for r in (first, second)} == {first, second}
    assert second.findings == []


def test_two_who_agree_let_the_answer_go_out() -> None:
    first, _ = held()

    second, cici = looked(first)

    assert (stood(first), stood(second)) == (State.ELIGIBLE, State.SECONDED)
    assert stood(first.application) == ApplicationState.ACCEPTED
    told = ledger.history("review", first.pk)[-1]
    assert (told.type, told.actor_id, told.at) == ("review.found_eligible", cici.account_id, LATER)
    assert queries.seen(first.ref, cici) is not None


def test_the_day_to_mend_counts_from_when_the_applicant_hears() -> None:
    first, _ = held(**{ID_CARD: Fault.UNREADABLE})
    waited = MONDAY + timedelta(days=1)

    actions.lapse(at=waited)

    kept = Review.objects.get(pk=first.pk)
    assert kept.state == State.RETURNED
    assert kept.correct_by_on == waited.date() + timedelta(days=14)


def test_another_reason_for_the_same_fault_is_no_disagreement() -> None:
    first, _ = held(**{ID_CARD: Fault.UNREADABLE})

    second, _ = looked(first, **{ID_CARD: Fault.INCOMPLETE})

    assert stood(second) == State.SECONDED
    answer = queries.answer(first.application)
    assert answer is not None
    assert [c.fault for c in answer.corrections] == [Fault.UNREADABLE]


def test_two_who_differ_leave_it_to_the_head_and_nobody_takes_it_again() -> None:
    first, _ = held()

    second, _ = looked(first, **{ID_CARD: Fault.EXPIRED})

    assert (stood(first), stood(second)) == (State.HELD, State.DIFFERED)
    assert stood(first.application) == ApplicationState.SUBMITTED
    assert list(queries.differing()) == [second]
    assert list(queries.inbox(by=make.verifier(5011))) == []
    facts = ledger.history("review", second.pk)[-1].facts
    assert facts["differences"] == ["answer", ID_CARD]
    assert actions.lapse(at=MONDAY + timedelta(days=30)) == 0


@pytest.mark.parametrize("first_holds", [True, False])
def test_the_head_lets_one_of_both_hold(first_holds: bool) -> None:
    first, _ = held()
    second, _ = looked(first, **{ID_CARD: Fault.EXPIRED})
    head = account(5010, Role.COORDINATOR)

    holds = actions.settle(
        second, first_holds=first_holds, why="KTP seumur hidup", by=head, at=TUESDAY
    )

    assert holds == (first if first_holds else second)
    expected = (
        (State.ELIGIBLE, State.OVERRULED, ApplicationState.ACCEPTED)
        if first_holds
        else (State.OVERRULED, State.RETURNED, ApplicationState.RETURNED)
    )
    assert (stood(first), stood(second), stood(first.application)) == expected
    assert list(queries.differing()) == []
    assert queries.newest([first.application_id])[first.application_id] == holds
    for review in (first, second):
        assert ledger.replay(REVIEW, ledger.history("review", review.pk)) == stood(review)


def test_the_head_says_why_and_settles_nothing_of_their_own() -> None:
    first, _ = held()
    second, cici = looked(first, **{ID_CARD: Fault.EXPIRED})
    both = Actor(cici.account_id, frozenset({Role.COORDINATOR, Role.VERIFIER}), cici.person_id)
    head = account(5010, Role.COORDINATOR)

    reasons = []
    for by, why in ((both, "karena"), (head, "  ")):
        with pytest.raises(StepRefused) as refusal:
            actions.settle(second, first_holds=True, why=why, by=by, at=TUESDAY)
        reasons.append(refusal.value.reasons)
    actions.settle(second, first_holds=True, why="jelas", by=head, at=TUESDAY)
    with pytest.raises(StepRefused) as twice:
        actions.settle(second, first_holds=False, why="jelas", by=head, at=TUESDAY)

    assert reasons == [("look.own",), ("look.why_missing",)]
    assert twice.value.reasons == ("look.not_differing",)


@pytest.mark.parametrize("first_holds", [True, False])
def test_the_director_settles_what_the_only_head_may_not(first_holds: bool) -> None:
    first, _ = held()
    second, cici = looked(first, **{ID_CARD: Fault.EXPIRED})
    both = Actor(cici.account_id, frozenset({Role.COORDINATOR, Role.VERIFIER}), cici.person_id)
    director = account(5012, Role.DIRECTOR)
    ref = first.application.ref
    with pytest.raises(StepRefused, match=r"look\.own"):
        actions.settle(second, first_holds=first_holds, why="jelas", by=both, at=TUESDAY)

    assert {queries.seen(r.ref, director) for r in (first, second)} == {first, second}
    assert queries.in_dispute(ref, director) == first.application
    assert queries.in_dispute(ref, account(5013, Role.REGISTRAR)) is None
    actions.settle(second, first_holds=first_holds, why="jelas", by=director, at=TUESDAY)

    answers = (ApplicationState.ACCEPTED, ApplicationState.RETURNED)
    assert stood(first.application) == answers[not first_holds]
    assert queries.in_dispute(ref, director) is None
    assert queries.seen(first.ref, director) is None


def test_a_director_who_is_tied_settles_nothing_either() -> None:
    first, _ = held()
    second, _ = looked(first, **{ID_CARD: Fault.EXPIRED})
    director = account(5012, Role.DIRECTOR)
    assert director.person_id is not None
    pair = (director.person_id, first.application.person_id)
    impartiality.tie_many(
        TieKind.RECOMMENDED, [pair], since=MONDAY.date(), source="recommendation:1"
    )

    with pytest.raises(StepRefused, match=r"tie\.recommended"):
        actions.settle(second, first_holds=True, why="jelas", by=director, at=TUESDAY)


def test_an_answer_waits_no_longer_than_was_said() -> None:
    first, _ = held()
    cici = make.verifier(5009)
    second = actions.claim(first.application, by=cici, at=LATER, rng=random.Random(3))

    early = actions.lapse(at=MONDAY + timedelta(hours=23))
    settled = ledger.drain("verification.lapse", at=MONDAY + timedelta(hours=24))

    assert (early, settled) == (0, 1)
    assert (stood(first), stood(second)) == (State.ELIGIBLE, State.RELEASED)
    assert stood(first.application) == ApplicationState.ACCEPTED
    assert ledger.history("review", first.pk)[-1].actor_role == "system"


def test_nothing_waits_that_would_then_be_late() -> None:
    review, budi = make.claimed(at=MONDAY)
    late = MONDAY + timedelta(days=60)
    actions.note(review, make.in_order(review), by=budi, at=late)

    actions.find_eligible(review, by=budi, at=late)

    assert stood(review) == State.ELIGIBLE


@pytest.mark.parametrize(("region", "state"), [("31.71", State.HELD), ("91.71", State.ELIGIBLE)])
def test_the_last_day_ends_where_the_applicant_lives(region: str, state: State) -> None:
    review, budi = make.claimed()
    review.application.person.region_code = region
    review.application.person.save(update_fields=["region_code"])
    due = queries.clock(review.application, at=MONDAY).due_on
    late = datetime.combine(due, time(16, 30), UTC)  # 23.30 in Jakarta, 01.30 in Jayapura
    at = late - timedelta(hours=24)
    actions.note(review, make.in_order(review), by=budi, at=at)

    actions.find_eligible(review, by=budi, at=at)

    assert stood(review) == state


def test_a_withdrawn_application_lets_both_go() -> None:
    first, _ = held()
    second, _ = looked(first, **{ID_CARD: Fault.EXPIRED})
    application = Application.objects.get(pk=first.application_id)
    applications.withdraw(application, by=owner(application), at=TUESDAY)

    ledger.drain_all(at=TUESDAY)

    assert (stood(first), stood(second)) == (State.RELEASED, State.RELEASED)


def test_what_waits_cannot_be_changed_by_anybody() -> None:
    first, _ = held()

    for change in ({"findings": []}, {"answer": "rejected"}, {"digest": "sha256:0"}):
        with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
            Review.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        first.delete()


def test_rejections_agree_though_grounds_are_named_otherwise() -> None:
    review, budi = make.judged()
    actions.reject(review, grounds=[Ground.PRACTICE], note="7 bulan", by=budi, at=MONDAY)
    cici = make.verifier(5009)
    second = actions.claim(review.application, by=cici, at=LATER, rng=random.Random(3))
    actions.note(second, make.in_order(second), by=cici, at=LATER)

    actions.reject(second, grounds=[Ground.PRACTICE, Ground.AGE], by=cici, at=LATER)

    kept = Review.objects.get(pk=review.pk)
    assert (kept.state, kept.grounds, kept.note) == ("rejected", ["ground.practice"], "7 bulan")
    assert stood(review.application) == ApplicationState.REJECTED


def test_a_topic_that_only_one_would_have_mended_is_a_disagreement() -> None:
    review, budi = make.judged()
    remark = Remark(Topic.PRACTICE, Fault.UNCLEAR)
    actions.return_for_correction(review, remarks=[remark], by=budi, at=MONDAY)
    cici = make.verifier(5009)
    second = actions.claim(review.application, by=cici, at=LATER, rng=random.Random(3))
    actions.note(second, make.in_order(second), by=cici, at=LATER)

    other = Remark(Topic.EDUCATION, Fault.UNCLEAR)
    actions.return_for_correction(second, remarks=[other], by=cici, at=LATER)

    facts = ledger.history("review", second.pk)[-1].facts
    assert facts["differences"] == ["education", "practice"]


def test_a_tie_that_arises_while_one_works_bars_the_answer() -> None:
    review, budi = make.judged()
    assert budi.person_id is not None
    pair = (budi.person_id, review.application.person_id)
    impartiality.tie_many(
        TieKind.RECOMMENDED, [pair], since=MONDAY.date(), source="recommendation:1"
    )

    with pytest.raises(StepRefused) as refusal:
        actions.find_eligible(review, by=budi, at=TUESDAY)

    assert refusal.value.reasons == ("tie.recommended",)
    assert stood(review) == State.OPEN


def test_what_looks_came_to_is_counted(django_assert_num_queries: Any) -> None:
    budi, cici = make.verifier(), make.verifier(5009)
    agreed, settled, open_still = (held(n, by=budi)[0] for n in (1, 2, 3))
    looked(agreed, by=cici)
    other, _ = looked(settled, by=cici, **{ID_CARD: Fault.EXPIRED})
    head = account(5010, Role.COORDINATOR)
    actions.settle(other, first_holds=False, why="kedaluwarsa", by=head, at=TUESDAY)
    looked(open_still, by=cici, **{ID_CARD: Fault.EXPIRED})
    held(4, by=budi)
    actions.lapse(at=MONDAY + timedelta(hours=24))
    held(5, by=budi)

    with django_assert_num_queries(1):
        came = queries.looks(since=MONDAY)

    assert came == Looks(drawn=5, waiting=2, agreed=1, differing=1, first_held=0, second_held=1)
    assert (came.lapsed, came.looked_at, came.differed) == (1, 3, 2)
