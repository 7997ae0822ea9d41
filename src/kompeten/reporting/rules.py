"""What do counts come to? Sums, shares and ages, without a database."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from kompeten.reporting.terms import Age, Aside, FunnelRow, Stage, Tally, Wait

TALLIES: tuple[Tally, ...] = (*Stage, *Aside)


def total(rows: Iterable[FunnelRow]) -> dict[Tally, int]:
    """Return the sums over all provinces; a tally nobody has is 0."""
    sums = dict.fromkeys(TALLIES, 0)
    for row in rows:
        for tally, count in row.counts.items():
            sums[tally] += count
    return sums


def went_on(counts: Mapping[Tally, int], stage: Stage) -> float | None:
    """Return the share of those at the stage before who came to `stage`, 0 to 1; None for the first.

    Routes differ: not everybody passes each stage, so a share may pass 1.
    """
    stages = list(Stage)
    place = stages.index(stage)
    before = counts[stages[place - 1]] if place else 0
    return counts[stage] / before if before else None


def target_share(certified: int, *, target: int | None) -> float | None:
    """Return how much of the target is reached; None where there is none."""
    return certified / target if target else None


def year_share(on: date) -> float:
    """Return how much of the year has passed at the end of the day `on`, 0 to 1.

    >>> year_share(date(2026, 12, 31))
    1.0
    """
    first, following = date(on.year, 1, 1), date(on.year + 1, 1, 1)
    return ((on - first).days + 1) / (following - first).days


def age(
    wait: Wait,
    count: int,
    *,
    oldest_at: datetime | None,
    median_at: datetime | None,
    at: datetime,
) -> Age:
    """Return how long cases have waited at `at`; a clock set back makes nobody younger than now."""
    return Age(
        wait=wait,
        count=count,
        oldest_at=oldest_at,
        median_at=median_at,
        oldest_days=_days(oldest_at, at),
        median_days=_days(median_at, at),
    )


def _days(since: datetime | None, at: datetime) -> float | None:
    return None if since is None else max((at - since) / timedelta(days=1), 0.0)
