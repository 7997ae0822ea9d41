"""Is time given back for what really took it, once, and for nothing else?"""

from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.rules.giving_back import Proposal, Spell, propose
from tests.make.chains import MINUTE, NINE, Device

A, B = "a" * 16, "b" * 16


def minute(n: float) -> int:
    return NINE + int(n * MINUTE)


def test_who_worked_on_without_a_line_lost_nothing() -> None:
    device = Device(A).keep("o", choice="line", minute=0)
    for n in range(1, 60):
        device.answer(n, "a", minute=n)

    assert propose([device.sent(minute=90)]) == Proposal(0, ())


def test_a_device_that_went_dark_gets_the_time_until_it_is_back() -> None:
    before = Device(A).keep("o", choice="line", minute=0).answer(1, "a", minute=10)
    after = before.child(B, minute=17.5).keep("o", choice="again", minute=17.5)

    found = propose([before.sent(minute=11), after.sent(minute=18)])

    dark = Spell("time.device_was_dark", minute(10), minute(17.5))
    assert found == Proposal(8, (dark,))


def test_a_quick_reload_and_a_short_standstill_are_nothing() -> None:
    before = Device(A).keep("o", choice="line", minute=0).keep("s", choice="30000", minute=5)
    after = before.child(B, minute=5.5).keep("o", choice="again", minute=5.5)

    assert propose([before.sent(minute=5.2), after.sent(minute=6)]).minutes == 0


def test_no_minute_is_given_back_twice() -> None:
    before = Device(A).keep("o", choice="line", minute=0).answer(1, "a", minute=10)
    after = before.child(B, minute=20).keep("o", choice="again", minute=20)
    after.keep("s", choice=str(12 * MINUTE), minute=21)

    found = propose([before.sent(minute=10), after.sent(minute=22)])

    assert found.minutes == 12
    assert [s.until for s in found.spells][-1] == minute(21)


@given(st.lists(st.integers(1, 200), min_size=1, max_size=6, unique=True))
def test_what_is_given_back_is_never_more_than_passed(ends: list[int]) -> None:
    device, received = Device(A).keep("o", choice="line", minute=0), []
    for place, end in enumerate(sorted(ends)):
        received.append(device.sent(minute=end))
        device = device.child(f"{place:016x}", minute=end).keep("o", choice="again", minute=end)
    received.append(device.sent(minute=201))

    found = propose(received)

    assert 0 <= found.minutes <= max(ends)
    assert all(a.until <= b.since for a, b in zip(found.spells, found.spells[1:], strict=False))


def test_a_sign_of_life_shows_until_when_the_device_was_well() -> None:
    before = Device(A).keep("o", choice="line", minute=0).answer(1, "a", minute=2)
    before.keep("b", minute=10)
    after = before.child(B, minute=17.5).keep("o", choice="again", minute=17.5)

    found = propose([before.sent(minute=10.1), after.sent(minute=18)])

    assert found == Proposal(8, (Spell("time.device_was_dark", minute(10), minute(17.5)),))
