"""Are findings kept as they are made, and does an answer move review and application together?"""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kompeten.applications import actions as applications
from kompeten.applications.models import Application
from kompeten.applications.terms.application import State as ApplicationState
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.schemes.terms import Verdict
from kompeten.verification import actions, queries
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.rules import documents
from kompeten.verification.terms import (
    Before,
    Fault,
    Finding,
    Ground,
    Judgement,
    Remark,
    State,
    Topic,
)
from tests.make import verification as make
from tests.make.applications import owner, picture
from tests.make.times import MONDAY, TUESDAY, WIB_MIDNIGHT

pytestmark = pytest.mark.django_db


def told(review: Review) -> list[str]:
    return [e.type for e in ledger.history("review", review.pk)]


def state_of(application: Application) -> str:
    return Application.objects.values_list("state", flat=True).get(pk=application.pk)


def test_findings_are_kept_as_the_verifier_goes() -> None:
    review, budi = make.claimed()
    first, second, *_ = review.files

    actions.note(review, [Finding(first, Judgement.MET)], by=budi, at=MONDAY)
    actions.note(
        review,
        [Finding(second, Judgement.NOT_MET, Fault.UNREADABLE, " buram ")],
        by=budi,
        at=TUESDAY,
    )

    kept = queries.own(review.ref, budi)
    assert kept is not None
    assert queries.findings(kept) == (
        Finding(first, Judgement.MET, file=review.files[first]),
        Finding(second, Judgement.NOT_MET, Fault.UNREADABLE, "buram", review.files[second]),
    )
    assert told(review) == ["review.opened", "review.noted", "review.noted"]
    assert kept.digest == documents.seal(queries.record(kept))


def test_notes_about_people_stay_out_of_the_ledger() -> None:
    review, budi = make.claimed()
    code = next(iter(review.files))

    finding = Finding(code, Judgement.NOT_MET, Fault.NAME_DIFFERS, "tertulis Ani Rahayu")
    actions.note(review, [finding], by=budi, at=MONDAY)

    facts = ledger.history("review", review.pk)[-1].facts
    assert facts == {"findings": {code: "not_met fault.name_differs"}}


def test_a_later_finding_takes_the_place_of_the_earlier_even_from_another_tab() -> None:
    review, budi = make.claimed()
    other_tab = queries.own(review.ref, budi)
    assert other_tab is not None
    first, second, *_ = review.files

    actions.note(review, [Finding(first, Judgement.MET)], by=budi, at=MONDAY)
    actions.note(other_tab, [Finding(second, Judgement.MET)], by=budi, at=MONDAY)
    expired = Finding(first, Judgement.NOT_MET, Fault.EXPIRED)
    actions.note(review, [expired], by=budi, at=MONDAY)

    kept = queries.findings(Review.objects.get(pk=review.pk))
    assert [(f.document, f.judgement) for f in kept] == [
        (first, Judgement.NOT_MET),
        (second, Judgement.MET),
    ]


def test_a_wrong_finding_is_refused_and_none_of_the_call_is_kept() -> None:
    review, budi = make.claimed()
    first = next(iter(review.files))

    with pytest.raises(StepRefused) as refusal:
        actions.note(
            review,
            [Finding(first, Judgement.MET), Finding("diary", Judgement.MET)],
            by=budi,
            at=MONDAY,
        )

    assert refusal.value.reasons == ("finding.not_asked",)
    assert Review.objects.get(pk=review.pk).findings == []


def test_nobody_works_on_anothers_review() -> None:
    review, _ = make.judged()
    other = make.verifier(5009)
    calls: list[Any] = [
        lambda: actions.note(review, make.in_order(review), by=other, at=TUESDAY),
        lambda: actions.find_eligible(review, by=other, at=TUESDAY),
        lambda: actions.return_for_correction(review, by=other, at=TUESDAY),
        lambda: actions.reject(review, grounds=[Ground.AGE], by=other, at=TUESDAY),
    ]

    for call in calls:
        with pytest.raises(StepRefused) as refusal:
            call()
        assert refusal.value.reasons == ("review.not_yours",)

    assert told(review) == ["review.opened", "review.noted"]


