"""Are essays marked by two apart, without names, a third where they differ, and scored only then?"""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kompeten.exams import actions, queries
from kompeten.exams.actions import scoring
from kompeten.exams.chart import MARKING, SCRIPT
from kompeten.exams.models import Entry, Marking, Remark, Score, Script, Sitting
from kompeten.exams.rules import rows
from kompeten.exams.terms.scripts import MarkingState
from kompeten.exams.terms.vault import Stated, Via
from kompeten.foundation.ledger import StaleRecord, StepRefused, drain, history, replay
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.models import Tie
from kompeten.impartiality.terms import TieKind
from kompeten.kernel import digest
from kompeten.kernel.actors import SYSTEM
from tests.make import essays as make
from tests.make import exams
from tests.make.exams import CLOSES, HOUR, KARTIKA, PUTU
from tests.make.portfolios import assessors

pytestmark = pytest.mark.django_db
NOTE = "Tujuan jelas, langkah kurang."


def test_essays_are_laid_before_two_assessors_each_and_nothing_is_scored_yet() -> None:
    pool = assessors(4)
    entry = make.handed_in("Tujuan ialah …", "Langkah ialah …")

    make.follow()

    scripts = list(Script.objects.order_by("number"))
    assert [(s.number, s.text, s.most_points) for s in scripts] == [
        (101, "Tujuan ialah …", 20), (102, "Langkah ialah …", 20),
    ]  # fmt: skip
    assert [s.markings.count() for s in scripts] == [2, 2]
    assert {m.assessor_id for m in Marking.objects.all()} == set(pool)
    assert (Entry.objects.get().state, Score.objects.count()) == ("handed_in", 0)
    assert Sitting.objects.get().state == "closed"
    assert history("script", scripts[0].pk)[0].facts == {
        "entry": entry.ref, "number": 101, "digest": digest.of("Tujuan ialah …"),
    }  # fmt: skip


def test_points_of_essays_add_to_the_raw_points_and_the_score_is_sealed_with_them() -> None:
    pool = assessors(2)
    entry = make.handed_in("Tujuan ialah …", "Langkah ialah …")
    make.follow()

    make.marked(entry, pool, 12, 15)
    make.follow()
    assert Score.objects.count() == 0
    make.marked(entry, pool, 8, 8, number=102)
    make.follow()

    score = Score.objects.get()
    assert (score.points, score.out_of, score.answered) == (60 + 14 + 8, 140, 62)
    assert len(score.answers) == 100
    assert score.by_domain["skills"][1] == 40 + 40
    assert sum(points for points, _ in score.by_domain.values()) == 82
    assert score.digest == digest.of(
        {
            "entry": entry.ref,
            "form": entry.form_digest,
            "answers": score.answers,
            "points": 82,
            "out_of": 140,
            "by_domain": score.by_domain,
            "essays": {
                "101": {"text": digest.of("Tujuan ialah …"), "points": 14},
                "102": {"text": digest.of("Langkah ialah …"), "points": 8},
            },
        }
    )
    assert queries.outcomes([entry.application_id]) == {entry.application_id: (82, 140)}
    found = queries.scores([entry.application_id])[entry.application_id]
    assert (found.outcome.points, found.outcome.out_of, found.competent) == (82, 140, False)
    assert (Entry.objects.get().state, Sitting.objects.get().state) == ("scored", "scored")
    first = Script.objects.order_by("number")[0]
    assert replay(SCRIPT, history("script", first.pk)) == "settled"
    marking = first.markings.order_by("id")[0]
    assert replay(MARKING, history("marking", marking.pk)) == "handed_in"


def test_who_marked_has_examined_and_does_not_decide() -> None:
    pool = assessors(2)
    entry = make.handed_in("Tujuan ialah …")
    make.follow()
    make.marked(entry, pool, 12, 12)

    make.follow()

    ties = Tie.objects.filter(kind="examined", candidate=entry.person_id, source="exams")
    assert set(ties.values_list("person_id", flat=True)) == set(pool)


def test_a_third_assessor_is_called_where_two_differ_by_more_than_a_fifth() -> None:
    pool = assessors(3)
    entry = make.handed_in("Tujuan ialah …")
    make.follow()
    make.marked(entry, pool, 5, 10)
    make.follow()

    (third,) = make.open_markings(entry)
    assert third.third
    assert Score.objects.count() == 0
    make.marked(entry, pool, 9)
    make.follow()

    assert Script.objects.get().points == 10  # of 9 and 10: a half point counts as a whole one
    assert Score.objects.get().points == 70


