"""How does the time of one entry stand? A pure function of window, minutes, start and instant.

Idea: cms-dev `compute_actual_phase` (a phase with its bounds, from window and per-person times).
"""

from datetime import datetime, timedelta

from kompeten.exams.terms import Phase, Stage
from kompeten.kernel.interval import Window


def phase(
    window: Window,
    *,
    minutes: int,
    started_at: datetime | None,
    extra_minutes: int = 0,
    at: datetime,
) -> Phase:
    """Return the stage at the instant `at` and its bounds.

    Somebody may start at any time in the window and has `minutes` from then, but no longer than
    the window; `extra_minutes` lengthen both, for this person alone.
    """
    extra = timedelta(minutes=extra_minutes)
    if started_at is not None:
        end = ends_at(window, minutes=minutes, started_at=started_at, extra_minutes=extra_minutes)
        if at < end:
            return Phase(Stage.RUNNING, started_at, end)
        return Phase(Stage.OVER, end, None)
    if at < window.opens_at:
        return Phase(Stage.WAITING, None, window.opens_at)
    if at < window.closes_at + extra:
        return Phase(Stage.READY, window.opens_at, window.closes_at + extra)
    return Phase(Stage.MISSED, window.closes_at + extra, None)


def ends_at(
    window: Window, *, minutes: int, started_at: datetime, extra_minutes: int = 0
) -> datetime:
    """Return the first instant at which an answer comes too late.

    >>> from datetime import UTC
    >>> nine, noon = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (9, 12))
    >>> late = datetime(2026, 3, 2, 11, tzinfo=UTC)
    >>> ends_at(Window(nine, noon), minutes=90, started_at=late).hour
    12
    """
    extra = timedelta(minutes=extra_minutes)
    return min(started_at + timedelta(minutes=minutes), window.closes_at) + extra


def last_end(window: Window, *, most_extra_minutes: int) -> datetime:
    """Return when nobody has time any more; only then may a sitting be closed."""
    return window.closes_at + timedelta(minutes=most_extra_minutes)
