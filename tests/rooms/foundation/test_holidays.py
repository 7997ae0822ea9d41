"""Does the house know on which days nobody works in Indonesia?"""

from datetime import date

import pytest
from django.conf import LazySettings

from kompeten.config.options import Options, OptionsInvalid, read
from kompeten.foundation import holidays

# Joint decree (SKB) of three ministers on national holidays and collective leave of 2026: 17 holidays,
# of which these fall on a Monday to Friday, and 8 days of collective leave.
HOLIDAYS_2026 = {
    date(2026, *day)
    for day in (
        *((1, 1), (1, 16), (2, 17), (3, 19), (4, 3), (5, 1), (5, 14), (5, 27), (6, 1)),
        *((6, 16), (8, 17), (8, 25), (12, 25)),
    )
}
LEAVE_2026 = {
    date(2026, *day)
    for day in ((2, 16), (3, 18), (3, 20), (3, 23), (3, 24), (5, 15), (5, 28), (12, 24))
}


def test_the_decree_of_2026_is_known_with_its_collective_leave() -> None:
    free = {d for d in holidays.calendar().free if d.year == 2026 and d.weekday() < 5}

    assert free == HOLIDAYS_2026 | LEAVE_2026


def test_a_week_of_idul_fitri_has_two_working_days() -> None:
    assert holidays.calendar().between(date(2026, 3, 15), date(2026, 3, 24)) == 2


def test_a_decree_that_came_late_is_an_option(settings: LazySettings) -> None:
    said = read(
        {
            "KOMPETEN_PROFILE": "test",
            "KOMPETEN_HOLIDAYS_ADDED": "2026-12-23, 2026-12-31",
            "KOMPETEN_HOLIDAYS_WORKED": "2026-12-24",
        }
    )
    settings.OPTIONS = Options({**settings.OPTIONS.values, **said.values})

    calendar = holidays.calendar()

    assert [d for d in range(21, 32) if not calendar.is_open(date(2026, 12, d))] == [
        *(23, 25, 26, 27, 31)
    ]


def test_a_day_that_is_none_stops_the_house_at_its_start() -> None:
    with pytest.raises(OptionsInvalid, match="KOMPETEN_HOLIDAYS_ADDED"):
        read({"KOMPETEN_HOLIDAYS_ADDED": "24 December"})
