"""Is every answer kept, shown as saved, and counted only in time; is the paper the candidate's own?"""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kompeten.exams import actions, queries
from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry, Record
from kompeten.exams.terms import Answer, HandIn, Progress, Saved, Stage
from kompeten.foundation.ledger import StepRefused, history, replay
from kompeten.kernel.actors import STRANGER
from kompeten.kernel.canonical import plain
from tests.make import exams as make
from tests.make.actors import ANI
from tests.make.exams import CLOSES, HOUR, OPENS, PUTU
from tests.make.people import account

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def reasons_of(act: object, *args: object, **kwargs: object) -> tuple[str, ...]:
    with pytest.raises(StepRefused) as caught:
        act(*args, **kwargs)  # type: ignore[operator]
    return caught.value.reasons


def at(minute: int) -> datetime:
    return OPENS + minute * MINUTE


def test_start_gives_the_paper_in_the_candidates_own_order() -> None:
    held = make.opened(make.sitting())
    (one, ani), (two, budi) = make.one_seated(1, held=held), make.one_seated(2, held=held)

    first = actions.start(one, by=ani, at=at(5))
    second = actions.start(two, by=budi, at=at(6))

    assert sorted(first.numbers) == sorted(second.numbers) == list(range(1, 101))
    assert first.numbers != second.numbers
    assert (first.started_at, first.ends_at, first.answers) == (at(5), at(95), {})
    assert [event.type for event in history("entry", one.pk)] == ["entry.opened", "entry.started"]


def test_nothing_a_candidate_gets_holds_a_key_or_reads_one() -> None:
    held = make.opened(make.sitting())
    entry, ani = make.one_seated(1, held=held)

    with CaptureQueriesContext(connection) as asked:
        paper = actions.start(entry, by=ani, at=at(0))
        saved = actions.save(entry, [Answer(1, "a")], key="k1", by=ani, at=at(1))
        queries.mine(ani)
        actions.hand_in(entry, by=ani, at=at(2))

    assert [query["sql"] for query in asked if "itembank_itemkey" in query["sql"]] == []
    said = json.dumps(plain([paper, saved]))
    assert not any(f'"{name}"' in said for name in ("key", "domain", "difficulty", "option"))


def test_going_on_with_another_device_shows_the_same_paper_and_the_answers() -> None:
    entry, ani = make.one_started()
    first = queries.paper(entry, at=at(1))
    actions.save(entry, [Answer(1, "a"), Answer(2, None)], key="k1", by=ani, at=at(1))

    again = actions.start(make.mine(entry, ani), by=ani, at=at(40))

    assert again.cases == first.cases
    assert again.answers == {1: "a", 2: None}
    assert (again.started_at, again.ends_at, again.server_at) == (at(0), at(90), at(40))
    assert len(history("entry", entry.pk)) == 2


def test_two_devices_that_press_start_at_once_start_one_attempt() -> None:
    held = make.opened(make.sitting())
    phone, ani = make.one_seated(1, held=held)
    laptop = make.mine(phone, ani)

    first = actions.start(phone, by=ani, at=at(0))
    second = actions.start(laptop, by=ani, at=at(1))

    assert (first.cases, first.started_at) == (second.cases, second.started_at)
    assert len(history("entry", phone.pk)) == 2


@pytest.mark.parametrize(
    ("minute", "reason"), [(-1, "exam.not_yet_open"), (180, "exam.window_is_over")]
)
def test_nobody_starts_outside_the_window(minute: int, reason: str) -> None:
    held = make.sitting()
    actions.open_sitting(held, by=PUTU, at=at(-10))
    entry, ani = make.one_seated(1, held=held)

    assert reasons_of(actions.start, entry, by=ani, at=at(minute)) == (reason,)
    assert Entry.objects.get().state == "seated"


def test_nobody_starts_behind_closed_doors_or_when_time_is_over() -> None:
    entry, ani = make.one_seated()
    started, budi = make.one_started(2)

    assert reasons_of(actions.start, entry, by=ani, at=at(0)) == ("sitting.not_open",)
    assert reasons_of(actions.start, started, by=budi, at=at(90)) == ("exam.time_is_over",)


