"""Is an answer's instant what contacts and clocks say, and does what was given in time count?"""

from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.rules.evidence import GRACE
from kompeten.exams.rules.joining import join
from kompeten.exams.terms.joined import Flag, Joined, Late, Timing
from kompeten.exams.terms.vault import Opening, Received, Stated, Via
from tests.make.chains import ATTEMPT, MINUTE, NINE, Device

A, B = "a" * 16, "b" * 16
HOUR = 60 * MINUTE
TIMING = Timing(opens=NINE, closes=NINE + 180 * MINUTE, minutes=90)


def opening(chain: str = A, minute: float = 0) -> Opening:
    return Opening(ATTEMPT, chain, NINE + int(minute * MINUTE))


def judged(*received: Received, timing: Timing = TIMING, opened: float | None = 0) -> Joined:
    openings = [] if opened is None else [opening(minute=opened)]
    return join(received, openings=openings, timing=timing)


def flags(found: Joined) -> set[Flag]:
    return {flagged.flag for flagged in found.flags}


def test_what_was_tapped_in_time_and_sent_late_counts() -> None:
    device = Device(A).answer(1, "a", minute=10).answer(2, "b", minute=89)

    found = judged(device.sent(minute=600))

    assert (found.answers, found.late, found.flags) == ({1: "a", 2: "b"}, (), ())
    assert (found.opened, found.ends) == (NINE, NINE + 90 * MINUTE)


def test_the_end_has_five_seconds_of_grace_and_what_comes_then_is_kept_apart() -> None:
    device = Device(A).answer(1, "a", minute=89)
    device.answer(1, "b", minute=90 + 4.9 / 60).answer(1, "c", minute=90 + 5 / 60)

    found = judged(device.sent(minute=91))

    assert found.answers == {1: "b"}
    assert found.late == (Late(1, "c", A, 3, NINE + 90 * MINUTE + GRACE),)


@given(st.integers(-48 * 60, 48 * 60), st.floats(0, 120), st.floats(0, 400))
def test_with_a_contact_the_devices_clock_says_nothing(
    ahead: int, tapped: float, delay: float
) -> None:
    plain = Device(A).answer(1, "a", minute=tapped)
    wrong = Device(A, ahead=ahead * MINUTE).answer(1, "a", minute=tapped)

    one, other = (judged(d.sent(minute=tapped + delay)) for d in (plain, wrong))

    assert (one.answers, len(one.late)) == (other.answers, len(other.late))
    assert bool(one.answers) == (int(tapped * MINUTE) < 90 * MINUTE + GRACE)


def test_the_best_contact_of_a_chain_speaks_for_all_its_links() -> None:
    device = Device(A).answer(1, "a", minute=80).answer(2, "b", minute=95)
    slow = Received(device.segment(1, 1, sent=80 * MINUTE), NINE + 82 * MINUTE, Via.LINE)

    found = judged(slow, device.sent(2, minute=95))

    assert (found.answers, [late.item for late in found.late]) == ({1: "a"}, [2])
    assert Flag.SUSPENDED in flags(found)  # contacts are two minutes apart: worth a look


def test_no_instant_is_later_than_when_it_came_in() -> None:
    device = Device(A, ahead=500 * MINUTE).answer(1, "a", minute=30)

    found = judged(device.sent(minute=40, via=Via.FILE))

    assert (found.answers, found.late) == ({1: "a"}, ())
    assert flags(found) == {Flag.NO_ANCHOR}


def test_a_clock_without_contact_is_set_right_by_the_page_load_before_it() -> None:
    before = Device(A, ahead=-60 * MINUTE).answer(1, "a", minute=10)
    after = before.child(B, minute=20).answer(2, "b", minute=80).answer(3, "c", minute=100)

    found = judged(before.sent(minute=11), after.sent(minute=500, via=Via.FILE))

    assert found.answers == {1: "a", 2: "b"}
    assert [(late.item, late.instant) for late in found.late] == [(3, NINE + 100 * MINUTE)]


def test_setting_the_clock_back_gains_no_time() -> None:
    device = Device(A).answer(1, "a", minute=80)
    device.ahead = -60 * MINUTE
    device.answer(2, "b", minute=100)

    found = judged(device.sent(minute=500, via=Via.FILE))

    assert (found.answers, [late.item for late in found.late]) == ({1: "a"}, [2])


def test_the_first_opening_starts_the_time_and_by_code_counts_too() -> None:
    by_code = Device(A).keep("o", choice="code", minute=5).answer(1, "a", minute=94)
    by_code.answer(2, "a", minute=96)

    later_by_line = judged(by_code.sent(minute=97), opened=50)
    never_by_line = judged(by_code.sent(minute=97, via=Via.QR), opened=None)

    assert later_by_line.opened == never_by_line.opened == NINE + 5 * MINUTE
    assert later_by_line.answers == never_by_line.answers == {1: "a"}


