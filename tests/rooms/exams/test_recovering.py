"""Is nobody's exam lost to a failure: waited for, brought back, made up, and given time for?"""

import random
from datetime import datetime, timedelta

import pytest

from kompeten.exams import actions, queries
from kompeten.exams.models import Entry, Score, Sitting
from kompeten.exams.queries import allowances
from kompeten.exams.rules import rows
from kompeten.exams.terms import AdjustmentGround, SeatingRefused
from kompeten.exams.terms.vault import Row, Stated, Via
from kompeten.foundation.ledger import StepRefused, drain, history
from tests.make import exams as make
from tests.make import itembank
from tests.make.exams import CLOSES, HOUR, KARTIKA, OPENS, PUTU

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def whole(entry: Entry, *, hand_in: bool = True, minute: float = 300) -> list[Row]:
    """Return the rows of an exam that come after the closing, as a file does."""
    device = make.phone(entry).answer(1, "a", minute=10).answer(2, "b", minute=20)
    if hand_in:
        device.keep("h", minute=80)
    return [make.sent(device, minute=minute, via=Via.FILE)]


def closed(held: Sitting) -> Sitting:
    """Return the sitting closed, its devices still waited for."""
    actions.close_sitting(held, by=PUTU, at=CLOSES)
    return held


def states() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("state", flat=True))


def test_what_is_in_the_vault_at_the_closing_is_taken_in_first() -> None:
    from kompeten.exams.adapters.journal import journal

    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    journal().append([make.opening(entry), *whole(entry, minute=81)])

    closed(held)

    assert states() == ["handed_in"]
    assert history("sitting", held.pk)[-1].facts["absent"] == 0


def test_who_never_handed_in_is_waited_for_and_the_others_are_scored() -> None:
    held = make.opened(make.sitting())
    done, waiting = (make.one_seated(n, held=held)[0] for n in (1, 2))
    make.vaulted(make.opening(done), *whole(done, minute=81), at=OPENS + 81 * MINUTE)
    make.vaulted(make.opening(waiting), at=OPENS + 81 * MINUTE)
    closed(held)

    drain("exams.score", at=CLOSES + 71 * HOUR)
    early = states()
    (row,) = [r for r in queries.board(held) if r.ref == waiting.ref]
    drain("exams.score", at=CLOSES + 72 * HOUR)

    assert early == ["scored", "handed_in"]
    assert row.waits_until == CLOSES + 72 * HOUR
    assert states() == ["scored", "scored"]
    assert Sitting.objects.get().state == "scored"


def test_a_person_says_that_no_more_is_waited_for() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_started(1, held=held)
    closed(held)

    assert actions.settle(held, by=PUTU, at=CLOSES + HOUR) == 1
    drain("exams.score", at=CLOSES + HOUR)

    assert states() == ["scored"]
    assert [e.type for e in history("entry", entry.pk)][-2:] == ["entry.settled", "entry.scored"]


def test_a_hand_in_that_is_waited_for_comes_and_is_scored() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    make.vaulted(make.opening(entry), at=OPENS)
    closed(held)

    make.vaulted(*whole(entry), at=CLOSES + 2 * HOUR)
    drain("exams.score", at=CLOSES + 2 * HOUR)

    delivered = history("entry", entry.pk)[-2]
    assert (delivered.type, delivered.facts) == (
        "entry.delivered",
        {"answered": 2, "blank": 98, "handed_in": True, "via": "file"},
    )
    assert (states(), Score.objects.get().answered) == (["scored"], 2)


@pytest.mark.parametrize("hand_in", [True, False])
def test_who_seemed_absent_and_worked_without_a_line_is_brought_back(hand_in: bool) -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    closed(held)
    drain("exams.score", at=CLOSES)
    before = states()

    make.vaulted(*whole(entry, hand_in=hand_in), at=CLOSES + DAY)
    drain("exams.score", at=CLOSES + DAY)
    soon = states()
    drain("exams.score", at=CLOSES + 4 * DAY)

    assert before == ["absent"]
    assert soon == (["scored"] if hand_in else ["handed_in"])
    assert (states(), Score.objects.get().answered) == (["scored"], 2)
    assert queries.makeups() == []


def test_a_record_without_its_beginning_is_shown_to_a_person_at_the_closing() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    device = make.phone(entry).answer(1, "a", minute=10).answer(2, "b", minute=11)
    make.vaulted(make.sent(device, 3, minute=12), at=OPENS + 12 * MINUTE)

    closed(held)
    told = [(r.code, r.attempt) for r in queries.remarks(PUTU)]
    absent = Entry.objects.get()
    actions.recover([absent], by=PUTU, at=CLOSES + HOUR)

    assert told == [("exam.unopened", entry.ref)]
    assert (absent.state, queries.progress(absent).answered) == ("handed_in", 1)


