"""How much practice do dated spells amount to? A day counts once, however many posts it had."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kompeten.schemes.terms.applicants import Facts, Spell


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of which we know at least so much; `exact` says that there is no more."""

    at_least: int
    exact: bool


def after(start: date, *, months: int) -> date:
    """Return the day `months` later; where that month has no such day, its last one.

    >>> after(date(2024, 1, 31), months=1)
    datetime.date(2024, 2, 29)
    """
    years, place = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(years, place + 1, min(start.day, monthrange(years, place + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Return how many full months of the calendar `[start, end)` holds.

    >>> months_between(date(2025, 2, 1), date(2025, 3, 1))
    1
    >>> months_between(date(2025, 1, 1), date(2025, 1, 31))
    0
    """
    full = (end.year - start.year) * 12 + end.month - start.month
    return max(0, full - (after(start, months=full) > end))


def runs(spells: Iterable[Spell], *, on: date) -> list[tuple[date, date]]:
    """Return the unbroken times `[start, end)` before `on` in which at least one spell ran."""
    found: list[tuple[date, date]] = []
    for start, end in sorted(_past(spells, on=on)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def days_of(spells: Iterable[Spell], *, on: date) -> int:
    """Return on how many days before `on` at least one spell ran; days to come do not count."""
    return sum((end - start).days for start, end in runs(spells, on=on))


def full_months(spells: Iterable[Spell], *, on: date) -> int:
    """Return the full months of practice before `on`.

    Each unbroken run counts the full months of the calendar that it holds, as people and letters
    count them. Whoever served in many short runs would lose the days left over each time: all days
    together count as well, 366 to the year, and the greater of the two holds. A year of the
    calendar never comes early so, and one spell more never lessens the sum.
    """
    served = runs(spells, on=on)
    by_calendar = sum(months_between(start, end) for start, end in served)
    by_days = sum((end - start).days for start, end in served) * 12 // 366
    return max(by_calendar, by_days)


def months_of(facts: Facts, *, on: date) -> Amount:
    """Return the months of practice up to `on`."""
    if facts.spells is None:
        return Amount(0, exact=False)
    return Amount(full_months(facts.spells, on=on), exact=facts.spells_complete)


def hours_of(facts: Facts, *, on: date) -> Amount:
    """Return the hours of practice up to `on`: the certified total or what the spells come to.

    The greater of the two counts, since a letter may leave out what a list has.
    """
    spells = facts.spells or ()
    loads = [spell.hours_a_week for spell in spells]
    listed = _loaded_hours(spells, on=on)
    certified = facts.practice_hours or 0
    whole = facts.spells is not None and facts.spells_complete and None not in loads
    return Amount(max(listed, certified), exact=whole or facts.practice_hours is not None)


def _loaded_hours(spells: Iterable[Spell], *, on: date) -> int:
    """Return the hours that weekly loads come to.

    Where spells overlap the greatest load counts, because two letters often certify one and the
    same work.
    """
    loaded = [(start, end, load) for start, end, load in _loads(spells, on=on)]
    edges = sorted({day for start, end, _ in loaded for day in (start, end)})
    total = Fraction(0)
    for start, end in pairwise(edges):
        running = [load for first, last, load in loaded if first <= start and end <= last]
        total += Fraction((end - start).days * max(running, default=0), 7)
    return int(total)


def _loads(spells: Iterable[Spell], *, on: date) -> list[tuple[date, date, int]]:
    known = [spell for spell in spells if spell.hours_a_week is not None]
    return [
        (start, end, spell.hours_a_week or 0)
        for spell in known
        for start, end in _past([spell], on=on)
    ]


def _past(spells: Iterable[Spell], *, on: date) -> list[tuple[date, date]]:
    """Return the spells as `[start, end)` as far as they lie before `on`."""
    cut = [(spell.start, min(spell.end or on, on)) for spell in spells]
    return [(start, end) for start, end in cut if start < end]
