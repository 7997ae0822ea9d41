"""Who may take an application for review, and does each go to one verifier only?"""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kompeten.applications import actions as applications
from kompeten.config.options import Options
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.schemes import queries as schemes
from kompeten.verification import actions, queries
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.terms import Part, State
from tests.make import applications as make_applications
from tests.make import verification as make
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


def rng() -> random.Random:
    return random.Random(7)


def test_what_is_submitted_waits_until_somebody_takes_it() -> None:
    application, _ = make_applications.submitted()
    make_applications.draft(2)
    budi = make.verifier()
    assert list(queries.inbox()) == [application]

    review = actions.claim(application, by=budi, at=TUESDAY, rng=rng())

    assert list(queries.inbox()) == []
    assert list(queries.desk(budi)) == [review]
    assert (review.state, review.round, review.opened_at) == (State.OPEN, 1, TUESDAY)
    assert review.submitted_at == MONDAY


def test_a_claim_pins_the_files_that_were_put_in() -> None:
    review, _ = make.claimed()

    assert review.files == {
        d.code: d.sha256 for d in review.application.documents.filter(replaced_at__isnull=True)
    }
    opened = ledger.history("review", review.pk)[0]
    assert opened.facts == {
        "application": review.application.ref,
        "round": 1,
        "files": review.files,
    }


def test_claim_refuses_who_filed_the_application() -> None:
    sponsor, application = make_applications.listed(Role.VERIFIER)
    make_applications.with_documents(application, by=sponsor)
    make_applications.consented(application)
    applications.submit(application, agreed=True, by=sponsor, at=MONDAY)

    with pytest.raises(StepRefused) as refusal:
        actions.claim(application, by=sponsor, at=TUESDAY, rng=rng())

    assert refusal.value.reasons == ("review.own_filing", "tie.filed")
    assert Review.objects.count() == 0


def test_claim_refuses_ones_own_application() -> None:
    application, ani = make_applications.submitted()
    both = Actor(7777, frozenset({Role.VERIFIER}), ani.person_id)

    with pytest.raises(StepRefused) as refusal:
        actions.claim(application, by=both, at=TUESDAY, rng=rng())

    assert refusal.value.reasons == ("tie.self",)


def test_claim_refuses_a_verifier_who_is_tied_to_the_applicant() -> None:
    application, ani = make_applications.submitted()
    budi = make.verifier()
    assert budi.person_id is not None
    assert ani.person_id is not None
    pair = (budi.person_id, ani.person_id)
    impartiality.tie_many(TieKind.FAMILY, [pair], since=MONDAY.date(), source="declared:1")

    with pytest.raises(StepRefused) as refusal:
        actions.claim(application, by=budi, at=TUESDAY, rng=rng())

    assert refusal.value.reasons == ("tie.family",)
    assert list(queries.inbox()) == [application]


def test_claim_refuses_an_applicant() -> None:
    application, _ = make_applications.submitted()
    eko = account(5, Role.APPLICANT)

    with pytest.raises(StepRefused) as refusal:
        actions.claim(application, by=eko, at=TUESDAY, rng=rng())

    assert refusal.value.reasons == ("role.not_held",)


def test_the_second_verifier_is_told_that_somebody_has_it() -> None:
    application, _ = make_applications.submitted()
    actions.claim(application, by=make.verifier(), at=MONDAY, rng=rng())

    with pytest.raises(StepRefused) as refusal:
        actions.claim(application, by=make.verifier(5009), at=MONDAY, rng=random.Random(8))

    assert refusal.value.reasons == ("review.taken",)


def test_the_database_itself_refuses_a_second_open_review() -> None:
    review, budi = make.claimed()

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            ref="X" * 10,
            application=review.application,
            verifier_id=budi.account_id,
            state=State.OPEN,
            round=2,
            digest=review.digest,
            submitted_at=MONDAY,
            opened_at=MONDAY,
        )


def test_what_was_answered_or_withdrawn_meanwhile_cannot_be_taken() -> None:
    application, ani = make_applications.submitted()
    applications.withdraw(application, by=ani, at=MONDAY)

    with pytest.raises(StepRefused) as refusal:
        actions.claim(application, by=make.verifier(), at=TUESDAY, rng=rng())

    assert refusal.value.reasons == ("review.taken",)


def test_claim_next_takes_the_oldest_that_the_verifier_may_review() -> None:
    oldest, ani = make_applications.submitted(1, at=MONDAY)
    second, _ = make_applications.submitted(2, at=MONDAY + timedelta(minutes=1))
    third, _ = make_applications.submitted(3, at=MONDAY + timedelta(minutes=2))
    budi = make.verifier()
    assert budi.person_id is not None
    assert ani.person_id is not None
    pair = (budi.person_id, ani.person_id)
    impartiality.tie_many(TieKind.RECOMMENDED, [pair], since=MONDAY.date(), source="letter:1")

    taken = actions.claim_next(by=budi, at=TUESDAY, rng=rng())
    rest = actions.claim_next(by=budi, at=TUESDAY, rng=rng(), count=10)

    assert [r.application for r in taken] == [second]
    assert [r.application for r in rest] == [third]
    assert list(queries.inbox()) == [oldest]
    assert actions.claim_next(by=budi, at=TUESDAY, rng=rng()) == []


def test_a_released_review_waits_again_and_leaves_no_round() -> None:
    review, budi = make.claimed()

    actions.release(review, by=budi, at=TUESDAY)

    assert list(queries.inbox()) == [review.application]
    again = actions.claim(review.application, by=make.verifier(5009), at=TUESDAY, rng=rng())
    assert (review.state, review.closed_at, again.round) == (State.RELEASED, TUESDAY, 1)


