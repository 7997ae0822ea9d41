"""How many working days, and how does a promise stand that was given in working days?

A day has no length here: what is asked for on one day and promised within three is due at the end of
the third working day after it. Which days are free is given; a zone turns an instant into a day.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

SATURDAY = 5
DAY = timedelta(days=1)


class Band(StrEnum):
    """How a promise stands: well within its time, close to its last day, or past it."""

    ON_TIME = "on_time"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which nobody works beside Saturdays and Sundays."""

    free: Collection[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Say whether people work on the day.

        >>> Calendar().is_open(date(2026, 11, 28))
        False
        """
        return day.weekday() < SATURDAY and day not in self.free

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, or `day` itself for none.

        >>> Calendar(frozenset({date(2026, 12, 25)})).after(date(2026, 12, 23), 2)
        datetime.date(2026, 12, 28)
        """
        for _ in range(count):
            day = next(self._open(day, DAY))
        return day

    def before(self, day: date, count: int) -> date:
        """Return the last day since which `count` working days have passed by the end of `day`.

        >>> Calendar().before(date(2026, 11, 30), 1)
        datetime.date(2026, 11, 29)
        """
        day += DAY
        for _ in range(count):
            day = next(self._open(day, -DAY))
        return day - DAY

    def between(self, first: date, last: date) -> int:
        """Return the working days after `first` up to and with `last`; less than 0 if `last` is earlier.

        >>> Calendar().between(date(2026, 11, 27), date(2026, 11, 30))
        1
        >>> Calendar().between(date(2026, 11, 30), date(2026, 11, 27))
        -1
        """
        if last < first:
            return -self.between(last, first)
        # Whole weeks hold five working days, whatever day they begin on; the rest is counted.
        weeks, rest = divmod((last - first).days, 7)
        odd = sum((last - DAY * n).weekday() < SATURDAY for n in range(rest))
        free = sum(first < d <= last and d.weekday() < SATURDAY for d in self.free)
        return weeks * 5 + odd - free

    def _open(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            day += step
            if self.is_open(day):
                yield day


@dataclass(frozen=True, slots=True)
class Clock:
    """How a promise of `days` working days stands on a day: `used` of them have passed, `left` are left.

    `left` is less than 0 once the last day is over: so many working days late. A promise given on a
    Friday is late by 0 working days on the Saturday after its last day; `band` tells.
    """

    days: int
    used: int
    left: int
    due_on: date
    band: Band

    @property
    def share(self) -> float:
        """Return how much of the time has been used: 1 is all of it, more is late."""
        return self.used / self.days if self.days else 1.0


def soon(days: int) -> int:
    """Return with how many working days left a promise of `days` is close to its end: a fifth, at least one.

    >>> [soon(n) for n in (1, 5, 6, 10, 20)]
    [1, 1, 2, 2, 4]
    """
    return max(1, -(-days // 5))


def clock(
    since: datetime, *, days: int, at: datetime, zone: tzinfo, calendar: Calendar, spent: int = 0
) -> Clock:
    """Return how a promise of `days` working days stands, counted in `zone` from the day of `since`.

    `spent` working days were used before the clock stopped and began again at `since`.
    """
    begun, today = since.astimezone(zone).date(), at.astimezone(zone).date()
    due_on = calendar.after(begun, max(days - spent, 0))
    used = spent + max(calendar.between(begun, today), 0)
    left = calendar.between(today, due_on)
    return Clock(days, used, left, due_on, _band(today, due_on, left=left, days=days))


def _band(today: date, due_on: date, *, left: int, days: int) -> Band:
    if today > due_on:
        return Band.LATE
    return Band.SOON if left <= soon(days) else Band.ON_TIME


def threshold(
    band: Band, *, days: int, spent: int = 0, at: datetime, zone: tzinfo, calendar: Calendar
) -> datetime:
    """Return the instant before which a clock must have begun to have reached `band` at `at`, or a later one.

    The same judgement as `clock`, for asking of many at once.
    """
    rest, today = max(days - spent, 0), at.astimezone(zone).date()
    last = {
        Band.ON_TIME: today,
        Band.SOON: calendar.before(today, max(rest - soon(days), 0)),
        # The last day must be over, and on a Saturday Friday is: so it is asked of the day before.
        Band.LATE: calendar.before(today - DAY, rest),
    }[band]
    return datetime.combine(last + DAY, time.min, zone)
