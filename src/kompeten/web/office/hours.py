"""How are days and hours said? On the clocks of the place that they are about."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from kompeten.regions import labels as region_labels

WEEKDAY = "l, j F Y"


def zone_word(zone: str) -> str:
    """Return what people call a zone of the country: WIB, WITA, WIT; else its own name."""
    return str(region_labels.ZONE.get(zone, zone))


def there(at: datetime, zone: str) -> datetime:
    """Return the instant on the clocks of `zone`."""
    return at.astimezone(ZoneInfo(zone))


def day(at: datetime, zone: str) -> str:
    """Return the day of the week and the date on which it is `at` in `zone`."""
    return formats.date_format(there(at, zone), WEEKDAY)


def day_of(at: datetime, zone: str) -> date:
    """Return the date on which it is `at` in `zone`."""
    return there(at, zone).date()


def clock(at: datetime, zone: str) -> str:
    """Return the hour and minute at which it is `at` in `zone`."""
    return formats.time_format(there(at, zone))


def moment(at: datetime, zone: str) -> str:
    """Return day and hour in `zone`, named."""
    said = {"day": day(at, zone), "clock": clock(at, zone), "zone": zone_word(zone)}
    return _("%(day)s, %(clock)s %(zone)s") % said


def span(start: datetime, end: datetime, zone: str) -> str:
    """Return hours of one day in `zone`, named: 09.00–10.00 WIB."""
    return _("%(start)s–%(end)s %(zone)s") % {
        "start": clock(start, zone),
        "end": clock(end, zone),
        "zone": zone_word(zone),
    }


def when(start: datetime, end: datetime, zone: str) -> str:
    """Return day and hours in `zone`; both days where it ends on another."""
    if day_of(start, zone) == day_of(end, zone):
        return _("%(day)s, %(hours)s") % {"day": day(start, zone), "hours": span(start, end, zone)}
    return _("%(first)s, %(start)s to %(last)s, %(end)s %(zone)s") % {
        "first": day(start, zone),
        "start": clock(start, zone),
        "last": day(end, zone),
        "end": clock(end, zone),
        "zone": zone_word(zone),
    }