def test_eligible_accepts_the_application_in_the_same_breath() -> None:
    review, budi = make.judged()

    actions.find_eligible(review, by=budi, at=TUESDAY)

    assert state_of(review.application) == ApplicationState.ACCEPTED
    kept = Review.objects.get(pk=review.pk)
    assert (kept.state, kept.closed_at) == (State.ELIGIBLE, TUESDAY)
    assert told(review) == ["review.opened", "review.noted", "review.found_eligible"]
    facts = ledger.history("review", review.pk)[-1].facts
    assert facts == {"digest": kept.digest, "unjudged": [], "unmet": []}
    assert kept.digest == documents.seal(queries.record(kept))


def test_eligible_is_refused_while_documents_are_unjudged_or_not_in_order() -> None:
    review, budi = make.claimed()
    findings = make.in_order(review, faults={next(iter(review.files)): Fault.EXPIRED})

    with pytest.raises(StepRefused) as nothing_judged:
        actions.find_eligible(review, by=budi, at=TUESDAY)
    actions.note(review, findings, by=budi, at=TUESDAY)
    with pytest.raises(StepRefused) as one_expired:
        actions.find_eligible(review, by=budi, at=TUESDAY)

    assert nothing_judged.value.reasons == ("finding.unjudged", "finding.unmet")
    assert one_expired.value.reasons == ("finding.unmet",)
    assert state_of(review.application) == ApplicationState.SUBMITTED


def test_a_stack_is_answered_whole_or_not_at_all() -> None:
    budi = make.verifier()
    good, _ = make.judged(1, by=budi)
    open_still, _ = make.claimed(2, by=budi)

    with pytest.raises(StepRefused):
        actions.find_eligible_many([good, open_still], by=budi, at=TUESDAY)
    assert state_of(good.application) == ApplicationState.SUBMITTED

    actions.note(open_still, make.in_order(open_still), by=budi, at=TUESDAY)
    actions.find_eligible_many([good, open_still], by=budi, at=TUESDAY)

    states = {state_of(r.application) for r in (good, open_still)}
    assert states == {ApplicationState.ACCEPTED}


def test_a_return_says_what_to_mend_and_by_when() -> None:
    remark = Remark(Topic.PRACTICE, Fault.UNCLEAR, "Mulai bertugas 2019 atau 2021?")

    review, _ = make.returned(at=MONDAY, remarks=[remark])

    application = review.application
    assert application.state == ApplicationState.RETURNED
    assert application.correct_by_on == review.correct_by_on == date(2026, 3, 16)
    answer = queries.answer(application)
    assert answer is not None
    assert [(c.about, c.fault, c.note) for c in answer.corrections] == [
        ("Kartu Tanda Penduduk (KTP)", Fault.UNREADABLE, "Mohon diperbaiki"),
        ("practice", Fault.UNCLEAR, "Mulai bertugas 2019 atau 2021?"),
    ]
    assert answer.until == date(2026, 3, 16)
    assert ledger.history("application", application.pk)[-1].facts == {
        "items": 2,
        "until": "2026-03-16",
        "spent_days": 0,
    }
    assert review.digest == documents.seal(queries.record(review))


@pytest.mark.parametrize(
    ("region", "at"),
    [("31.71", WIB_MIDNIGHT), ("91.71", WIB_MIDNIGHT - timedelta(hours=2))],
    ids=["Jakarta", "Jayapura"],
)
def test_the_day_to_mend_counts_from_the_day_where_the_applicant_lives(
    region: str, at: datetime
) -> None:
    review, budi = make.claimed()
    review.application.person.region_code = region
    review.application.person.save(update_fields=["region_code"])
    findings = make.in_order(review, faults={next(iter(review.files)): Fault.EXPIRED})
    actions.note(review, findings, by=budi, at=MONDAY)

    said = queries.sheet(review, at=at).correct_by_on
    actions.return_for_correction(review, by=budi, at=at)

    assert review.correct_by_on == said == date(2026, 3, 17)


