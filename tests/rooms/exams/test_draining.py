"""Do rows of the vault become answers, starts and hand-ins, each once, whatever comes in which order?"""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kompeten.exams import actions, queries
from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry, Mark, Record, Remark, Sitting, Standing
from kompeten.exams.rules import rows
from kompeten.exams.terms.vault import Row, Stated, Via
from kompeten.foundation.ledger import drain, history, replay
from tests.make import exams as make
from tests.make.chains import Device
from tests.make.exams import CLOSES, OPENS

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def sat(entry: Entry, *, hand_in: float | None = 80, chain: str = "a" * 16) -> list[Row]:
    """Return the rows of a whole exam of three answers in two messages."""
    device = make.phone(entry, chain=chain).answer(1, "a", minute=10).answer(2, "b", minute=20)
    device.answer(1, "c", minute=30)
    if hand_in is not None:
        device.keep("h", minute=hand_in)
    came = [make.opening(entry, chain=chain), make.sent(device, 1, 3, minute=21)]
    return [*came, make.sent(device, 4, minute=hand_in or 31)]


def test_the_first_opening_starts_the_attempt_at_its_instant() -> None:
    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))

    make.vaulted(make.opening(entry, minute=7), at=OPENS + 8 * MINUTE)

    entry.refresh_from_db()
    assert (entry.state, entry.started_at) == ("started", OPENS + 7 * MINUTE)
    started = history("entry", entry.pk)[-1]
    assert (started.type, started.actor_role) == ("entry.started", "system")
    assert started.facts["ends_at"] == "2026-03-09T03:37:00+00:00"


def test_a_door_nobody_opened_does_not_hold_up_who_has_begun() -> None:
    entry, _ = make.one_seated()

    make.vaulted(make.opening(entry), at=OPENS)

    assert (Entry.objects.get().state, Sitting.objects.get().state) == ("started", "open")


def test_a_whole_exam_in_one_go_is_started_and_handed_in() -> None:
    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))

    make.vaulted(*sat(entry), at=OPENS + 81 * MINUTE)

    entry.refresh_from_db()
    assert (entry.state, entry.handed_in_at) == ("handed_in", OPENS + 80 * MINUTE)
    assert queries.answers(entry) == {1: "c", 2: "b"}
    events = history("entry", entry.pk)
    assert [e.type for e in events] == ["entry.opened", "entry.started", "entry.handed_in"]
    assert events[-1].facts == {"answered": 2, "blank": 98}
    assert replay(ENTRY, events) == "handed_in"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order_and_repetition_end_in_the_same(order: tuple[int, ...]) -> None:
    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))
    came = sat(entry)

    for number in (*order, *order):
        make.vaulted(came[number], at=OPENS + 81 * MINUTE)

    entry.refresh_from_db()
    assert (entry.state, entry.started_at, entry.handed_in_at) == (
        "handed_in",
        OPENS,
        OPENS + 80 * MINUTE,
    )
    assert queries.answers(entry) == {1: "c", 2: "b"}
    assert (entry.records.count(), entry.standing.conflicts, entry.standing.gaps) == (3, 0, 0)


def test_draining_again_changes_nothing() -> None:
    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))
    make.vaulted(*sat(entry), at=OPENS + 81 * MINUTE)

    assert actions.drain(at=CLOSES) == 0
    assert Record.objects.count() == 3


def test_a_vault_put_back_from_a_copy_is_read_from_its_beginning() -> None:
    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))
    make.vaulted(*sat(entry, hand_in=None), at=OPENS + 31 * MINUTE)
    before = Standing.objects.values().get()
    Mark.objects.update(number=10_000, highest=10_000)

    assert actions.drain_all(at=OPENS + 32 * MINUTE) == 3

    assert Record.objects.count() == 3
    assert Standing.objects.values().get() | {"is_odd": False} == before
    assert queries.answers(entry) == {1: "c", 2: "b"}