def test_a_bare_clock_does_not_shorten_what_the_line_started() -> None:
    slow = Device(A, ahead=-30 * MINUTE).keep("o", choice="again", minute=20)
    slow.answer(1, "a", minute=100)

    found = judged(slow.sent(minute=101, via=Via.FILE), opened=20)

    assert (found.opened, found.answers) == (NINE + 20 * MINUTE, {1: "a"})


def test_the_window_closes_for_who_began_late_and_extra_time_is_for_all() -> None:
    device = Device(A).answer(1, "a", minute=189).answer(2, "a", minute=191)
    timing = Timing(TIMING.opens, TIMING.closes, 90, extra=10)

    found = judged(device.sent(minute=192), timing=timing, opened=150)

    assert found.ends == NINE + 190 * MINUTE
    assert found.answers == {1: "a"}


def test_what_follows_the_hand_in_is_kept_and_does_not_count() -> None:
    device = Device(A).answer(1, "a", minute=10).keep("h", minute=20).answer(1, "b", minute=20)
    other = Device(B).answer(2, "c", minute=15).answer(3, "c", minute=25)

    found = judged(device.sent(minute=21), other.sent(minute=26))

    assert found.handed_in == NINE + 20 * MINUTE
    assert found.answers == {1: "a", 2: "c"}
    assert [(late.item, late.after_hand_in) for late in found.late] == [(1, True), (3, True)]


def test_a_seat_given_back_takes_back_the_hand_in_and_starts_the_time_anew() -> None:
    device = Device(A).keep("o", choice="line", minute=0).answer(1, "a", minute=10)
    device.keep("h", minute=20)
    again = device.child(B, minute=70).keep("o", choice="again", minute=70)
    again.answer(2, "b", minute=150)
    timing = Timing(TIMING.opens, TIMING.closes, 90, since=NINE + 60 * MINUTE)

    found = judged(device.sent(minute=21), again.sent(minute=151), timing=timing, opened=0)

    assert (found.handed_in, found.opened) == (None, NINE + 70 * MINUTE)
    assert found.answers == {1: "a", 2: "b"}


def test_what_is_stated_counts_when_its_last_answer_was_in_time() -> None:
    def stated(minute: int) -> Stated:
        return Stated(
            ATTEMPT, 9, NINE // 1000 + minute * 60, "f" * 16, "ab-", NINE + 999 * MINUTE, Via.CODE
        )

    early, late = (join([], [stated(m)], timing=TIMING) for m in (170, 190))

    assert (early.answers, early.handed_in_via) == ({1: "a", 2: "b", 3: None}, Via.CODE)
    assert late.answers == {}
    assert [(kept.item, kept.choice) for kept in late.late] == [(1, "a"), (2, "b")]
    assert flags(late) == {Flag.STATED}


def test_what_the_device_noted_of_itself_is_a_flag_with_its_amount() -> None:
    device = Device(A).keep("c", choice="-3600000", minute=1).keep("s", choice="90000", minute=2)
    device.keep("t", choice="opfs.quota", minute=3).keep("f", minute=4).answer(1, "a", minute=5)

    found = judged(device.sent(minute=6))

    assert [(f.flag, f.amount) for f in found.flags] == [
        (Flag.CLOCK, 3_600_000),
        (Flag.STORE, 1),
        (Flag.SUSPENDED, 90_000),
    ]
    assert found.hidden == 1


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), min_size=1, max_size=8))
def test_nothing_in_time_is_lost_and_nothing_late_counts(taps: list[tuple[int, int]]) -> None:
    device = Device(A)
    minutes = sorted(minute for minute, _ in taps)
    for item, minute in enumerate(minutes, 1):
        device.answer(item, "a", minute=minute)
    last = minutes[-1] + taps[0][1]

    found = judged(device.sent(minute=last))

    in_time = {n for n, minute in enumerate(minutes, 1) if minute <= 90}
    assert set(found.answers) == in_time
    assert {late.item for late in found.late} == set(range(1, len(minutes) + 1)) - in_time


def test_a_node_without_line_gives_the_time_of_the_laptop_in_the_room() -> None:
    device = Device(A, ahead=9 * HOUR).answer(1, "a", minute=89).answer(2, "a", minute=100)

    found = judged(device.sent(minute=101, via=Via.NODE))

    assert (found.answers, flags(found)) == ({1: "a"}, {Flag.NODE_CLOCK})


def test_a_sign_of_life_is_an_anchor_and_neither_an_opening_nor_a_flag() -> None:
    device = Device(A).answer(1, "a", minute=89).keep("b", minute=89.9).answer(1, "b", minute=90.5)
    slow = Received(device.segment(1, 1, sent=89 * MINUTE), NINE + 92 * MINUTE, Via.LINE)

    found = judged(slow, device.sent(2, 2, minute=89.9), device.sent(3, minute=95))

    assert (found.answers, [late.choice for late in found.late]) == ({1: "a"}, ["b"])
    assert found.opened == NINE
    assert Flag.STORE not in flags(found)
