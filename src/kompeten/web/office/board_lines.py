"""Who in a running exam is worth a look, why, and what is the one thing to do?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompeten.exams import labels
from kompeten.exams.terms import SILENT_AFTER, BoardRow, EntryState, SittingState
from kompeten.web.office import hours
from kompeten.web.office.sittings import ENTRY_TONE
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting

HOUR = 60
TAKES_TIME = (EntryState.SEATED, EntryState.STARTED)


class Look(IntEnum):
    """Why somebody is worth a look: who cannot go on stands before who only seems not to."""

    INTERRUPTED = 1
    TIME_OVER = 2
    WAITS = 3
    SILENT = 4
    STORE = 5
    CONFLICT = 6
    LATE = 7
    GAP = 8
    STILL = 9
    DOUBT = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate as the board shows them; `facts` are in small type, and no trouble."""

    row: BoardRow
    state: Any
    tone: Tone
    saved: str
    until: str
    trouble: str
    todo: str
    facts: tuple[str, ...]
    unnoted: bool


def look(row: BoardRow, sitting: "Sitting", *, at: datetime) -> Look | None:
    """Return why a candidate is worth a look now, the most pressing; None if nothing is."""
    if sitting.state == SittingState.SCORED:
        return None
    if row.state == EntryState.INTERRUPTED:
        return Look.INTERRUPTED
    if row.waits_until is not None and row.waits_until > at:
        return Look.WAITS
    works = row.state == EntryState.STARTED
    if works and row.ends_at is not None and at >= row.ends_at:
        return Look.TIME_OVER
    if works and row.silent_since is not None and at - row.silent_since >= SILENT_AFTER:
        return Look.SILENT
    return _noted(row, works=works) or (Look.DOUBT if row.in_doubt else None)


def looks(
    rows: Iterable[BoardRow], sitting: "Sitting", *, at: datetime
) -> list[tuple[Look, BoardRow]]:
    """Return who is worth a look, the most pressing first, else by name."""
    found = ((look(row, sitting, at=at), row) for row in rows)
    return sorted(((why, row) for why, row in found if why is not None), key=lambda pair: pair[0])


def foremost(
    worth: Iterable[tuple[Look, BoardRow]], *, most: int, of_a_kind: int
) -> list[BoardRow]:
    """Return whom to show first: some of each kind, so that one kind does not hide the others."""
    found: list[BoardRow] = []
    shown: Counter[Look] = Counter()
    for why, row in worth:
        if len(found) < most and shown[why] < of_a_kind:
            found.append(row)
            shown[why] += 1
    return found


def line(row: BoardRow, sitting: "Sitting", *, at: datetime) -> Line:
    """Return one candidate as the board shows them."""
    state, why = EntryState(row.state), look(row, sitting, at=at)
    return Line(
        row=row,
        state=labels.ENTRY_STATE[state],
        tone=ENTRY_TONE[state],
        saved=_ago(row.saved_at, sitting.zone, at=at) if row.saved_at else "",
        until=hours.clock(row.ends_at, sitting.zone) if row.ends_at else "",
        trouble=_said(why, row, sitting, at=at) if why else "",
        todo=todo(why, sitting) if why else "",
        facts=tuple(_facts(row)),
        unnoted=is_missing(row),
    )


def is_missing(row: BoardRow) -> bool:
    """Say whether nobody has noted yet that this candidate came, and still can."""
    return row.state in TAKES_TIME and row.checked_in_at is None


def fits(row: BoardRow, wanted: str) -> bool:
    """Say whether the name has every word searched for, or a number of the candidate begins with it.

    A number is that of the seat or of the application, which candidates know.
    """
    said, name = wanted.lower(), row.name.lower()
    if all(word in name for word in said.split()):
        return True
    return any(ref.lower().startswith(said) for ref in (row.ref, row.application_ref))


def todo(why: Look, sitting: "Sitting") -> str:
    """Return the one thing to do."""
    if why is Look.INTERRUPTED:  # while the sitting runs, the sentence says it already
        return _("Seat them in a make-up.") if sitting.state == SittingState.CLOSED else ""
    return {
        Look.TIME_OVER: _("Ask them to hand in, or to keep the page open."),
        Look.WAITS: _("Ask for the device, or take its code."),
        Look.SILENT: _("Go and look."),
        Look.STORE: _("Take the answers in by code before they leave."),
        Look.CONFLICT: _("Look at both answers."),
        Look.LATE: _("Look at the remark and settle it."),
        Look.GAP: _("Ask them to open the page once more with a line."),
        Look.STILL: _("Open and give the time back."),
        Look.DOUBT: _("Look at it and settle it with a word."),
    }[why]


def _noted(row: BoardRow, *, works: bool) -> Look | None:
    """Return the most pressing trouble of the device; what mends itself while one works is left out."""
    noted = set(row.troubles)
    if "store" in noted and works:
        return Look.STORE
    if "conflict" in noted:
        return Look.CONFLICT
    if "late" in noted:
        return Look.LATE
    if "gap" in noted and not works:
        return Look.GAP
    return Look.STILL if "still" in noted and works and not row.extra_minutes else None


def _said(why: Look, row: BoardRow, sitting: "Sitting", *, at: datetime) -> str:
    """Return what is worth a look, as a plain sentence."""
    if why is Look.WAITS and row.waits_until is not None:
        until = {"at": hours.moment(row.waits_until, sitting.zone)}
        return _("Never handed in. Waited for until %(at)s.") % until
    if why is Look.SILENT and row.silent_since is not None:
        return _("Not heard of for %(minutes)d minutes.") % {
            "minutes": minutes(at - row.silent_since)
        }
    if why is Look.INTERRUPTED and sitting.state == SittingState.CLOSED:
        return _("Interrupted by a failure; the answers are kept.")
    return {
        Look.INTERRUPTED: _("Interrupted: give the seat back, or a make-up later."),
        Look.TIME_OVER: _("The time is over, not handed in. What was saved counts."),
        Look.STORE: _("The device has trouble storing; what was sent is safe."),
        Look.CONFLICT: _("Two devices answered differently."),
        Look.LATE: _("Answers came in after the end; they do not count by themselves."),
        Look.GAP: _("A part of the record is missing."),
        Look.STILL: _("The device stood still for a while."),
        Look.DOUBT: _("It is in doubt who sits here."),
    }[why]


def _facts(row: BoardRow) -> Iterable[str]:
    if row.in_doubt:
        yield _("identity in doubt")
    if row.extra_minutes:
        yield _("+%(n)d min") % {"n": row.extra_minutes}
    if row.breaks:
        yield ngettext("%(n)d break", "%(n)d breaks", row.breaks) % {"n": row.breaks}
    if row.left_page:
        said = ngettext("left the page %(n)d time", "left the page %(n)d times", row.left_page)
        yield said % {"n": row.left_page}


def _ago(then: datetime, zone: str, *, at: datetime) -> str:
    """Return how long ago something was, or the hour if that is longer than an hour."""
    past = minutes(at - then)
    if past >= HOUR:
        return hours.clock(then, zone)
    if past < 1:
        return _("just now")
    return ngettext("%(n)d minute ago", "%(n)d minutes ago", past) % {"n": past}


def minutes(span: timedelta) -> int:
    """Return the whole minutes of a span."""
    return int(span.total_seconds() // 60)