def test_a_stranger_can_do_nothing_with_an_entry() -> None:
    entry, _ = make.one_started()
    eko = account(77)

    for stranger in (eko, PUTU, STRANGER, ANI):
        assert queries.own(entry.ref, stranger) is None
        assert reasons_of(actions.start, entry, by=stranger, at=at(1)) == ("entry.not_own",)
        assert reasons_of(
            actions.save, entry, [Answer(1, "a")], key="k1", by=stranger, at=at(1)
        ) == ("entry.not_own",)
        assert reasons_of(actions.hand_in, entry, by=stranger, at=at(1)) == ("entry.not_own",)
    assert Record.objects.filter(kind="segment").count() == 0


def test_a_saved_batch_is_said_to_stand_as_it_stands() -> None:
    entry, ani = make.one_started()

    first = actions.save(entry, [Answer(1, "a"), Answer(2, "b")], key="k1", by=ani, at=at(1))
    second = actions.save(entry, [Answer(1, "c", "10:02")], key="k2", by=ani, at=at(2))

    assert first == Saved(first.seq, late=False, again=False, answers={1: "a", 2: "b"})
    assert second == Saved(second.seq, late=False, again=False, answers={1: "c"})
    assert second.seq > first.seq
    assert queries.answers(entry) == {1: "c", 2: "b"}
    assert queries.progress(entry) == Progress(answered=2, blank=98)


def test_a_batch_sent_twice_is_kept_once_and_answered_with_what_counts() -> None:
    entry, ani = make.one_started()
    batch = [Answer(1, "a")]
    first = actions.save(entry, batch, key="k1", by=ani, at=at(1))
    actions.save(entry, [Answer(1, "b")], key="k2", by=ani, at=at(2))

    again = actions.save(entry, batch, key="k1", by=ani, at=at(3))

    assert again == Saved(again.seq, late=False, again=True, answers={1: "b"})
    assert first.again is False
    assert Record.objects.filter(kind="segment").count() == 2
    assert queries.answers(entry) == {1: "b"}


def test_other_answers_under_a_used_name_are_refused_and_not_lost() -> None:
    entry, ani = make.one_started()
    actions.save(entry, [Answer(1, "a")], key="k1", by=ani, at=at(1))

    refused = reasons_of(actions.save, entry, [Answer(2, "b")], key="k1", by=ani, at=at(2))
    saved = actions.save(entry, [Answer(2, "b")], key="k2", by=ani, at=at(2))

    assert refused == ("answers.key_reused",)
    assert saved.answers == {2: "b"}


def test_the_same_name_is_free_for_another_candidate() -> None:
    held = make.opened(make.sitting())
    (one, ani), (two, budi) = (make.one_started(n, held=held) for n in (1, 2))

    actions.save(one, [Answer(1, "a")], key="k1", by=ani, at=at(1))
    other = actions.save(two, [Answer(1, "b")], key="k1", by=budi, at=at(1))

    assert (other.again, other.answers) == (False, {1: "b"})


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([], "answers.count"),
        ([Answer(1, "a")] * 101, "answers.count"),
        ([Answer(101, "a")], "answers.unknown_item"),
        ([Answer(1, "z")], "answers.unknown_choice"),
    ],
)
def test_a_batch_that_makes_no_sense_is_refused_whole(answers: list[Answer], reason: str) -> None:
    entry, ani = make.one_started()

    assert reasons_of(actions.save, entry, answers, key="k1", by=ani, at=at(1)) == (reason,)
    assert Record.objects.filter(kind="segment").count() == 0


