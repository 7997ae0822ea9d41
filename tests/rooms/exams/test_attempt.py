"""Is every answer kept, shown as saved, and counted only in time; is the paper the candidate's own?"""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompeten.exams import actions, queries
from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry, Record
from kompeten.exams.terms import HandIn, Stage
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
        make.answered(entry, ani, {1: "a"}, at=at(1))
        queries.mine(ani)
        actions.hand_in(entry, by=ani, at=at(2))

    assert [query["sql"] for query in asked if "itembank_itemkey" in query["sql"]] == []
    said = json.dumps(plain(paper))
    assert not any(f'"{name}"' in said for name in ("key", "domain", "difficulty", "option"))


def test_going_on_with_another_device_shows_the_same_paper_and_the_answers() -> None:
    entry, ani = make.one_started()
    first = queries.paper(entry, at=at(1))
    make.answered(entry, ani, {1: "a", 2: None}, at=at(1))

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
        assert reasons_of(actions.hand_in, entry, by=stranger, at=at(1)) == ("entry.not_own",)
    assert Record.objects.filter(kind="segment").count() == 0


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


def test_answers_have_one_writer() -> None:
    from tests.house.code import trees

    writing = re.compile(r"INTO exams_record|\bRecord\.objects\.\w*create")
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

    make.answered(entry, ani, {1: "a"}, at=at(25))

    assert queries.answers(entry) == {1: "a"}


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


def test_time_that_was_given_counts_for_what_had_been_read_before() -> None:
    entry, ani = make.one_started()
    actions.give_time([entry], minutes=30, reason="listrik padam", by=PUTU, at=at(80))

    make.answered(entry, ani, {1: "a"}, at=at(95))
    make.answered(entry, ani, {2: "a"}, at=at(121))

    assert (entry.extra_minutes, queries.answers(entry)) == (30, {1: "a"})


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
