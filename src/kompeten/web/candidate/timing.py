"""When is it, said on the clock of the place where it happens?"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kompeten.regions.labels import ZONE


def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Return day and hours in the zone's own time, with the zone's short name."""
    first, last = (at.astimezone(ZoneInfo(zone)) for at in (starts_at, ends_at))
    words = {
        "day": date_format(first, "l, j F Y"),
        "first": date_format(first, "TIME_FORMAT"),
        "last": date_format(last, "TIME_FORMAT"),
        "last_day": date_format(last, "l, j F Y"),
        "zone": ZONE.get(zone, zone),
    }
    if first.date() == last.date():
        return _("%(day)s, %(first)s–%(last)s %(zone)s") % words
    return _("%(day)s, %(first)s to %(last_day)s, %(last)s %(zone)s") % words
