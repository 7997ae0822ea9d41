"""When does something hold? Half-open intervals, `[start, end)`, the end open for ever when None."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days `[start, end)`; `end` None means no end."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError("a period ends after it starts")

    def holds(self, on: date) -> bool:
        """Say whether the day `on` lies inside."""
        return self.start <= on and (self.end is None or on < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two share a day."""
        before = self.end is not None and self.end <= other.start
        after = other.end is not None and other.end <= self.start
        return not (before or after)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of instants `[opens_at, closes_at)`, both aware."""

    opens_at: datetime
    closes_at: datetime

    def __post_init__(self) -> None:
        if self.closes_at <= self.opens_at:
            raise ValueError("a window closes after it opens")

    def holds(self, at: datetime) -> bool:
        """Say whether the instant `at` lies inside."""
        return self.opens_at <= at < self.closes_at
