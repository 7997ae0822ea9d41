"""When and where is somebody expected? Sessions, exams and appointments, the next first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from kompeten.exams import queries as exams
from kompeten.exams.labels import ENTRY_STATE
from kompeten.exams.terms import EntryState
from kompeten.journey.labels import STEP
from kompeten.journey.terms import Step
from kompeten.practicals import queries as practicals
from kompeten.practicals.labels import SLOT_STATE
from kompeten.practicals.terms import SlotState
from kompeten.schemes.terms import Component
from kompeten.training import actions as training_actions
from kompeten.training import queries as training
from kompeten.training.labels import STATE as SESSION_STATE
from kompeten.training.terms import EnrolmentState, PlaceRow
from kompeten.training.terms import State as SessionState
from kompeten.web.candidate import asking, labels, places, timing
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone

EARLY = timedelta(minutes=30)  # the exam room shows its waiting page that long before
SITTING = (EntryState.SEATED, EntryState.STARTED)
OFF = (SlotState.MISSED, SlotState.INTERRUPTED, SlotState.CANCELLED)
STEP_OF = {Component.PRACTICE: Step.PRACTICE, Component.INTERVIEW: Step.INTERVIEW}


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """One thing in somebody's schedule. `note` says what to bring or how long it takes."""

    ref: str
    kind: Any
    title: str
    when: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    word: Any
    tone: Tone
    note: Any = ""
    room: str = ""
    leave_ref: str = ""
    is_off: bool = False


@require_safe
def schedule(request: Request) -> HttpResponse:
    """Show what lies ahead, then what is over."""
    dates = [*_sessions(request), *_entries(request), *_slots(request)]
    ahead = [d for d in dates if d.ends_at >= request.at and not d.is_off]
    over = [d for d in dates if d not in ahead]
    context = {
        "ahead": sorted(ahead, key=lambda d: d.starts_at),
        "over": sorted(over, key=lambda d: d.starts_at, reverse=True),
    }
    return page(request, "candidate/schedule.html", context)


@require_POST
def give_back(request: Request, ref: str) -> HttpResponse:
    """Give a place in a preparation session back, so that somebody else can have it."""
    place = asking.there(training.own(ref, request.actor))
    training_actions.withdraw(place, by=request.actor, at=request.at)
    messages.success(request, labels.PLACE_GIVEN_BACK)
    return go(request, "candidate:schedule")


def _sessions(request: Request) -> Iterator[Date]:
    for place in training.mine(request.actor):
        s = place.session
        holds = place.state is EnrolmentState.ENROLLED
        yield Date(
            ref=s.ref,
            kind=STEP[Step.PREPARATION],
            title=s.title,
            when=timing.span(s.starts_at, s.ends_at, s.zone),
            starts_at=s.starts_at,
            ends_at=s.ends_at,
            place=s.place,
            link=s.link,
            word=_session_word(place),
            tone=labels.PLACE_TONE[place.state],
            leave_ref=place.ref if holds and s.starts_at > request.at else "",
            is_off=place.state is EnrolmentState.WITHDRAWN or s.state is SessionState.CANCELLED,
        )


def _session_word(place: PlaceRow) -> Any:
    if place.session.state is SessionState.CANCELLED:
        return SESSION_STATE[SessionState.CANCELLED]
    return labels.PLACE[place.state]


def _entries(request: Request) -> Iterator[Date]:
    for entry in exams.mine(request.actor):
        state = EntryState(entry.state)
        is_open = state in SITTING and entry.opens_at - EARLY <= request.at < entry.closes_at
        yield Date(
            ref=entry.ref,
            kind=STEP[Step.COGNITIVE],
            title=entry.title,
            when=timing.span(entry.opens_at, entry.closes_at, entry.zone),
            starts_at=entry.opens_at,
            ends_at=entry.closes_at,
            place=entry.site,
            link="",
            word=ENTRY_STATE[state],
            tone=Tone.INFO if state in SITTING else Tone.PLAIN,
            note=labels.exam_note(entry.minutes),
            room=places.exam_room(entry.ref) if is_open else "",
            is_off=state not in SITTING,
        )


def _slots(request: Request) -> Iterator[Date]:
    for slot in practicals.mine(request.actor):
        yield Date(
            ref=slot.ref,
            kind=STEP[STEP_OF[slot.component]],
            title="",
            when=timing.span(slot.starts_at, slot.ends_at, slot.zone),
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            place=", ".join(part for part in (slot.site_name, slot.site_address) if part),
            link=slot.link,
            word=SLOT_STATE[slot.state],
            tone=Tone.INFO if slot.state is SlotState.BOOKED else Tone.PLAIN,
            note=labels.SLOT_NOTE,
            is_off=slot.state in OFF,
        )
