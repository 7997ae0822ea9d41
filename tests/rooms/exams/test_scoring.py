"""Are answers scored after the sitting, once, in batches, and sealed?"""

import random

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kompeten.exams import actions, queries
from kompeten.exams.actions import scoring
from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry, Score, Sitting
from kompeten.foundation.ledger import StepRefused, drain, history, replay
from kompeten.schemes.terms import Component, Outcome
from tests.make import exams as make
from tests.make.exams import CLOSES, HOUR, OPENS, PUTU

pytestmark = pytest.mark.django_db
RNG = random.Random(1)


def test_nothing_is_scored_before_the_sitting_is_closed() -> None:
    entry, ani = make.one_started()
    actions.hand_in(entry, by=ani, at=OPENS + HOUR)

    assert drain("exams.score", at=OPENS + HOUR) == 0
    assert Score.objects.count() == 0


def test_scores_count_right_answers_by_domain_and_are_sealed() -> None:
    entry, ani = make.one_started()
    make.answered(entry, ani, make.right(entry, range(1, 71)), at=OPENS + HOUR)
    actions.hand_in(entry, by=ani, at=OPENS + HOUR)
    make.closed(entry.sitting)

    settled = drain("exams.score", at=CLOSES)

    score = Score.objects.get()
    assert settled == 2  # the entry, and then the sitting
    assert (score.points, score.out_of, score.answered) == (70, 100, 70)
    assert (len(score.answers), score.answers[70:]) == (100, "-" * 30)
    assert sum(points for points, _ in score.by_domain.values()) == 70
    assert {d: of for d, (_, of) in score.by_domain.items()} == {
        "knowledge": 30,
        "values": 30,
        "skills": 40,
    }
    events = history("entry", entry.pk)
    assert events[-1].facts == {"digest": score.digest}
    assert replay(ENTRY, events) == Entry.objects.get().state == "scored"
    assert Sitting.objects.get().state == "scored"
    assert history("sitting", entry.sitting_id)[-1].facts == {
        "scored": 1,
        "absent": 0,
        "interrupted": 0,
    }


@pytest.mark.parametrize(("right", "competent"), [(60, True), (59, False), (0, False)])
def test_the_pinned_scheme_says_who_is_competent(right: int, competent: bool) -> None:
    entry, ani = make.one_started()
    if right:
        make.answered(entry, ani, make.right(entry, range(1, right + 1)), at=OPENS)
    make.closed(entry.sitting)
    drain("exams.score", at=CLOSES)

    found = queries.scores([entry.application_id])[entry.application_id]

    assert (found.points, found.out_of, found.pass_percent) == (right, 100, 60)
    assert found.competent is competent
    assert found.outcome == Outcome(
        component=Component.COGNITIVE, competent=competent, points=right, out_of=100
    )
    assert queries.outcomes([entry.application_id]) == {entry.application_id: (right, 100)}
    assert list(queries.settled()) == [entry.application_id]


def test_late_answers_stay_on_record_and_do_not_count() -> None:
    entry, ani = make.one_started()
    key = make.right(entry, range(1, 3))
    make.answered(entry, ani, {1: key[1]}, at=OPENS)
    make.answered(entry, ani, {2: key[2]}, at=OPENS + 2 * HOUR)
    make.closed(entry.sitting)

    drain("exams.score", at=CLOSES)

    assert Score.objects.get().points == 1
    assert entry.records.filter(kind="segment").count() == 2


def test_scoring_goes_by_batches_with_the_same_queries_and_once() -> None:
    held = make.opened(make.sitting())
    for n in range(1, 6):
        entry, candidate = make.one_started(n, held=held)
        make.answered(entry, candidate, make.right(entry, range(1, 11 + n)), at=OPENS)
    make.closed(held)
    scoring.score_next(at=CLOSES, rng=RNG, limit=1)  # rings whoever follows; the bell is rung once
    with CaptureQueriesContext(connection) as one:
        scoring.score_next(at=CLOSES, rng=RNG, limit=1)
    with CaptureQueriesContext(connection) as three:
        scoring.score_next(at=CLOSES, rng=RNG, limit=3)

    assert len(one) == len(three)
    assert sorted(Score.objects.values_list("points", flat=True)) == [11, 12, 13, 14, 15]
    assert scoring.score_next(at=CLOSES, rng=RNG) == 0
    assert scoring.complete_next(at=CLOSES) == 1
    assert drain("exams.score", at=CLOSES) == 0


def test_a_sitting_without_anybody_to_score_is_done_at_once() -> None:
    entry, _ = make.one_seated()
    make.closed(make.opened(entry.sitting))

    drain("exams.score", at=CLOSES)

    assert Sitting.objects.get().state == "scored"
    assert history("sitting", entry.sitting_id)[-1].facts["absent"] == 1


def test_a_scored_entry_is_no_longer_interrupted() -> None:
    entry, _ = make.one_started()
    make.closed(entry.sitting)
    drain("exams.score", at=CLOSES)
    scored = Entry.objects.get()

    with pytest.raises(StepRefused) as caught:
        actions.interrupt(scored, reason="terlambat dilaporkan", by=PUTU, at=CLOSES)

    assert caught.value.reasons == ("step.not_open",)


def test_a_score_is_kept_by_the_database() -> None:
    entry, _ = make.one_started()
    make.closed(entry.sitting)
    drain("exams.score", at=CLOSES)

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.update(points=99)
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.all().delete()
