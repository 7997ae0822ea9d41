"""Which instants do stories use? Literals, in UTC; WIB is seven hours ahead."""

from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 09.00 WIB
TUESDAY = MONDAY + timedelta(days=1)
NEXT_WEEK = MONDAY + timedelta(days=7)
WIB_MIDNIGHT = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
YEAR_END = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
LEAP_DAY = datetime(2028, 2, 29, 3, 0, tzinfo=UTC)
