"""Are reasons maintained in versions, and does an answer go on saying what it said?"""

import random
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.roles import Role
from kompeten.verification import actions, labels, queries
from kompeten.verification.models import Reason
from kompeten.verification.rules.reasons import STARTING, wording_reasons
from kompeten.verification.terms import Fault, Finding, Judgement, Wording
from tests.make import verification as make
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
CARD = Wording(
    "card_blurred",
    Fault.UNREADABLE,
    {"id": "Foto KTP buram. Foto ulang di tempat terang.", "en": "The card is blurred. Try again."},
    ("identity_card",),
)


def worded(wording: Wording = CARD, seed: int = 1) -> Reason:
    return actions.word(wording, by=SYSTEM, at=MONDAY, rng=random.Random(seed))


def test_the_starting_list_is_whole_and_put_there_once() -> None:
    rng = random.Random(1)

    first = actions.begin_list(by=SYSTEM, at=MONDAY, rng=rng)
    again = actions.begin_list(by=SYSTEM, at=MONDAY, rng=rng)

    assert (first, again) == (len(STARTING), 0)
    assert [wording_reasons(w) for w in STARTING] == [()] * len(STARTING)
    assert {r.code for r in queries.reasons()} == {w.code for w in STARTING}


def test_new_words_are_a_new_version_and_the_old_are_kept() -> None:
    old = worded()
    anew = replace(CARD, words=CARD.words | {"id": "Tulisan pada KTP tidak terbaca sama sekali."})

    new = worded(anew, seed=2)

    assert [(r.ref, r.version) for r in queries.reasons()] == [(new.ref, 2)]
    old.refresh_from_db()
    assert (old.state, old.until_at, old.words) == ("retired", MONDAY, CARD.words)
    assert [e.type for e in ledger.history("reason", old.pk)] == ["reason.opened", "reason.retired"]


def test_an_answer_goes_on_saying_what_it_said() -> None:
    reason = worded()
    review, budi = make.claimed()
    card = Finding("identity_card", Judgement.NOT_MET, Fault.UNREADABLE, reason=reason.ref)
    others = [f for f in make.in_order(review) if f.document != "identity_card"]
    actions.note(review, [card, *others], by=budi, at=MONDAY)
    actions.return_for_correction(review, by=budi, at=MONDAY)
    actions.retire(reason, by=account(5010, Role.COORDINATOR), at=TUESDAY)

    local, english = (queries.answer(review.application, language=code) for code in ("id", "en"))

    assert local is not None
    assert english is not None
    said = [labels.fault(answer.corrections[0]) for answer in (local, english)]
    assert said == [CARD.words["id"], CARD.words["en"]]


@pytest.mark.parametrize(
    ("finding", "why"),
    [
        (Finding("photo", Judgement.NOT_MET, Fault.UNREADABLE), "finding.reason_unfit"),
        (Finding("identity_card", Judgement.NOT_MET, Fault.EXPIRED), "finding.reason_unfit"),
    ],
)
def test_a_reason_for_another_document_or_fault_is_refused(finding: Finding, why: str) -> None:
    reason = worded()
    review, budi = make.claimed()

    with pytest.raises(StepRefused) as refusal:
        actions.note(review, [replace(finding, reason=reason.ref)], by=budi, at=MONDAY)

    assert refusal.value.reasons == (why,)


def test_a_reason_needs_both_languages_a_code_and_a_kind() -> None:
    bad = Wording("X", Fault.NOT_ATTACHED, {"id": "Foto KTP buram sekali."})

    with pytest.raises(StepRefused) as refusal:
        worded(bad)

    assert refusal.value.reasons == (
        "reason.code_unfit", "reason.kind_unfit", "reason.words_missing",
    )  # fmt: skip
    assert not Reason.objects.exists()


def test_a_verifier_words_nothing() -> None:
    with pytest.raises(StepRefused) as refusal:
        actions.word(CARD, by=make.verifier(), at=MONDAY, rng=random.Random(1))

    assert refusal.value.reasons == ("role.not_held",)


def test_words_are_frozen_by_the_database() -> None:
    reason = worded()

    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        Reason.objects.filter(pk=reason.pk).update(words={"id": "lain", "en": "other"})
    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        reason.delete()
