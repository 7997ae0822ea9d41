"""What time is it? The only place that asks; faces and jobs call it once and pass the instant on."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 (this is the one clock)