def test_the_last_moment_counts_and_the_next_is_kept_as_late() -> None:
    entry, ani = make.one_started()
    last, too_late = at(90) + timedelta(seconds=4.9), at(90) + timedelta(seconds=5.1)

    in_time = actions.save(entry, [Answer(1, "a")], key="k1", by=ani, at=last)
    late = actions.save(entry, [Answer(1, "b"), Answer(2, "c")], key="k2", by=ani, at=too_late)
    again = actions.save(entry, [Answer(1, "b"), Answer(2, "c")], key="k2", by=ani, at=at(91))

    assert in_time.late is False
    assert late == Saved(late.seq, late=True, again=False, answers={1: "a", 2: None})
    assert again == Saved(again.seq, late=True, again=True, answers={1: "a", 2: None})
    assert queries.answers(entry) == {1: "a"}
    kept = [link[1:3] for r in Record.objects.filter(kind="segment") for link in _links(r)]
    assert kept == [[1, "a"], [1, "b"], [2, "c"]]


def _links(record: Record) -> list[list[object]]:
    found: list[list[object]] = json.loads(record.body)["links"]
    return found


def test_what_comes_after_handing_in_or_closing_is_kept_as_late() -> None:
    held = make.opened(make.sitting())
    (one, ani), (two, budi) = (make.one_started(n, held=held) for n in (1, 2))
    before = make.mine(one, ani)
    actions.hand_in(one, by=ani, at=at(10))
    make.closed(held)

    handed_in = actions.save(before, [Answer(1, "a")], key="k1", by=ani, at=at(11))
    closed = actions.save(two, [Answer(1, "a")], key="k1", by=budi, at=CLOSES + MINUTE)

    assert (handed_in.late, closed.late) == (True, True)


def test_a_save_goes_by_the_entry_as_it_is_and_not_as_it_was_read() -> None:
    entry, ani = make.one_started()
    read_before = make.mine(entry, ani)
    actions.give_time([entry], minutes=30, reason="listrik padam", by=PUTU, at=at(80))

    saved = actions.save(read_before, [Answer(1, "a")], key="k1", by=ani, at=at(95))

    assert (saved.late, queries.answers(entry)) == (False, {1: "a"})
    assert read_before.extra_minutes == 30


def test_nothing_is_saved_before_the_start() -> None:
    entry, ani = make.one_seated()

    assert reasons_of(actions.save, entry, [Answer(1, "a")], key="k1", by=ani, at=at(1)) == (
        "exam.not_started",
    )


def test_blanks_may_be_handed_in_and_a_second_click_changes_nothing() -> None:
    entry, ani = make.one_started()
    make.answered(entry, ani, dict.fromkeys(range(1, 41), "a"), at=at(5))

    first = actions.hand_in(entry, by=ani, at=at(60))
    second = actions.hand_in(entry, by=ani, at=at(61))

    assert first == second == HandIn(answered=40, blank=60)
    events = history("entry", entry.pk)
    assert events[-1].facts == {"answered": 40, "blank": 60}
    assert [event.type for event in events].count("entry.handed_in") == 1
    assert replay(ENTRY, events) == Entry.objects.get().state == "handed_in"
    assert reasons_of(actions.start, entry, by=ani, at=at(62)) == ("step.not_open",)


def test_handing_in_after_the_time_is_handing_in() -> None:
    entry, ani = make.one_started()

    actions.hand_in(entry, by=ani, at=at(91))

    assert Entry.objects.get().handed_in_at == at(91)