def test_taking_in_costs_the_same_queries_for_one_and_for_five() -> None:
    held = make.opened(make.sitting())
    people = [make.one_seated(n, held=held)[0] for n in range(1, 8)]
    make.vaulted(*sat(people[0]), at=OPENS + 81 * MINUTE)

    with CaptureQueriesContext(connection) as one:
        make.vaulted(*sat(people[1]), at=OPENS + 81 * MINUTE)
    with CaptureQueriesContext(connection) as five:
        make.vaulted(*[row for e in people[2:] for row in sat(e)], at=OPENS + 81 * MINUTE)

    assert len(five) == len(one)
    assert Entry.objects.filter(state="handed_in").count() == 7


def test_what_is_of_no_seat_and_what_no_form_has_is_told_and_breaks_nothing() -> None:
    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))
    odd = make.phone(entry).answer(1, "a", minute=1).answer(999, "a", minute=2)
    odd.answer(2, "zz", minute=3)
    stranger = Device("f" * 16, "ZZZZZZZZZZ").answer(1, "a", minute=1)

    make.vaulted(
        make.opening(entry), make.sent(odd, minute=4), make.sent(stranger, minute=4),
        at=OPENS + 5 * MINUTE,
    )  # fmt: skip

    found = Remark.objects.order_by("code").values_list("code", "attempt", "entry_id")
    assert list(found) == [
        ("exam.unknown_attempt", "ZZZZZZZZZZ", None),
        ("exam.unknown_item", entry.ref, entry.pk),
    ]
    assert queries.answers(entry) == {1: "a"}


def test_a_row_that_cannot_be_read_holds_nobody_up() -> None:
    held = make.opened(make.sitting())
    people = [make.one_seated(n, held=held)[0] for n in (1, 2, 3)]
    came = [row for entry in people for row in sat(entry)]
    broken = replace(came[1], body=b'{"v":9}', last=2)

    make.vaulted(*came[:4], broken, *came[4:], at=OPENS + 81 * MINUTE)

    assert list(Entry.objects.values_list("state", flat=True)) == ["handed_in"] * 3
    assert [r.code for r in queries.remarks(make.PUTU)] == ["exam.unread"]
    assert Record.objects.count() == 9


def test_a_remark_is_made_once_and_settled_with_a_word() -> None:
    stranger = Device("f" * 16, "ZZZZZZZZZZ").answer(1, "a", minute=1).answer(2, "a", minute=2)
    for n in (1, 2):
        make.vaulted(make.sent(stranger, n, n, minute=4), at=OPENS)
    (remark,) = queries.remarks(make.PUTU)

    actions.settle_remark(remark, note="Dari gladi kemarin.", by=make.PUTU, at=OPENS)

    assert queries.remarks(make.PUTU) == []
    assert history("remark", remark.pk)[-1].facts == {"note": "Dari gladi kemarin."}


def test_a_second_device_is_a_conflict_on_the_board_and_in_the_list() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    phone = make.phone(entry).answer(1, "a", minute=5)
    laptop = make.phone(entry, chain="b" * 16).answer(1, "b", minute=6)

    make.vaulted(
        make.opening(entry), make.sent(phone, minute=7), make.sent(laptop, minute=8),
        at=OPENS + 9 * MINUTE,
    )  # fmt: skip

    (row,) = queries.board(held)
    (conflict,) = queries.conflicts(held)
    assert (row.state, row.troubles, row.silent_since) == (
        "started", ("conflict",), OPENS + 8 * MINUTE,
    )  # fmt: skip
    assert (conflict.item, conflict.counts, conflict.other) == (1, "a", "b")
    assert {c.chain: c.links for c in queries.facts(entry).chains} == {"a" * 16: 2, "b" * 16: 2}


