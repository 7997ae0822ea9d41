"""How does one seat stand? By what last came from it and how long ago; calm where nothing is wrong."""

from dataclasses import dataclass

from kompeten.exams.terms import SILENT_AFTER
from kompeten.node.terms import Standing

SILENT_MS = int(SILENT_AFTER.total_seconds() * 1000)
TROUBLE_MS = 10 * 60_000


@dataclass(slots=True)
class SeatNow:
    """What came from one seat: instants in milliseconds since 1970, None for what did not."""

    opened: int | None = None
    last: int | None = None
    handed_in: int | None = None
    trouble: int | None = None


def standing(seat: SeatNow, *, at: int) -> Standing:
    """Return how a seat stands at `at`.

    >>> standing(SeatNow(opened=0, last=1_000), at=301_001).value
    'silent'
    """
    if seat.handed_in is not None:
        return Standing.HANDED_IN
    if seat.opened is None:
        return Standing.NOT_STARTED
    if seat.trouble is not None and at - seat.trouble < TROUBLE_MS:
        return Standing.TROUBLE
    if seat.last is not None and at - seat.last > SILENT_MS:
        return Standing.SILENT
    return Standing.WORKING