def test_where_no_third_is_free_it_waits_and_holds_up_nobody() -> None:
    pool = assessors(2)
    held = exams.opened(make.sitting(essays=1))
    first = make.handed_in("Satu.", n=1, held=held)
    second = make.handed_in("Dua.", n=2, held=held)
    exams.closed(held)
    make.follow()
    make.marked(first, pool, 0, 20)
    make.marked(second, pool, 11, 12)

    make.follow()

    assert list(Script.objects.order_by("id").values_list("state", "points")) == [
        ("marking", None), ("settled", 12),
    ]  # fmt: skip
    assert list(Entry.objects.order_by("id").values_list("state", flat=True)) == [
        "handed_in", "scored",
    ]  # fmt: skip


def test_whoever_is_tied_to_the_candidate_marks_nothing_of_theirs() -> None:
    pool = assessors(3)
    tied = min(pool)
    held = exams.opened(make.sitting())
    entry = make.handed_in("Tujuan ialah …", held=held)
    since = CLOSES.date() - timedelta(days=30)
    pairs = [(tied, entry.person_id)]
    impartiality.tie_many(TieKind.TRAINED, pairs, since=since, source="test")
    exams.closed(held)

    make.follow()

    assert {m.assessor_id for m in Marking.objects.all()} == set(pool) - {tied}


def test_without_assessors_essays_wait_and_the_coordinator_sees_it() -> None:
    held = exams.opened(make.sitting())
    make.handed_in("Tujuan ialah …", held=held)
    exams.closed(held)
    make.follow()

    (row,) = queries.waiting_scripts(KARTIKA)
    assert (row.sitting, row.marking, row.lacking, row.settled) == (held.ref, 1, 1, 0)
    assert queries.waiting_scripts(PUTU) == []

    assessors(2)
    make.follow()

    assert [row.lacking for row in queries.waiting_scripts(KARTIKA)] == [0]
    assert [load.open for load in queries.marker_loads(KARTIKA)] == [1, 1]


def test_blank_essays_are_no_work_and_no_points() -> None:
    entry = make.handed_in("  \n ", points=70)

    make.follow()

    score = Score.objects.get()
    assert (score.points, score.out_of, score.answered) == (70, 140, 70)
    assert Script.objects.count() == 0
    assert entry.form_digest


@pytest.mark.parametrize(
    ("points", "note", "reasons"),
    [
        (21, NOTE, ("marking.points",)),
        (-1, NOTE, ("marking.points",)),
        (10, " baik ", ("marking.note_short",)),
    ],
)
def test_points_at_fault_are_refused(points: int, note: str, reasons: tuple[str, ...]) -> None:
    pool = assessors(2)
    entry = make.handed_in("Tujuan ialah …")
    make.follow()
    marking = make.open_markings(entry)[0]

    with pytest.raises(StepRefused) as caught:
        actions.mark(marking, points=points, note=note, by=pool[marking.assessor_id], at=CLOSES)

    assert caught.value.reasons == reasons
    assert Marking.objects.get(pk=marking.pk).state == "open"


def test_only_its_own_assessor_marks_once_and_only_while_licensed() -> None:
    pool = assessors(2)
    entry = make.handed_in("Tujuan ialah …")
    make.follow()
    mine, other = make.open_markings(entry)
    by = pool[mine.assessor_id]
    again = Marking.objects.select_related("script__entry").get(pk=mine.pk)

    with pytest.raises(StepRefused) as stranger:
        actions.mark(other, points=10, note=NOTE, by=by, at=CLOSES)
    late = CLOSES + timedelta(days=40 * 365)
    with pytest.raises(StepRefused) as lapsed:
        actions.mark(mine, points=10, note=NOTE, by=by, at=late)
    actions.mark(mine, points=10, note=NOTE, by=by, at=CLOSES)
    with pytest.raises(StaleRecord):
        actions.mark(again, points=11, note=NOTE, by=by, at=CLOSES)

    assert stranger.value.reasons == ("assessor.not_assigned",)
    assert lapsed.value.reasons == ("assessor.license_lapsed",)
    assert Marking.objects.get(pk=mine.pk).points == 10


