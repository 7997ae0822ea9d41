"""What goes on record of a sitting? Who came, what happened, what was given: its minutes."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation

from kompeten.exams import labels
from kompeten.exams.adapters import minutes
from kompeten.exams.models import Sitting
from kompeten.exams.queries.sittings import board, counts
from kompeten.exams.terms import BoardRow, EntryState, SittingState
from kompeten.foundation import words
from kompeten.foundation.models import Event
from kompeten.regions import labels as region_labels

NOTED = ("entry.interrupted", "entry.reseated", "entry.extended", "entry.timed_out", "entry.missed")


def minutes_pdf(sitting: Sitting, *, at: datetime) -> bytes:
    """Return the minutes of a sitting as they stand at the instant `at`, in Indonesian, as PDF."""
    return minutes.pdf(facts_of(sitting, at=at), at=at)


def facts_of(sitting: Sitting, *, at: datetime) -> minutes.Minutes:
    """Return what the minutes print. The same few queries, whatever the number of candidates."""
    zone = ZoneInfo(sitting.zone)
    rows = board(sitting)
    with translation.override("id"):
        return minutes.Minutes(
            ref=sitting.ref,
            body=settings.OPTIONS.body_name,
            title=sitting.title,
            held=_held(sitting, zone),
            zone=str(region_labels.ZONE.get(sitting.zone, sitting.zone)),
            place=sitting.site.name if sitting.site else "daring",
            state=str(labels.SITTING_STATE[SittingState(sitting.state)]),
            counts=_counted(sitting),
            happenings=_happenings(sitting, rows, zone),
            seats=_seats(sitting, rows, zone),
            printed=formats.date_format(at.astimezone(zone), "DATETIME_FORMAT"),
            demonstration=settings.OPTIONS.demo,
        )


def _held(sitting: Sitting, zone: ZoneInfo) -> str:
    start, end = sitting.opens_at.astimezone(zone), sitting.closes_at.astimezone(zone)
    first = formats.date_format(start, "l, j F Y")
    last = "" if end.date() == start.date() else formats.date_format(end, "l, j F Y") + " "
    return f"{first} {_clock(start)} sampai {last}{_clock(end)}"


def _clock(at: datetime) -> str:
    return f"{at:%H.%M}"


def _counted(sitting: Sitting) -> tuple[tuple[str, int], ...]:
    held = counts(sitting)
    seated = [("Terdaftar", sum(held.values()))]
    by_state = [
        (str(labels.ENTRY_STATE[s]).capitalize(), held[s]) for s in EntryState if held.get(s)
    ]
    return (*seated, *by_state)


def _happenings(
    sitting: Sitting, rows: list[BoardRow], zone: ZoneInfo
) -> tuple[minutes.Happening, ...]:
    names = {row.ref: row.name for row in rows}
    refs = dict(sitting.entries.values_list("pk", "ref"))
    events = Event.objects.filter(
        subject="entry", subject_id__in=sitting.entries.values("pk"), type__in=NOTED
    )
    return tuple(
        minutes.Happening(
            clock=_clock(event.at.astimezone(zone)),
            name=names.get(refs[event.subject_id], ""),
            what=str(labels.EVENT[event.type]),
            why=_why(event.facts),
        )
        for event in events.order_by("id")
    )


def _why(facts: dict[str, Any]) -> str:
    given = f"{facts['minutes']} menit" if facts.get("minutes") else ""
    return "; ".join(part for part in (words.reason(str(facts.get("reason", ""))), given) if part)


def _seats(sitting: Sitting, rows: list[BoardRow], zone: ZoneInfo) -> tuple[minutes.Seat, ...]:
    handed = Event.objects.filter(
        subject="entry", subject_id__in=sitting.entries.values("pk"), type="entry.handed_in"
    )
    refs = dict(sitting.entries.values_list("pk", "ref"))
    answered = {
        refs[key]: f"{facts['answered']} dari {facts['answered'] + facts['blank']}"
        for key, facts in handed.values_list("subject_id", "facts")
    }
    return tuple(
        minutes.Seat(
            name=row.name,
            state=str(labels.ENTRY_STATE[EntryState(row.state)]),
            started=_clock(row.started_at.astimezone(zone)) if row.started_at else "",
            handed_in=_clock(row.handed_in_at.astimezone(zone)) if row.handed_in_at else "",
            answered=answered.get(row.ref, ""),
        )
        for row in rows
    )
