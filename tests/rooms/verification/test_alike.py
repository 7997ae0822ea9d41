"""Are equal cases answered with one act, each recorded singly, all of them or none?"""

import pytest

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.schemes.terms import Route
from kompeten.verification import actions
from kompeten.verification.models import Review
from kompeten.verification.terms import Fault, Finding, Judgement, State
from tests.make import verification as make
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db
LACK = Finding("identity_card", Judgement.NOT_MET, Fault.UNREADABLE, "Foto ulang")


def three(by: Actor) -> list[Review]:
    return [make.claimed(n, by=by)[0] for n in (1, 2, 3)]


def states(reviews: list[Review]) -> list[str]:
    return [str(Review.objects.get(pk=r.pk).state) for r in reviews]


def test_what_all_lack_returns_all_and_each_has_its_own_record() -> None:
    budi = make.verifier()
    reviews = three(budi)

    ended = actions.answer_alike(reviews, finding=LACK, rest_in_order=True, by=budi, at=TUESDAY)

    assert (ended, states(reviews)) == (State.RETURNED, [State.RETURNED] * 3)
    for review in reviews:
        told = [e.type for e in ledger.history("review", review.pk)]
        assert told == ["review.opened", "review.noted", "review.returned"]
        assert Review.objects.get(pk=review.pk).correct_by_on is not None
    assert len({Review.objects.get(pk=r.pk).digest for r in reviews}) == 3


def test_nothing_wanting_passes_all() -> None:
    budi = make.verifier()
    reviews = three(budi)

    ended = actions.answer_alike(reviews, finding=None, rest_in_order=True, by=budi, at=TUESDAY)

    assert (ended, states(reviews)) == (State.ELIGIBLE, [State.ELIGIBLE] * 3)


def test_what_was_judged_before_stands_and_bars_all() -> None:
    budi = make.verifier()
    reviews = three(budi)
    expired = Finding("identity_card", Judgement.NOT_MET, Fault.EXPIRED)
    actions.note(reviews[1], [expired], by=budi, at=TUESDAY)

    with pytest.raises(StepRefused) as refusal:
        actions.answer_alike(reviews, finding=None, rest_in_order=True, by=budi, at=TUESDAY)

    assert refusal.value.reasons == ("finding.unmet",)
    assert states(reviews) == [State.OPEN] * 3
    assert Review.objects.get(pk=reviews[0].pk).findings == []


def test_without_a_look_at_the_rest_nothing_is_answered() -> None:
    budi = make.verifier()
    reviews = three(budi)

    with pytest.raises(StepRefused) as refusal:
        actions.answer_alike(reviews, finding=LACK, rest_in_order=False, by=budi, at=TUESDAY)

    assert refusal.value.reasons == ("finding.unjudged",)
    assert states(reviews) == [State.OPEN] * 3


def test_cases_of_another_route_are_not_equal_and_none_is_no_batch() -> None:
    budi = make.verifier()
    one, _ = make.claimed(1, by=budi)
    other, _ = make.claimed(2, by=budi, route=Route.TRAINING)

    for batch, why in (([one, other], "batch.not_alike"), ([], "batch.empty")):
        with pytest.raises(StepRefused) as refusal:
            actions.answer_alike(batch, finding=LACK, rest_in_order=True, by=budi, at=TUESDAY)
        assert refusal.value.reasons == (why,)


def test_nobody_answers_anothers_files_in_a_batch() -> None:
    budi = make.verifier()
    reviews = three(budi)
    cici = make.verifier(5009)

    with pytest.raises(StepRefused) as refusal:
        actions.answer_alike(reviews, finding=LACK, rest_in_order=True, by=cici, at=TUESDAY)

    assert refusal.value.reasons == ("review.not_yours",)
    assert states(reviews) == [State.OPEN] * 3