def test_nobody_sees_anothers_points_before_all_are_in() -> None:
    pool = assessors(2)
    entry = make.handed_in("Tujuan ialah …")
    make.follow()
    mine, other = make.open_markings(entry)
    first, second = pool[mine.assessor_id], pool[other.assessor_id]
    actions.mark(mine, points=10, note=NOTE, by=first, at=CLOSES)

    held = queries.own_marking(other.ref, second)
    assert held is not None
    before = queries.marking_view(held)
    actions.mark(held, points=12, note=NOTE, by=second, at=CLOSES)
    make.follow()
    done = queries.own_marking(other.ref, second)
    assert done is not None
    after = queries.marking_view(done)

    assert (before.others, before.settled, before.guide.marking) == ((), None, make.GUIDE)
    assert (after.others, after.settled) == (((10, NOTE, False),), 11)
    assert queries.own_marking(mine.ref, second) is None
    assert queries.own_marking(mine.ref, KARTIKA) is None
    assert [m.ref for m in queries.markings(second, state=MarkingState.HANDED_IN)] == [other.ref]


def test_an_essay_taken_from_its_assessor_goes_to_another() -> None:
    pool = assessors(3)
    entry = make.handed_in("Tujuan ialah …")
    make.follow()
    mine, other = make.open_markings(entry)

    taken = queries.open_markings(mine.assessor_id, KARTIKA)
    actions.release(taken, by=KARTIKA, at=CLOSES)
    make.follow()

    now = {m.assessor_id for m in make.open_markings(entry)}
    assert now == set(pool) - {mine.assessor_id}
    assert queries.own_marking(mine.ref, pool[mine.assessor_id]) is None
    assert other.assessor_id in now
    with pytest.raises(StepRefused):
        actions.release(make.open_markings(entry), by=PUTU, at=CLOSES)


def test_a_technical_failure_is_never_a_score_though_its_essays_are_marked() -> None:
    pool = assessors(2)
    entry = make.handed_in("Tujuan ialah …")
    make.follow()
    marking = make.open_markings(entry)[0]
    actions.interrupt(Entry.objects.get(), reason="Perangkat rusak", by=PUTU, at=CLOSES)
    again = Marking.objects.select_related("script__entry").get(pk=marking.pk)
    by = pool[marking.assessor_id]

    with pytest.raises(StepRefused) as caught:
        actions.mark(again, points=10, note=NOTE, by=by, at=CLOSES)
    make.follow()

    assert caught.value.reasons == ("marking.not_waiting",)
    assert list(queries.markings(by)) == []
    assert (Entry.objects.get().state, Score.objects.count()) == ("interrupted", 0)


def owed(entry: Entry) -> tuple[Stated, list[object]]:
    """Return what a device states by code of an exam with a text, and the rows of the whole record."""
    device = make.written(entry, "Tujuan ialah …", points=50)
    head = device.hash_at(len(device.links))[:16]
    seconds = device.links[-1].wall // 1_000
    choices = "".join(str(c) for c in exams.right(entry, range(1, 51)).values()) + "-" * 50
    code = Stated(entry.ref, len(device.links), seconds, head, choices, partial=True)
    return code, [exams.sent(device, minute=300, via=Via.QR)]


def test_a_code_alone_is_no_hand_in_and_essays_are_waited_for_until_a_person_says_go() -> None:
    held = exams.opened(make.sitting())
    entry, _ = exams.one_seated(held=held)
    code, _ = owed(entry)
    at = held.opens_at + HOUR
    received = exams.milliseconds(at)
    row = rows.stated_row(rows.stated_via(code, received=received, via=Via.CODE))
    exams.vaulted(exams.opening(entry), row, at=at)
    assert Entry.objects.get().state == "started"
    actions.close_sitting(held, by=PUTU, at=CLOSES)

    much_later = CLOSES + timedelta(days=30)
    drain("exams.score", at=much_later)
    assert (Entry.objects.get().state, Score.objects.count()) == ("handed_in", 0)
    assert [r.code for r in Remark.objects.filter(state="open")] == ["exam.essays_owed"]
    drain("exams.score", at=much_later)
    assert Score.objects.count() == 0

    actions.settle(Sitting.objects.get(), by=PUTU, at=much_later)
    drain("exams.score", at=much_later)
    assert (Score.objects.get().points, Script.objects.count()) == (50, 0)


