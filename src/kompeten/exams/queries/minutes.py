"""What goes on record of a sitting? Who came, what happened, what was given: its minutes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation

from kompeten.exams import labels
from kompeten.exams.adapters import minutes
from kompeten.exams.models import Remark, Sitting
from kompeten.exams.queries.arrivals import arrivals
from kompeten.exams.queries.facts import settlements
from kompeten.exams.queries.sittings import board, counts
from kompeten.exams.terms import (
    IN_DOUBT,
    Arrival,
    BoardRow,
    EntryState,
    IdentityCheck,
    SittingState,
)
from kompeten.foundation import words
from kompeten.foundation.models import Event
from kompeten.regions import labels as region_labels

NOTED = (
    "entry.check_in_withdrawn",
    "entry.identity_doubted",
    "entry.interrupted",
    "entry.reseated",
    "entry.extended",
    "entry.timed_out",
    "entry.missed",
)
# Seen face to face as the rule has it: where no photo is taken at all, these need no line of their own.
USUAL = (IdentityCheck.CARD, IdentityCheck.VIDEO)
UNNOTED = "Mengerjakan tanpa dicatat hadir"


def minutes_pdf(sitting: Sitting, *, at: datetime) -> bytes:
    """Return the minutes of a sitting as they stand at the instant `at`, in Indonesian, as PDF."""
    return minutes.pdf(facts_of(sitting, at=at), at=at)


def facts_of(sitting: Sitting, *, at: datetime) -> minutes.Minutes:
    """Return what the minutes print. The same few queries, whatever the number of candidates."""
    zone = ZoneInfo(sitting.zone)
    rows = board(sitting)
    came = arrivals(sitting)
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
            identified=_identified(rows, came),
            pictured=sum(bool(one.photo) for one in came.values()),
            unpictured=_unpictured(rows, came),
            happenings=_happenings(sitting, rows, zone),
            seats=_seats(sitting, rows, came, zone),
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


def _identified(rows: list[BoardRow], came: Mapping[str, Arrival]) -> tuple[tuple[str, int], ...]:
    """Count how it was seen who came: with a photo, and without one by each way."""
    ways = Counter(one.way for one in came.values() if not one.photo)
    pictured = sum(bool(one.photo) for one in came.values())
    unnoted = sum(row.started_at is not None and row.ref not in came for row in rows)
    counted = [
        ("Dengan foto", pictured),
        *((f"Tanpa foto: {_lower(labels.IDENTITY[way])}", ways[way]) for way in IdentityCheck),
        (UNNOTED, unnoted),
    ]
    return tuple((label, number) for label, number in counted if number)


def _unpictured(
    rows: list[BoardRow], came: Mapping[str, Arrival]
) -> tuple[minutes.Unpictured, ...]:
    photos = any(one.photo for one in came.values())
    return tuple(_without(rows, came, all_of_them=photos))


def _without(
    rows: list[BoardRow], came: Mapping[str, Arrival], *, all_of_them: bool
) -> Iterator[minutes.Unpictured]:
    for row in rows:
        one = came.get(row.ref)
        if one is None:
            if row.started_at is not None:
                yield minutes.Unpictured(row.name, UNNOTED, "")
        elif not one.photo and (all_of_them or one.way not in USUAL or one.note or one.without):
            yield minutes.Unpictured(row.name, str(labels.IDENTITY[one.way]), _said(one))


def _said(one: Arrival) -> str:
    why = str(labels.NO_PHOTO[one.without]) if one.without else ""
    return "; ".join(filter(None, (why, one.note)))


def _identity(one: Arrival | None) -> str:
    if one is None:
        return ""
    return f"{labels.IDENTITY[one.way]}, foto" if one.photo else str(labels.IDENTITY[one.way])


def _lower(label: object) -> str:
    said = str(label)
    return said if said[:2].isupper() else said[:1].lower() + said[1:]


def _happenings(
    sitting: Sitting, rows: list[BoardRow], zone: ZoneInfo
) -> tuple[minutes.Happening, ...]:
    names = {row.ref: row.name for row in rows}
    settled = _settled(sitting)
    refs = dict(sitting.entries.values_list("pk", "ref"))
    events = Event.objects.filter(
        subject="entry", subject_id__in=sitting.entries.values("pk"), type__in=NOTED
    )
    return tuple(
        minutes.Happening(
            clock=_clock(event.at.astimezone(zone)),
            name=names.get(refs[event.subject_id], ""),
            what=str(labels.EVENT[event.type]),
            why=_why(event.facts | {"made": _next(settled, event)}),
        )
        for event in events.order_by("id")
    )


def _why(facts: dict[str, Any]) -> str:
    given = f"{facts['minutes']} menit" if facts.get("minutes") else ""
    said = (words.reason(str(facts.get("reason", ""))), facts.get("note", ""), given, facts["made"])
    return "; ".join(part for part in said if part)


def _settled(sitting: Sitting) -> dict[int, list[str]]:
    """Return what was made of the doubts of each candidate's identity, by key, in their order."""
    doubts = list(Remark.objects.filter(entry__sitting=sitting, code=IN_DOUBT).order_by("id"))
    made = settlements(doubts)
    found: dict[int, list[str]] = {}
    for remark in doubts:
        said = made.get(remark.pk)
        told = f"diselesaikan: {said}" if said else "belum diselesaikan"
        found.setdefault(remark.entry_id or 0, []).append(told)
    return found


def _next(settled: dict[int, list[str]], event: Event) -> str:
    made = settled.get(event.subject_id)
    return made.pop(0) if made and event.type == "entry.identity_doubted" else ""


def _seats(
    sitting: Sitting, rows: list[BoardRow], came: Mapping[str, Arrival], zone: ZoneInfo
) -> tuple[minutes.Seat, ...]:
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
            identity=_identity(came.get(row.ref)),
            started=_clock(row.started_at.astimezone(zone)) if row.started_at else "",
            handed_in=_clock(row.handed_in_at.astimezone(zone)) if row.handed_in_at else "",
            answered=answered.get(row.ref, ""),
        )
        for row in rows
    )