def test_a_reload_on_the_same_device_is_no_trouble() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    before = make.phone(entry).answer(1, "a", minute=5)
    after = before.child("b" * 16, minute=10).keep("o", choice="again", minute=10)
    after.answer(1, "b", minute=12)
    make.vaulted(make.opening(entry), make.sent(before, minute=6), at=OPENS + 6 * MINUTE)

    make.vaulted(make.sent(after, minute=13), at=OPENS + 13 * MINUTE)

    (row,) = queries.board(held)
    assert (row.troubles, row.batches, queries.answers(entry)) == ((), 2, {1: "b"})
    assert Standing.objects.get().is_odd is False


def test_what_the_device_noted_shows_on_the_board() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    phone = (
        make.phone(entry).keep("f", minute=1).keep("r", minute=2).keep("c", choice="9", minute=3)
    )
    phone.keep("s", choice="240000", minute=9).keep("t", choice="opfs.quota", minute=10)

    make.vaulted(make.opening(entry), make.sent(phone, minute=11), at=OPENS + 11 * MINUTE)

    (row,) = queries.board(held)
    facts = queries.facts(entry)
    assert (row.troubles, row.left_page) == (("clock", "still", "store"), 1)
    assert facts.give_back == 4
    assert facts.spells == (("time.device_stood_still", OPENS + 5 * MINUTE, OPENS + 9 * MINUTE),)


def test_answers_after_the_end_are_kept_marked_and_shown() -> None:
    held = make.opened(make.sitting())
    entry, _ = make.one_seated(1, held=held)
    phone = make.phone(entry).answer(1, "a", minute=89).answer(1, "b", minute=91)

    make.vaulted(make.opening(entry), make.sent(phone, minute=92), at=OPENS + 92 * MINUTE)

    (row,) = queries.board(held)
    assert (queries.answers(entry), row.troubles) == ({1: "a"}, ("late",))
    assert [r.code for r in queries.remarks(make.PUTU, sitting=held)] == ["exam.late_arrival"]


def test_a_code_typed_in_the_office_hands_in() -> None:
    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))
    make.vaulted(make.opening(entry), at=OPENS)
    seconds = int((OPENS + 80 * MINUTE).timestamp())
    stated = Stated(
        entry.ref, 40, seconds, "f" * 16, "abcd" + "-" * 96, seconds * 1000 + 60_000, Via.CODE
    )

    make.vaulted(rows.stated_row(stated), at=OPENS + 82 * MINUTE)

    entry.refresh_from_db()
    assert (entry.state, entry.handed_in_at) == ("handed_in", OPENS + 80 * MINUTE)
    assert queries.progress(entry).answered == 4


def test_records_are_kept_by_the_database() -> None:
    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))
    make.vaulted(*sat(entry), at=OPENS + 81 * MINUTE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.update(received=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.all().delete()


def test_an_exam_played_without_a_browser_goes_everybodys_way() -> None:
    from kompeten.exams.terms import Sat

    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))
    answers = [(n, "a", OPENS + n * MINUTE) for n in range(1, 61)]

    actions.play([Sat(entry.ref, OPENS, answers, OPENS + 70 * MINUTE)], at=OPENS + 71 * MINUTE)

    entry.refresh_from_db()
    assert (entry.state, queries.progress(entry).answered) == ("handed_in", 60)
    assert (entry.standing.segments, entry.standing.links, entry.standing.is_odd) == (9, 62, False)


def test_the_sweep_takes_in_what_rang_no_bell() -> None:
    from kompeten.exams.adapters.journal import journal

    entry, _ = make.one_seated(1, held=make.opened(make.sitting()))
    journal().append(sat(entry))

    assert drain("exams.take_in", at=OPENS + 81 * MINUTE) == 3
    assert Entry.objects.get().state == "handed_in"


def test_a_window_that_opens_within_a_millisecond_is_open_in_it() -> None:
    opens_at = OPENS + timedelta(microseconds=50)
    held = make.opened(make.sitting(opens_at=opens_at))
    entry, _ = make.one_seated(1, held=held)

    make.vaulted(make.opening(entry), at=OPENS + MINUTE)

    entry.refresh_from_db()
    assert entry.state == "started"
