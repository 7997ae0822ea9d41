"""Does the code that signs reach whom it should, as often as it is needed, and bear few wrong tries?"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Recommendation, Referee
from kompeten.applications.rules import recommending as rules
from kompeten.applications.terms.recommending import (
    CodeRefused,
    RecommendationState,
    RefereeState,
)
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from tests.make import invitations, races
from tests.make import recommending as recommend
from tests.make.races import meanwhile
from tests.make.recommending import sign
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
COMPARED = (
    3  # statements until a code was compared: the savepoint, the row, the end of the savepoint
)


def listed(
    count: int, *, by: Actor | None = None, first: int = 1
) -> tuple[Actor, list[Application]]:
    """Return a sponsor with the drafts of a list."""
    by = by or invitations.officer()
    lines = [
        {"nik": f"327195670192{n:04d}", "name": f"Dewi {n}"} for n in range(first, first + count)
    ]
    batch = invitations.sent(by, invitations.content(*lines), seed=first)
    return by, list(Application.objects.filter(collective=batch).order_by("id"))


def ready(count: int = 1) -> tuple[Referee, list[Application], Actor]:
    """Return a link with a letter about the first of so many people, and a code on its way."""
    by, applications = listed(count)
    referee = recommend.asked(*applications, by=by)
    return recommend.written(referee, about=(applications[0].ref,)), applications, by


def wrong(referee: Referee) -> str:
    return f"{(int(recommend.code(referee)) + 1) % 10**rules.CODE_DIGITS:06d}"


def refused(attempt: Any) -> tuple[str, ...]:
    with pytest.raises(StepRefused) as refusal:
        attempt()
    return refusal.value.reasons


def test_who_signs_one_letter_each_signs_for_all_of_a_list() -> None:
    by, applications = listed(12)
    referee = recommend.asked(*applications, by=by)

    for n, one in enumerate(applications):
        recommend.signed(referee, at=MONDAY + n * timedelta(minutes=5), about=(one.ref,))

    referee.refresh_from_db()
    assert (referee.state, referee.codes) == (RefereeState.USED, 12)
    assert Recommendation.objects.filter(state=RecommendationState.GIVEN.value).count() == 12


def test_codes_that_have_signed_for_some_keep_none_from_the_same_head() -> None:
    by, applications = listed(10)
    link = recommend.asked(*applications[:8], by=by)
    other = recommend.asked(*applications[8:], by=by, seed=99)
    for n, one in enumerate(applications[:7]):
        recommend.signed(link, at=MONDAY + n * timedelta(minutes=5), about=(one.ref,))
    late = MONDAY + timedelta(hours=1)

    recommend.written(link, at=late, about=(applications[7].ref,))

    assert queries.codes_today(other, at=late) == (1, 1)
    assert recommend.signed(other, at=late)


def test_a_signature_is_needed_before_a_link_mails_more_than_its_eight() -> None:
    by, applications = listed(2)
    referee = recommend.asked(*applications, by=by)
    recommend.signed(referee, about=(applications[0].ref,))
    begin, later = MONDAY + timedelta(hours=1), TUESDAY + timedelta(hours=3)

    recommend.coded(referee, times=rules.MOST_CODES, at=begin)

    assert refused(lambda: recommend.written(referee, at=later)) == (
        "recommendation.too_many_codes",
    )
    assert queries.codes_today(referee, at=TUESDAY) == (8, 8)


def test_codes_of_other_days_are_none_of_today() -> None:
    by, applications = listed(2)
    one, other = (recommend.asked(a, by=by, seed=80 + n) for n, a in enumerate(applications))
    for n in range(4):
        recommend.written(one, at=MONDAY + timedelta(days=2 * n))
    for n in range(3):
        recommend.written(other, at=MONDAY + timedelta(days=2 * n))
    today = MONDAY + timedelta(days=8)

    for link in (one, other):
        recommend.written(link, at=today)

    assert queries.codes_today(one, at=today) == (2, 2)
    soon, day_after = today + timedelta(hours=23), today + timedelta(days=1)
    assert queries.codes_today(one, at=soon) == (2, 2)
    assert queries.codes_today(one, at=day_after) == (0, 0)


def test_one_office_does_not_use_up_what_another_may_ask_of_the_same_head() -> None:
    by, applications = listed(2)
    sister, (theirs,) = listed(1, by=invitations.officer(901), first=50)
    first, second = (recommend.asked(a, by=by, seed=80 + n) for n, a in enumerate(applications))
    late = MONDAY + timedelta(hours=1)

    recommend.coded(first, times=rules.MOST_CODES_OF_ASKER)

    assert refused(lambda: recommend.written(second, at=late)) == ("recommendation.address_codes",)
    other = recommend.asked(theirs, by=sister, seed=90)
    assert queries.codes_today(other, at=late) == (8, 0)
    assert recommend.signed(other, at=late)


def test_another_code_forgets_that_an_address_did_not_take_the_last_one() -> None:
    referee, _, _ = ready()
    actions.note_mailed(referee, at=MONDAY, is_refused=True)
    assert Referee.objects.get().mail_refused_at == MONDAY

    assert actions.send_code_again(referee, at=MONDAY + timedelta(minutes=2))

    assert Referee.objects.get().mail_refused_at is None


def test_the_second_click_after_signing_hears_that_it_was_answered() -> None:
    referee, _, _ = ready()
    other = Referee.objects.get(pk=referee.pk)
    sign(referee)

    with pytest.raises(StaleRecord):
        sign(other)

    referee.refresh_from_db()
    assert (referee.state, referee.tries) == (RefereeState.USED, 0)


def test_the_second_click_after_signing_for_some_hears_the_same() -> None:
    referee, _, _ = ready(3)
    other = Referee.objects.get(pk=referee.pk)
    sign(referee)

    with pytest.raises(StaleRecord):
        sign(other)

    assert Recommendation.objects.filter(state=RecommendationState.GIVEN.value).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_so_does_one_whose_code_was_compared_before_the_first_has_signed(count: int) -> None:
    referee, _, _ = ready(count)
    other, code = Referee.objects.get(pk=referee.pk), recommend.code(referee)

    with (
        meanwhile(lambda: sign(other, code), after=COMPARED),
        pytest.raises(StaleRecord),
    ):
        sign(referee, code)

    assert Recommendation.objects.filter(state=RecommendationState.GIVEN.value).count() == 1


def test_who_signs_for_somebody_taken_back_meanwhile_looks_again() -> None:
    by, applications = listed(3)
    referee = recommend.asked(*applications, by=by)
    recommend.signed(referee, about=(applications[0].ref,))
    recommend.written(referee)
    actions.take_back(queries.asked_of(referee)[0], by=by, at=MONDAY)

    assert refused(lambda: sign(referee)) == ("letter.about_others",)


def test_a_link_taken_back_while_the_code_is_typed_is_not_said_to_be_closed() -> None:
    referee, _, by = ready()
    other = Referee.objects.get(pk=referee.pk)
    actions.take_back_all(referee, by=by, at=MONDAY)

    with pytest.raises(StaleRecord):
        sign(other)


def test_a_right_code_is_no_try_and_a_wrong_one_is() -> None:
    referee, _, _ = ready(2)
    for _ in range(4):
        with pytest.raises(CodeRefused):
            sign(referee, wrong(referee))
    assert Referee.objects.get().tries == 4

    assert sign(referee)

    assert Referee.objects.get().tries == 0


def test_another_code_is_no_way_round_the_five_tries() -> None:
    referee, _, _ = ready()
    closed = []

    for n in range(rules.MOST_TRIES):
        at = MONDAY + n * timedelta(minutes=5)
        if n:
            actions.send_code_again(referee, at=at)
        with pytest.raises(CodeRefused) as refusal:
            sign(referee, wrong(referee), at=at)
        closed.append(refusal.value.is_locked)

    assert closed == [False, False, False, False, True]


def test_after_the_last_try_not_even_the_right_code_signs_and_the_link_is_closed_once() -> None:
    referee, _, _ = ready()
    # As it was left where a process was stopped between counting a try and closing the link.
    Referee.objects.update(tries=F("tries") + rules.MOST_TRIES)
    other = Referee.objects.get(pk=referee.pk)

    for one in (referee, other):
        with pytest.raises(CodeRefused) as refusal:
            sign(one)
        assert refusal.value.is_locked

    referee.refresh_from_db()
    assert (referee.state, bytes(referee.letter_sealed)) == (RefereeState.LOCKED, b"")
    assert [e.type for e in ledger.history("referee", referee.pk)].count("referee.locked") == 1


def test_at_once_five_codes_are_compared_one_answer_counts_and_one_link_gets_the_last_code(
    tmp_path: Path, bare: races.Bare
) -> None:
    script = Path(__file__).with_name("recommending_race.py")

    met = races.told(script, folder=tmp_path, bare=bare)

    assert met["mistaken"] == [*["locked"] * 4, *["wrong"] * 4]
    assert (met["tries"], met["locked"]) == (rules.MOST_TRIES, 1)
    assert met["signed"] == ["signed", *["stale"] * (races.THREADS - 1)]
    assert met["given"] == 1
    refusals = ["recommendation.address_codes"] * (races.THREADS - 1)
    assert met["told"] == ["mailed", *refusals]
    assert met["codes"] == rules.MOST_CODES_A_DAY
