"""When is it, as a credential writes it? XML dateTimeStamp: always with its offset.

Source: XML Schema 1.1 Part 2, section 3.4.28 (dateTimeStamp).
"""

import re
from datetime import UTC, datetime, timedelta, timezone

_STAMP = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)T(?P<time>\d\d:\d\d:\d\d)(?:\.(?P<part>\d+))?"
    r"(?P<zone>Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
)


def written(at: datetime) -> str:
    """Return an instant in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(text: object) -> datetime:
    """Return the instant that `text` states.

    >>> read("2026-11-21T00:00:00.5+07:00").isoformat()
    '2026-11-21T00:00:00.500000+07:00'

    :raises ValueError: it is none, or has no offset
    """
    found = _STAMP.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError(f"{text!r} is no date and time with an offset")
    stamp, day = found["time"], 0
    if stamp == "24:00:00" and not int(found["part"] or 0):
        stamp, day = "00:00:00", 1
    at = datetime.fromisoformat(f"{found['date']}T{stamp}").replace(
        tzinfo=_zone(found["zone"]), microsecond=int((found["part"] or "0").ljust(6, "0")[:6])
    )
    try:
        return at + timedelta(days=day)
    except OverflowError as error:  # the last midnight that the notation can write
        raise ValueError(f"{text!r} lies behind the last day") from error


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[4:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
