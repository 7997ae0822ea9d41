"""How much practice do dated spells amount to? A day counts once, however many posts it had."""

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


def months(days: int) -> int:
    """Return how many full months `days` days are, a month being a twelfth of 365 days.

    So whole years come out whole, with or without a leap day, and cutting a spell in two changes
    nothing: 730 days are 24 months.
    """
    return days * 12 // 365


def days_of(spells: Iterable[Spell], *, on: date) -> int:
    """Return on how many days before `on` at least one spell ran; days to come do not count."""
    total, reached = 0, date.min
    for start, end in sorted(_past(spells, on=on)):
        total += max(0, (end - max(start, reached)).days)
        reached = max(reached, end)
    return total


def months_of(facts: Facts, *, on: date) -> Amount:
    """Return the months of practice up to `on`."""
    if facts.spells is None:
        return Amount(0, exact=False)
    return Amount(months(days_of(facts.spells, on=on)), exact=facts.spells_complete)


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
