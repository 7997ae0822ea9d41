"""How often may one address look certificates up? Often enough for an office, too seldom to copy the register."""

from django.conf import settings
from django.http import HttpRequest

from kompeten.foundation.limits import client, too_often, was_too_often

# Numbers that do not exist are typing errors, or guesses: numbers follow one another.
MISSES, MISSES_SECONDS = 40, 600
MINUTE = 60


def wait(request: HttpRequest) -> int:
    """Count one look more, and return how many seconds its address has to wait; 0 if it need not."""
    most, address = settings.OPTIONS.lookups_per_minute, client(request)
    if not most:
        return 0
    if was_too_often(f"miss/{address}", most=MISSES):
        return MISSES_SECONDS
    return MINUTE if too_often(f"look/{address}", most=most, seconds=MINUTE) else 0


def missed(request: HttpRequest) -> None:
    """Note that something was looked up which is not there."""
    too_often(f"miss/{client(request)}", most=MISSES, seconds=MISSES_SECONDS)
