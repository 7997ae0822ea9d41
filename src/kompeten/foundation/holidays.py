"""On which days does nobody work in Indonesia? The adapter of a library, and what was decreed since.

The library ships the national holidays and the collective leave (cuti bersama) of the joint decree of
three ministers, year by year; later years hold what can be computed. A decree that came after its
release is entered in the options `holidays_added` and `holidays_worked`.
"""

from datetime import date
from functools import lru_cache

from django.conf import settings

from kompeten.kernel.workdays import Calendar

# Promises of working days reach weeks, not years, into the future; the past is as long as the ledger.
YEARS = range(2020, 2036)


def calendar() -> Calendar:
    """Return the working calendar of the body, as the options have it. Computed once in a process."""
    options = settings.OPTIONS
    return _calendar(options.holidays_added, options.holidays_worked)


@lru_cache(maxsize=4)
def _calendar(added: frozenset[date], worked: frozenset[date]) -> Calendar:
    # A slow import that not every command needs: it brings the calendars of the whole world.
    from holidays import GOVERNMENT, PUBLIC  # noqa: PLC0415
    from holidays.countries.indonesia import Indonesia  # noqa: PLC0415

    known = Indonesia(years=YEARS, categories=(GOVERNMENT, PUBLIC))
    return Calendar((frozenset(known) | added) - worked)
