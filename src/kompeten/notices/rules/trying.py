"""When is a message that did not arrive tried again?"""

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=12)
# A worker that dies over its letters leaves them to others after this time.
LEASE = timedelta(minutes=10)


def next_try(at: datetime, *, failed: int) -> datetime:
    """Return when to try again after the `failed`-th failure at `at`; each wait trebles, up to half a day.

    >>> from datetime import UTC
    >>> next_try(datetime(2026, 3, 2, 2, 0, tzinfo=UTC), failed=3).isoformat()
    '2026-03-02T02:18:00+00:00'
    """
    # Past ten the wait is at its longest, and the power would soon pass what a timedelta holds.
    wait = FIRST_WAIT * 3.0 ** (min(failed, 10) - 1)
    return at + min(wait, LONGEST_WAIT)
