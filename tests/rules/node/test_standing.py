"""How does a seat stand, and how wrong is the clock? Tables."""

import pytest

from kompeten.exams.rules.rows import segment, segment_row
from kompeten.exams.terms.vault import Link, LinkKind, Row, Via
from kompeten.node.rules.clocks import skew
from kompeten.node.rules.standing import SILENT_MS, TROUBLE_MS, SeatNow, standing
from kompeten.node.terms import Standing

NOON = 1_772_425_000_000


@pytest.mark.parametrize(
    ("seat", "stands"),
    [
        (SeatNow(), Standing.NOT_STARTED),
        (SeatNow(opened=NOON, last=NOON), Standing.WORKING),
        (SeatNow(opened=NOON, last=NOON - SILENT_MS - 1), Standing.SILENT),
        (SeatNow(opened=NOON, last=NOON, trouble=NOON), Standing.TROUBLE),
        (SeatNow(opened=NOON, last=NOON, trouble=NOON - TROUBLE_MS), Standing.WORKING),
        (SeatNow(opened=NOON, last=NOON, trouble=NOON, handed_in=NOON), Standing.HANDED_IN),
    ],
)
def test_a_seat_stands_by_what_came_from_it(seat: SeatNow, stands: Standing) -> None:
    assert standing(seat, at=NOON) is stands


def row(*, ahead: int, chain: str = "1" * 16, waited: int = 0) -> Row:
    """Return a row that the node kept when its clock was `ahead` of the phone's by so much."""
    link = Link(LinkKind.ANSWER, 1, "a", 60_000, NOON)
    said = segment("A" * 10, chain, [link], sent=60_000 + waited)
    return segment_row(said, received=NOON + waited + ahead, via=Via.NODE)


def test_the_clock_is_as_far_ahead_as_half_the_phones_say() -> None:
    phones = [(40, "1" * 16), (3_600_000, "2" * 16), (3_600_200, "3" * 16)]

    assert skew([]) is None
    assert skew([row(ahead=-90_000, waited=5_000_000)]) == -90_000
    assert skew([row(ahead=ahead, chain=chain) for ahead, chain in phones]) == 3_600_000