@pytest.mark.parametrize("when", [OPENS + 100 * MINUTE, CLOSES + HOUR], ids=["open", "closed"])
def test_a_code_is_enough_where_nothing_else_of_an_exam_ever_came(when: datetime) -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    if when > CLOSES:
        closed(held)
    seconds = int((OPENS + 80 * MINUTE).timestamp())
    received = int(when.timestamp()) * 1000
    stated = Stated(entry.ref, 90, seconds, "f" * 16, "ab" + "-" * 98, received, Via.CODE)

    make.vaulted(rows.stated_row(stated), at=when)

    entry.refresh_from_db()
    assert (entry.state, entry.handed_in_at) == ("handed_in", OPENS + 80 * MINUTE)
    assert queries.progress(entry).answered == 2


def test_an_interrupted_exam_comes_back_by_its_own_hand_in_only() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    make.vaulted(make.opening(entry), at=OPENS)
    entry.refresh_from_db()
    actions.interrupt(entry, reason="listrik padam", by=PUTU, at=OPENS + HOUR)
    closed(held)

    make.vaulted(*whole(entry, hand_in=False), at=CLOSES + HOUR)
    partly = states()
    make.vaulted(*whole(entry, minute=301), at=CLOSES + 2 * HOUR)
    drain("exams.score", at=CLOSES + 2 * HOUR)

    assert partly == ["interrupted"]
    assert states() == ["scored"]


def test_a_person_may_take_a_part_as_the_whole_but_not_nothing() -> None:
    held = make.opened(make.sitting())
    part, nothing = (make.one_seated(n, held=held)[0] for n in (1, 2))
    for entry in (part, nothing):
        make.vaulted(make.opening(entry), at=OPENS)
        entry.refresh_from_db()
        actions.interrupt(entry, reason="listrik padam", by=PUTU, at=OPENS + HOUR)
    closed(held)
    make.vaulted(*whole(part, hand_in=False), at=CLOSES + HOUR)

    actions.recover([part], by=PUTU, at=CLOSES + HOUR)
    with pytest.raises(StepRefused) as caught:
        actions.recover([nothing], by=PUTU, at=CLOSES + HOUR)

    assert caught.value.reasons == ("exam.nothing_recovered",)
    assert states() == ["handed_in", "interrupted"]


def test_what_comes_after_another_seat_was_given_is_for_a_person() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    closed(held)
    later = make.sitting(opens_at=OPENS + DAY, closes_at=CLOSES + DAY)
    make.seated(later, queries.makeups(), at=CLOSES, makeup=True)

    make.vaulted(*whole(entry), at=CLOSES + HOUR)

    assert states() == ["absent", "seated"]
    assert [r.code for r in queries.remarks(PUTU)] == ["exam.late_hand_in"]


def test_what_comes_after_the_score_is_kept_and_told_if_it_says_more() -> None:
    held = make.opened(make.sitting())
    one, two = (make.one_seated(n, held=held)[0] for n in (1, 2))
    for entry in (one, two):
        device = make.phone(entry).answer(1, "a", minute=10).keep("h", minute=80)
        make.vaulted(make.opening(entry), make.sent(device, minute=81), at=OPENS + 81 * MINUTE)
    closed(held)
    drain("exams.score", at=CLOSES)
    same = make.phone(one, chain="c" * 16).answer(1, "a", minute=9)
    more = make.phone(two, chain="c" * 16).answer(5, "d", minute=9)

    make.vaulted(
        make.sent(same, minute=500, via=Via.FILE), make.sent(more, minute=500, via=Via.FILE),
        at=CLOSES + DAY,
    )  # fmt: skip

    assert [(r.code, r.attempt) for r in queries.remarks(PUTU)] == [("exam.late_arrival", two.ref)]
    assert Score.objects.get(entry=two).answered == 1
    assert two.records.count() == 3


