"""Which candidate gets which seat, and can the plan be held at all?"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kompeten.kernel.interval import Window
from kompeten.kernel.panels import meet
from kompeten.practicals.terms import Seat

LINKS = ("https://", "http://")


def plan_reasons(plan: Sequence[Seat], *, at: datetime) -> tuple[str, ...]:
    """Return why no booking can be made on `plan`: seats in the past, without a place or a zone."""
    checks = (
        ("seat.past", any(seat.starts_at <= at for seat in plan)),
        ("seat.place_missing", any(not _has_place(seat) for seat in plan)),
        ("seat.zone_unknown", any(not _is_zone(seat.zone) for seat in plan)),
    )
    return tuple(code for code, wrong in checks if wrong)


def window(seat: Seat, minutes: int) -> Window:
    """Return the time that somebody's performance of `minutes` takes on `seat`."""
    return Window(seat.starts_at, seat.starts_at + timedelta(minutes=minutes))


def seat(
    candidates: Sequence[int],
    plan: Sequence[Seat],
    *,
    minutes: Mapping[int, int],
    busy: Mapping[int, Sequence[Window]],
) -> dict[int, Seat]:
    """Give each candidate the first seat of `plan` that is left and finds them free.

    `minutes` is how long each takes, `busy` when each has to be elsewhere, both by candidate. Who
    finds no seat is absent.
    """
    left = list(plan)
    found: dict[int, Seat] = {}
    for candidate in candidates:
        engaged = busy.get(candidate, ())
        for place in left:
            span = window(place, minutes[candidate])
            if not any(meet(span, other) for other in engaged):
                found[candidate] = place
                left.remove(place)
                break
    return found


def _has_place(seat: Seat) -> bool:
    return seat.site_id is not None or seat.link.startswith(LINKS)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, or no name but a path or a folder
        return False
    return True
