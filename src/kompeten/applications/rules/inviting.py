"""How long does an invitation hold, who may open it, and when may the person be written to again?"""

import re
from datetime import date, datetime, timedelta
from hmac import compare_digest

from kompeten.applications.rules import dates
from kompeten.applications.rules.dates import Sight
from kompeten.people.terms import ConsentWay

LASTS = timedelta(days=30)
MOST_TRIES = 5
NUDGE_EVERY = timedelta(days=3)
SHOWN_FOR = timedelta(days=1)  # a message that was made ready can be read again for so long
PROVEN_FOR = timedelta(minutes=30)
CODE_DIGITS = 6


def proof(said: str, *, code: str, birth_on: date | None, on: date) -> ConsentWay | None:
    """Return by which of the two, code or birth date, somebody shows that it is they; None: by neither.

    >>> born = date(1992, 1, 27)
    >>> proof("481 920", code="481920", birth_on=born, on=date(2026, 3, 2))
    <ConsentWay.CODE: 'code'>
    >>> proof("27 Januari 1992", code="481920", birth_on=born, on=date(2026, 3, 2))
    <ConsentWay.BIRTH_DATE: 'birth_date'>
    """
    digits = re.sub(r"[\s.-]", "", said)
    if compare_digest(digits.encode(), code.encode()):
        return ConsentWay.CODE
    if birth_on is None:
        return None
    return ConsentWay.BIRTH_DATE if is_birth(said, birth_on, on=on) else None


def is_birth(said: str, birth_on: date, *, on: date) -> bool:
    """Say whether what somebody typed is this birth date, in whatever of the usual ways.

    >>> born = date(1992, 1, 27)
    >>> [is_birth(said, born, on=date(2026, 3, 2)) for said in ("27011992", "27/1/92", "1/27/1992")]
    [True, True, False]
    """
    if re.fullmatch(r"\d{8}", digits := said.strip()):
        said = f"{digits[:2]}/{digits[2:4]}/{digits[4:]}"
    day, sight = dates.birth(said, on=on)
    return sight in (Sight.CLEAR, Sight.SHORT_YEAR) and day == birth_on


def next_nudge_at(nudged_at: datetime | None) -> datetime | None:
    """Return from when on another message may be made ready; None: at once."""
    return None if nudged_at is None else nudged_at + NUDGE_EVERY


def may_nudge(nudged_at: datetime | None, *, at: datetime) -> bool:
    """Say whether the person may be written to at `at`."""
    return nudged_at is None or nudged_at + NUDGE_EVERY <= at


def is_shown(nudged_at: datetime | None, *, at: datetime) -> bool:
    """Say whether the message that was made ready last may still be read and sent."""
    return nudged_at is not None and at < nudged_at + SHOWN_FOR
