"""Who may be helped, how do they show that it is they, and when is a helping over?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hmac import compare_digest

from kompeten.applications.rules.inviting import is_birth
from kompeten.applications.terms.helping import Shown
from kompeten.kernel import refs
from kompeten.people.terms import ConsentWay

MOST_TRIES = 5  # wrong answers about one person in a day, whoever asks
MOST_OF_HELPER = 20  # wrong answers of one helper in a day, whoever it is about
LOCKED_FOR = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=1)  # how exactly is kept when a device was touched last
NIK_END = 4  # digits of a NIK that are asked


def proof(
    shown: Shown, *, codes: Iterable[str], nik: str, birth_on: date | None, on: date
) -> ConsentWay | None:
    """Return by which way somebody shows that it is they; None: by none.

    Either one of their `codes`, or the last digits of their NIK together with their birth date.

    >>> known = {"nik": "3271956701920001", "birth_on": date(1992, 1, 27), "on": date(2026, 3, 2)}
    >>> proof(Shown(code="481 920"), codes=["481920"], **known)
    <ConsentWay.CODE: 'code'>
    >>> proof(Shown(nik_end="0001", birth="27/01/1992"), codes=[], **known)
    <ConsentWay.BIRTH_DATE: 'birth_date'>
    >>> proof(Shown(birth="27/01/1992"), codes=[], **known) is None
    True
    """
    said = refs.normalise(shown.code).encode()
    fits = [compare_digest(said, refs.normalise(code).encode()) for code in codes]
    if said and any(fits):
        return ConsentWay.CODE
    digits = "".join(shown.nik_end.split())
    if not nik or birth_on is None or len(digits) != NIK_END:
        return None
    ends_so = compare_digest(digits.encode(), nik[-NIK_END:].encode())
    return ConsentWay.BIRTH_DATE if is_birth(shown.birth, birth_on, on=on) and ends_so else None


def is_over(seen_at: datetime, *, at: datetime, idle: timedelta) -> bool:
    """Say whether nobody touched the device for so long that the helping is over.

    >>> noon = datetime(2026, 3, 2, 12)
    >>> idle = timedelta(minutes=10)
    >>> [is_over(noon, at=noon + timedelta(minutes=m), idle=idle) for m in (9, 10)]
    [False, True]
    """
    return at >= seen_at + idle