def test_answers_are_kept_by_the_database() -> None:
    entry, ani = make.one_started()
    actions.save(entry, [Answer(1, "a")], key="k1", by=ani, at=at(1))
    rows = Record.objects.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(received=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_answers_have_one_writer() -> None:
    from tests.house.code import trees

    writing = re.compile(r"exams_answerbatch \(|AnswerBatch\(|\bRecord\.objects\.\w*create")
    writers = {
        path.name
        for path, _ in trees()
        if path.name != "models.py" and writing.search(path.read_text(encoding="utf-8"))
    }

    assert writers == {"intake.py"}


def test_an_interrupted_candidate_goes_back_to_the_seat_with_the_answers() -> None:
    entry, ani = make.one_started()
    make.answered(entry, ani, {1: "a"}, at=at(10))

    actions.interrupt(entry, reason="listrik padam", by=PUTU, at=at(20))
    refused = reasons_of(actions.hand_in, make.mine(entry, ani), by=ani, at=at(21))
    actions.reseat(entry, by=PUTU, at=at(50), extra_minutes=15)
    paper = actions.start(make.mine(entry, ani), by=ani, at=at(55))

    assert refused == ("step.not_open",)
    assert (paper.answers, paper.started_at, paper.ends_at) == ({1: "a"}, at(55), at(160))
    assert history("entry", entry.pk)[2].facts == {"reason": "listrik padam"}


def test_what_a_device_sends_while_interrupted_still_counts_in_time() -> None:
    entry, ani = make.one_started()
    actions.interrupt(entry, reason="jaringan putus", by=PUTU, at=at(20))

    saved = actions.save(entry, [Answer(1, "a")], key="k1", by=ani, at=at(25))

    assert (saved.late, queries.answers(entry)) == (False, {1: "a"})


def test_an_interrupted_entry_has_no_score_and_takes_a_makeup() -> None:
    from kompeten.foundation.ledger import drain

    entry, ani = make.one_started()
    held = entry.sitting
    actions.interrupt(entry, reason="server mati", by=PUTU, at=at(20))
    make.closed(held)
    drain("exams.score", at=CLOSES)
    later = make.sitting(opens_at=OPENS + 24 * HOUR, closes_at=CLOSES + 24 * HOUR)
    (waiting,) = queries.makeups()
    make.seated(later, [waiting], at=CLOSES, makeup=True)

    entry.refresh_from_db()
    assert (entry.state, queries.scores([entry.application_id])) == ("interrupted", {})
    assert reasons_of(actions.reseat, entry, by=PUTU, at=CLOSES) == ("sitting.over_take_makeup",)
    assert [row.state for row in queries.mine(ani)] == ["seated", "interrupted"]


def test_a_seat_is_not_given_back_beside_a_makeup() -> None:
    entry, _ = make.one_started()
    actions.interrupt(entry, reason="jaringan putus", by=PUTU, at=at(20))
    later = make.sitting(opens_at=OPENS + 24 * HOUR, closes_at=CLOSES + 24 * HOUR)
    make.seated(later, queries.makeups(), at=at(30), makeup=True)

    assert reasons_of(actions.reseat, entry, by=PUTU, at=at(40)) == ("seat.taken",)


def test_time_is_given_to_many_and_shown_to_each() -> None:
    held = make.opened(make.sitting())
    started = [make.one_started(n, held=held)[0] for n in (1, 2)]

    actions.give_time(started, minutes=15, reason="genset terlambat", by=PUTU, at=at(30))

    for entry in Entry.objects.select_related("sitting"):
        assert entry.extra_minutes == 15
        assert queries.phase(entry, at=at(100)).until == at(105)
        assert history("entry", entry.pk)[-1].facts == {
            "minutes": 15,
            "reason": "genset terlambat",
        }
    assert reasons_of(actions.give_time, started, minutes=0, reason="", by=PUTU, at=at(30)) == (
        "time.minutes_out_of_range",
        "time.no_reason",
    )


def test_candidates_see_their_own_entries_with_one_query() -> None:
    entry, ani = make.one_started()

    with CaptureQueriesContext(connection) as asked:
        (row,) = queries.mine(ani)

    assert len(asked) == 1
    assert (row.ref, row.state, row.sitting_state, row.zone) == (
        entry.ref,
        "started",
        "open",
        "Asia/Jakarta",
    )
    assert queries.phase(entry, at=at(1)).stage is Stage.RUNNING


def test_the_board_shows_everybody_with_one_query_however_many() -> None:
    held = make.opened(make.sitting())
    entry, ani = make.one_started(1, held=held)
    make.answered(entry, ani, {1: "a"}, at=at(7))
    with CaptureQueriesContext(connection) as one:
        queries.board(held)
    make.one_seated(2, held=held)
    make.one_seated(3, held=held)
    with CaptureQueriesContext(connection) as three:
        rows = queries.board(held)

    assert (len(one), len(three)) == (1, 1)
    working = next(row for row in rows if row.ref == entry.ref)
    assert (working.saved_at, working.ends_at, working.batches) == (at(7), at(90), 1)
    assert [row.saved_at for row in rows if row.ref != entry.ref] == [None, None]