def test_an_outage_is_noted_at_once_and_made_up_for_exactly_those() -> None:
    held = make.opened(make.sitting())
    people = [make.one_seated(n, held=held)[0] for n in (1, 2, 3)]
    for entry in people:
        make.vaulted(make.opening(entry), at=OPENS)
    heard = make.phone(people[2]).answer(1, "a", minute=50)
    make.vaulted(make.sent(heard, minute=50), at=OPENS + 50 * MINUTE)

    hit = queries.affected(sitting=held, silent_since=OPENS + 30 * MINUTE)
    actions.interrupt_many(hit, reason="PLN padam", by=PUTU, at=OPENS + 51 * MINUTE)
    planned = actions.makeup(
        held,
        hit,
        form_ref=itembank.form(seed=987).ref,
        opens_at=OPENS + DAY,
        closes_at=CLOSES + DAY,
        by=KARTIKA,
        at=OPENS + 2 * HOUR,
        rng=random.Random(987_005),  # no seed of `make` gives this reference
    )

    assert [e.pk for e in hit] == [people[0].pk, people[1].pk]
    assert states() == ["interrupted", "interrupted", "started", "seated", "seated"]
    seated = planned.entries.order_by("id").values_list("makeup_of_id", flat=True)
    assert list(seated) == [people[0].pk, people[1].pk]
    assert (planned.title, planned.zone, planned.site_id) == (held.title, held.zone, held.site_id)


def test_a_makeup_is_for_nobody_who_can_still_go_on() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_started(1, held=held)

    with pytest.raises(SeatingRefused):
        actions.makeup(
            held,
            [entry],
            form_ref=itembank.form(seed=988).ref,
            opens_at=OPENS + DAY,
            closes_at=CLOSES + DAY,
            by=KARTIKA,
            at=OPENS + HOUR,
            rng=random.Random(987_005),  # no seed of `make` gives this reference
        )

    assert Sitting.objects.count() == 1
    assert queries.affected() == []


def test_extra_time_and_breaks_are_agreed_before_the_start_without_a_word_of_why() -> None:
    held = make.sitting()
    entry, candidate = make.one_seated(1, held=held)
    ground = AdjustmentGround.DOCUMENTED

    actions.adjust(entry, minutes=30, breaks=2, ground=ground, by=KARTIKA, at=OPENS - DAY)
    actions.adjust(entry, minutes=25, breaks=3, ground=ground, by=KARTIKA, at=OPENS - HOUR)
    make.opened(held)
    paper = actions.start(make.mine(entry, candidate), by=candidate, at=OPENS)

    assert paper.ends_at == OPENS + 115 * MINUTE
    (row,) = queries.board(held)
    assert (row.extra_minutes, row.breaks) == (25, 3)
    adjusted = [e.facts for e in history("entry", entry.pk) if e.type == "entry.adjusted"]
    assert adjusted[-1] == {"minutes": 25, "breaks": 3, "ground": "documented"}
    with pytest.raises(StepRefused):
        actions.adjust(
            make.mine(entry, candidate), minutes=5, breaks=0, ground=ground, by=KARTIKA, at=OPENS
        )


def test_an_adjustment_of_nothing_or_too_much_is_refused() -> None:
    entry, _ = make.one_seated()

    def refused(minutes: int, breaks: int) -> tuple[str, ...]:
        with pytest.raises(StepRefused) as caught:
            actions.adjust(
                entry,
                minutes=minutes,
                breaks=breaks,
                ground=AdjustmentGround.REQUESTED,
                by=KARTIKA,
                at=OPENS,
            )
        return caught.value.reasons

    assert refused(0, 0) == refused(241, 1) == ("time.minutes_out_of_range",)
    assert refused(10, 13) == ("adjustment.breaks_out_of_range",)


def test_a_seat_given_back_goes_on_with_its_answers_and_a_fresh_clock() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    before = make.phone(entry).answer(1, "a", minute=10).keep("h", minute=12)
    make.vaulted(make.opening(entry), make.sent(before, minute=13), at=OPENS + 13 * MINUTE)
    entry.refresh_from_db()
    actions.interrupt(entry, reason="salah tekan", by=PUTU, at=OPENS + 14 * MINUTE)
    actions.reseat(entry, by=PUTU, at=OPENS + 20 * MINUTE)

    after = before.child("b" * 16, minute=25).keep("o", choice="again", minute=25)
    after.answer(2, "c", minute=100).keep("h", minute=101)
    make.vaulted(
        make.opening(entry, chain="b" * 16, minute=25), make.sent(after, minute=101),
        at=OPENS + 101 * MINUTE,
    )  # fmt: skip

    entry.refresh_from_db()
    assert (entry.state, entry.started_at) == ("handed_in", OPENS + 25 * MINUTE)
    assert queries.answers(entry) == {1: "a", 2: "c"}


def test_the_intake_hears_which_seats_were_given_back_while_their_sitting_runs() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    make.one_seated(2, held=held)
    actions.interrupt(entry, reason="salah tekan", by=PUTU, at=OPENS + 14 * MINUTE)
    actions.reseat(entry, by=PUTU, at=OPENS + 20 * MINUTE)

    running = allowances.given_back()
    closed(held)

    assert running == {entry.ref: int((OPENS + 20 * MINUTE).timestamp() * 1000)}
    assert allowances.given_back() == {}