def test_after_a_code_the_frames_bring_the_essays_and_hand_in() -> None:
    pool = assessors(2)
    held = exams.opened(make.sitting())
    entry, _ = exams.one_seated(held=held)
    code, whole = owed(entry)
    at = held.opens_at + HOUR
    row = rows.stated_row(rows.stated_via(code, received=exams.milliseconds(at), via=Via.CODE))
    exams.vaulted(exams.opening(entry), row, at=at)
    actions.close_sitting(held, by=PUTU, at=CLOSES)

    exams.vaulted(*whole, at=CLOSES + HOUR)  # type: ignore[arg-type]
    make.follow(at=CLOSES + HOUR)
    make.marked(entry, pool, 15, 15, at=CLOSES + HOUR)
    make.follow(at=CLOSES + HOUR)

    assert Entry.objects.get().settles_at is None
    assert Script.objects.get().text == "Tujuan ialah …"
    assert Score.objects.get().points == 65
    assert [e.type for e in history("entry", entry.pk)][-2:] == ["entry.delivered", "entry.scored"]


def test_a_text_that_comes_after_another_was_laid_is_kept_and_a_person_is_told() -> None:
    assessors(2)
    held = exams.opened(make.sitting())
    entry, _ = exams.one_seated(held=held)
    phone = make.written(entry, "Dari ponsel.", points=0)
    exams.vaulted(exams.opening(entry), exams.sent(phone, minute=13), at=held.opens_at + HOUR)
    exams.closed(held)
    make.follow()
    child = phone.child("b" * 16, minute=5, at=1)
    make.write(child, "Dari laptop, lebih dulu.", minute=6, item=102)

    exams.vaulted(exams.sent(child, minute=400, via=Via.FILE), at=CLOSES + 5 * HOUR)

    assert [r.code for r in Remark.objects.filter(state="open")] == ["exam.late_essay"]
    assert [s.text for s in Script.objects.all()] == ["Dari ponsel."]


def test_two_devices_texts_are_a_conflict_in_full() -> None:
    held = exams.opened(make.sitting())
    entry, _ = exams.one_seated(held=held)
    phone = make.written(entry, "Dari ponsel.", points=0, hand_in=False)
    laptop = exams.phone(entry, chain="b" * 16)
    make.write(laptop, "Dari laptop.", minute=5)
    exams.vaulted(
        exams.opening(entry), exams.sent(phone, minute=12), exams.sent(laptop, minute=20),
        at=held.opens_at + HOUR,
    )  # fmt: skip

    (row,) = queries.conflicts(held)

    assert (row.item, row.counts, row.other) == (101, "Dari ponsel.", "Dari laptop.")


def test_an_edit_of_what_is_no_essay_is_told_and_counts_for_nothing() -> None:
    held = exams.opened(exams.sitting())
    entry, _ = exams.one_seated(held=held)
    device = make.write(exams.phone(entry), "Siapa ini?", minute=5, item=1)

    exams.vaulted(exams.opening(entry), exams.sent(device, minute=6), at=held.opens_at + HOUR)

    assert [r.code for r in Remark.objects.all()] == ["exam.unknown_item"]
    assert queries.answers(Entry.objects.select_related("sitting").get()) == {}


def test_scripts_and_markings_are_kept_by_the_database() -> None:
    pool = assessors(2)
    entry = make.handed_in("Tujuan ialah …")
    make.follow()
    with pytest.raises(IntegrityError), transaction.atomic():
        Script.objects.update(text="Lain.")
    make.marked(entry, pool, 10, 10)

    with pytest.raises(IntegrityError), transaction.atomic():
        Marking.objects.update(points=20)
    with pytest.raises(IntegrityError), transaction.atomic():
        Script.objects.all().delete()


def test_laying_drawing_and_settling_take_the_same_queries_for_one_and_for_three() -> None:
    pool = assessors(4)
    counts = []
    for people in ((5,), (1,), (2, 3, 4)):  # the first one rings bells that stay rung
        held = exams.opened(make.sitting())
        entries = [make.handed_in("Satu.", "Dua.", n=n, held=held) for n in people]
        exams.closed(held)
        with CaptureQueriesContext(connection) as laying:
            scoring.score_next(at=CLOSES, rng=random.Random(f"lay {people}"))
        with CaptureQueriesContext(connection) as drawing:
            drain("exams.assign_markers", at=CLOSES)
        for entry in entries:
            make.marked(entry, pool, 10, 11)
        with CaptureQueriesContext(connection) as settling:
            drain("exams.settle_scripts", at=CLOSES)
        counts.append([len(laying), len(drawing), len(settling)])

    assert counts[1] == counts[2]


def test_nobody_else_lays_or_settles() -> None:
    entry = make.handed_in("Tujuan ialah …")
    make.follow()

    assert all(
        event.actor_id is None or event.actor_id == SYSTEM.account_id
        for event in history("script", Script.objects.get(entry=entry).pk)
    )