def test_only_the_verifier_or_a_coordinator_gives_a_claim_back() -> None:
    review, _ = make.claimed()

    with pytest.raises(StepRefused) as refusal:
        actions.release(review, by=make.verifier(5009), at=TUESDAY)
    actions.release(review, by=account(5010, Role.COORDINATOR), at=TUESDAY)

    assert refusal.value.reasons == ("review.not_yours",)
    told = ledger.history("review", review.pk)[-1]
    assert (told.type, told.facts) == ("review.released", {"reason": "release.by_coordinator"})


def test_a_claim_runs_out_and_the_application_waits_again() -> None:
    review, _ = make.claimed(at=MONDAY)

    early = actions.lapse(at=MONDAY + timedelta(hours=47))
    settled = ledger.drain("verification.lapse", at=MONDAY + timedelta(hours=48))

    review.refresh_from_db()
    assert (early, settled, review.state) == (0, 1, State.RELEASED)
    assert list(queries.inbox()) == [review.application]
    assert ledger.history("review", review.pk)[-1].facts == {"reason": "release.expired"}


def test_a_claim_that_is_worked_on_runs_on() -> None:
    review, budi = make.claimed(at=MONDAY)
    actions.note(review, make.in_order(review), by=budi, at=TUESDAY)

    assert actions.lapse(at=MONDAY + timedelta(hours=48)) == 0
    assert actions.lapse(at=TUESDAY + timedelta(hours=48)) == 1


def test_nobody_holds_more_than_a_stack(settings: Any) -> None:
    settings.OPTIONS = Options({**settings.OPTIONS.values, "claim_stack": 2})
    waiting = [make_applications.submitted(n)[0] for n in (1, 2, 3)]
    budi = make.verifier()

    with pytest.raises(StepRefused) as three:
        actions.claim_many(waiting, by=budi, at=TUESDAY, rng=rng())
    taken = actions.claim_next(by=budi, at=TUESDAY, rng=rng(), count=10)
    with pytest.raises(StepRefused) as one_more:
        actions.claim_next(by=budi, at=TUESDAY, rng=rng())

    assert three.value.reasons == one_more.value.reasons == ("review.stack_full",)
    assert [r.application for r in taken] == waiting[:2]


def test_the_next_is_taken_from_the_part_one_works_on() -> None:
    make_applications.submitted(1)
    budi = make.verifier()

    elsewhere = actions.claim_next(by=budi, at=TUESDAY, rng=rng(), part=Part(province="32"))
    here = actions.claim_next(by=budi, at=TUESDAY, rng=rng(), part=Part(province="12"))

    assert (elsewhere, len(here)) == ([], 1)


def test_claim_refuses_who_hands_in_lists_for_the_same_office() -> None:
    sponsor, application = make_applications.listed()
    make_applications.with_documents(application, by=sponsor)
    make_applications.consented(application)
    applications.submit(application, agreed=True, by=sponsor, at=MONDAY)
    colleague = Actor(
        8123, frozenset({Role.VERIFIER, Role.SPONSOR}), organization_ids=sponsor.organization_ids
    )

    with pytest.raises(StepRefused) as refusal:
        actions.claim(application, by=colleague, at=TUESDAY, rng=rng())

    assert refusal.value.reasons == ("review.own_office",)


def test_a_claim_on_a_withdrawn_application_is_given_back_by_itself() -> None:
    application, ani = make_applications.submitted()
    review = actions.claim(application, by=make.verifier(), at=MONDAY, rng=rng())
    applications.withdraw(application, by=ani, at=TUESDAY)

    settled = ledger.drain_all(at=TUESDAY)

    review.refresh_from_db()
    assert settled["verification.let_go"] == 1
    assert review.state == State.RELEASED
    events = ledger.history("review", review.pk)
    assert ledger.replay(REVIEW, events) == State.RELEASED
    assert events[-1].actor_id is None


@pytest.mark.parametrize("count", [1, 30])
def test_taking_a_stack_costs_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    for n in range(1, count + 1):
        make_applications.submitted(n)
    budi = make.verifier()

    with django_assert_num_queries(14):
        taken = actions.claim_next(by=budi, at=TUESDAY, rng=rng(), count=count)

    assert len(taken) == count


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_of_the_inbox_costs_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    for n in range(1, count + 1):
        make_applications.submitted(n)
    budi = make.verifier()
    schemes.service_days()  # what versions say is read once in a process

    with django_assert_num_queries(5):
        rows = queries.inbox_rows(
            queries.inbox(), actor=budi, on=TUESDAY.date(), at=TUESDAY, limit=50
        )

    assert len(rows) == count
    assert {row.barred for row in rows} == {()}


def test_the_inbox_is_narrowed_by_scheme_and_province() -> None:
    application, _ = make_applications.submitted()

    assert list(queries.inbox(Part(scheme=make_applications.SCHEME, province="12"))) == [
        application
    ]
    assert list(queries.inbox(Part(province="32"))) == []
    assert list(queries.inbox(Part(scheme="social_worker_generalist"))) == []
    assert list(queries.inbox(Part(collective="NONE"))) == []
    assert list(queries.inbox(Part(before=MONDAY))) == []
    assert list(queries.inbox(Part(before=TUESDAY))) == [application]


def test_a_stranger_sees_no_reviews() -> None:
    review, budi = make.claimed()
    eko = account(5, Role.APPLICANT)

    assert queries.seen(review.ref, eko) is None
    assert queries.own(review.ref, make.verifier(5009)) is None
    assert queries.own(review.ref, budi) == review
