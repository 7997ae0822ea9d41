"""May one person act on another, given what ties them?

Source: ISO/IEC 17024:2012, 5.2.3 (training, two years), 6.2.2.3, 9.4 (who examined does not decide).
"""

from collections.abc import Iterable
from datetime import date

from kompeten.impartiality.terms import Act, Known, TieKind

TRAINING_YEARS = 2
CLOSE = frozenset({TieKind.SAME_UNIT, TieKind.SUPERIOR, TieKind.FAMILY, TieKind.BUSINESS})
EXCLUDES: dict[Act, frozenset[TieKind]] = {
    Act.VERIFY: CLOSE - {TieKind.SAME_UNIT} | {TieKind.FILED, TieKind.RECOMMENDED},
    Act.EXAMINE: CLOSE | {TieKind.FILED, TieKind.TRAINED, TieKind.RECOMMENDED},
    Act.DECIDE: CLOSE | {TieKind.FILED, TieKind.TRAINED, TieKind.RECOMMENDED, TieKind.EXAMINED},
    Act.HEAR_APPEAL: frozenset(TieKind),
}


def reasons(ties: Iterable[Known], act: Act, *, on: date) -> tuple[str, ...]:
    """Return why `act` is barred on the day `on`: codes `tie.<kind>`, sorted; empty when it is not.

    >>> from datetime import date
    >>> reasons([Known(TieKind.TRAINED, date(2026, 1, 5))], Act.EXAMINE, on=date(2026, 6, 1))
    ('tie.trained',)
    >>> reasons([Known(TieKind.TRAINED, date(2024, 1, 5))], Act.EXAMINE, on=date(2026, 1, 5))
    ()
    """
    return tuple(
        sorted({f"tie.{t.kind.value}" for t in ties if t.kind in EXCLUDES[act] and _holds(t, on)})
    )


def _holds(tie: Known, on: date) -> bool:
    if on < tie.since or (tie.until is not None and on >= tie.until):
        return False
    return tie.kind is not TieKind.TRAINED or on < _years_later(tie.since, TRAINING_YEARS)


def _years_later(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