def test_a_return_without_anything_to_mend_is_refused() -> None:
    review, budi = make.judged()

    with pytest.raises(StepRefused) as refusal:
        actions.return_for_correction(review, by=budi, at=TUESDAY)

    assert refusal.value.reasons == ("return.nothing_to_mend",)
    assert state_of(review.application) == ApplicationState.SUBMITTED


def test_a_return_before_all_is_judged_is_refused() -> None:
    review, budi = make.claimed()
    code = next(iter(review.files))
    actions.note(review, [Finding(code, Judgement.NOT_MET, Fault.EXPIRED)], by=budi, at=MONDAY)

    with pytest.raises(StepRefused) as refusal:
        actions.return_for_correction(review, by=budi, at=TUESDAY)

    assert refusal.value.reasons == ("finding.unjudged",)


def test_the_next_round_knows_the_round_before() -> None:
    review, budi = make.returned()
    application = review.application
    applications.submit(application, agreed=True, by=owner(application), at=TUESDAY)

    again = actions.claim(application, by=budi, at=TUESDAY, rng=random.Random(9))

    fresh = queries.own(again.ref, budi)
    assert fresh is not None
    sheet = queries.sheet(fresh, at=TUESDAY)
    assert again.round == 2
    assert [(a.round, len(a.corrections)) for a in sheet.earlier] == [(1, 1)]
    assert [row.finding for row in sheet.rows] == [None] * len(sheet.rows)


def second_round(review: Review, *, by: Actor, replaced: str = "") -> Review:
    """Return the open review of the next round, one document having been put in anew if named."""
    application = review.application
    if replaced:
        upload = ("baru.jpg", picture(size=(300, 400)))
        applications.attach(application, {replaced: upload}, by=owner(application), at=TUESDAY)
    applications.submit(application, agreed=True, by=owner(application), at=TUESDAY)
    again = actions.claim(application, by=by, at=TUESDAY, rng=random.Random(90 + review.round))
    found = queries.own(again.ref, by)
    assert found is not None
    return found


def test_what_was_found_of_an_unchanged_file_is_proposed_in_the_next_round() -> None:
    review, budi = make.returned()
    told = {f.document: f for f in queries.findings(review)}

    again = second_round(review, by=budi, replaced="identity_card")

    rows = {row.document.code: row for row in queries.sheet(again, at=TUESDAY).rows}
    proposed = {code: row.before for code, row in rows.items() if row.before}
    assert set(proposed) == set(told) - {"identity_card"}
    assert {b.round for b in proposed.values()} == {1}
    assert {code: b.finding for code, b in proposed.items()} == {c: told[c] for c in proposed}
    # A proposal is no finding: nothing is judged, and the answer cannot be given yet.
    assert [row.finding for row in rows.values()] == [None] * len(rows)
    assert set(proposed) <= set(queries.sheet(again, at=TUESDAY).unjudged)


def test_the_newest_round_speaks_and_a_second_look_is_told_nothing() -> None:
    review, budi = make.returned()
    second = second_round(review, by=budi)
    faults = {"identity_card": Fault.EXPIRED}
    actions.note(second, make.in_order(second, faults=faults), by=budi, at=TUESDAY)
    actions.return_for_correction(second, by=budi, at=TUESDAY)
    second = queries.seen(second.ref, budi)
    assert second is not None

    third = second_round(second, by=budi)

    def card(of: Review) -> Before | None:
        rows = {row.document.code: row for row in queries.sheet(of, at=TUESDAY).rows}
        return rows["identity_card"].before

    newest = card(third)
    assert newest is not None
    assert (newest.round, newest.finding.fault) == (2, Fault.EXPIRED)
    Review.objects.filter(pk=third.pk).update(first=second)
    third.refresh_from_db()
    assert card(third) is None


def test_a_rejection_names_its_grounds() -> None:
    review, budi = make.judged()

    with pytest.raises(StepRefused) as refusal:
        actions.reject(review, grounds=[], by=budi, at=TUESDAY)
    actions.reject(review, grounds=[Ground.PRACTICE], note=" 7 bulan ", by=budi, at=TUESDAY)

    assert refusal.value.reasons == ("reject.ground_missing",)
    assert state_of(review.application) == ApplicationState.REJECTED
    kept = Review.objects.get(pk=review.pk)
    assert (kept.state, kept.grounds, kept.note) == ("rejected", ["ground.practice"], "7 bulan")
    assert kept.digest == documents.seal(queries.record(kept))
    assert ledger.history("application", review.application_id)[-1].facts == {
        "reasons": ["ground.practice"]
    }


def test_an_application_withdrawn_under_the_verifiers_hands_leaves_nothing_half_done() -> None:
    review, budi = make.judged()
    application = Application.objects.get(pk=review.application_id)
    applications.withdraw(application, by=owner(application), at=TUESDAY)

    with pytest.raises(StaleRecord):
        actions.find_eligible(review, by=budi, at=TUESDAY)

    assert Review.objects.get(pk=review.pk).state == State.OPEN
    assert state_of(review.application) == ApplicationState.WITHDRAWN


def test_an_answered_review_is_frozen_by_the_database() -> None:
    review, _ = make.returned()

    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(note="lain")
    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        review.delete()


def test_the_second_click_is_refused() -> None:
    review, budi = make.judged()
    actions.find_eligible(review, by=budi, at=TUESDAY)

    with pytest.raises(StepRefused) as refusal:
        actions.find_eligible(review, by=budi, at=TUESDAY)

    assert refusal.value.reasons == ("step.not_open",)


def test_replaying_the_ledger_gives_the_state() -> None:
    review, _ = make.returned()

    assert ledger.replay(REVIEW, ledger.history("review", review.pk)) == review.state


def test_the_sheet_shows_documents_findings_and_a_hint() -> None:
    review, budi = make.claimed()
    first = next(iter(review.files))
    actions.note(review, [Finding(first, Judgement.MET)], by=budi, at=MONDAY)
    held = queries.own(review.ref, budi)
    assert held is not None

    sheet = queries.sheet(held, at=TUESDAY)

    assert {row.document.code for row in sheet.rows if row.document.sha256} == set(review.files)
    assert [row.document.code for row in sheet.rows if row.finding] == [first]
    assert not sheet.is_eligible
    assert sheet.unjudged == tuple(code for code in review.files if code != first)
    assert sheet.eligibility.verdict is Verdict.UNKNOWN
    assert sheet.correct_by_on == TUESDAY.date() + timedelta(days=14)
    absent = next(row for row in sheet.rows if not row.document.sha256)
    assert absent.faults == (Fault.NOT_ATTACHED,)


def test_a_sheet_costs_the_same_with_no_history_and_with_one(
    django_assert_num_queries: Any,
) -> None:
    review, budi = make.claimed()
    held = queries.own(review.ref, budi)
    returned, _ = make.returned(2, by=budi)
    assert held is not None

    for case in (held, returned):
        with django_assert_num_queries(5):
            queries.sheet(case, at=TUESDAY)


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_costs_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    budi = make.verifier()
    for n in range(1, count + 1):
        make.claimed(n, by=budi)

    with django_assert_num_queries(1):
        rows = queries.rows(queries.desk(budi))

    assert len(rows) == count


@pytest.mark.parametrize("count", [1, 30])
def test_answering_a_stack_costs_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    budi = make.verifier()
    stack = [make.judged(n, by=budi)[0] for n in range(1, count + 1)]

    with django_assert_num_queries(16):
        actions.find_eligible_many(stack, by=budi, at=TUESDAY)

    assert queries.counts_by_state() == {"eligible": count}
