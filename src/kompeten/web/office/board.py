"""How does a written exam go right now? Trouble first, calm at a thousand candidates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kompeten.applications import queries as applications
from kompeten.exams import actions, labels, queries
from kompeten.exams.terms import OPEN_EARLY, PLANNERS, WATCH, BoardRow, EntryState, SittingState
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import queries as people
from kompeten.web.office import asking, hours, shown, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.exam_forms import ExtraTime, Incident, Reseat
from kompeten.web.office.sittings import ENTRY_TONE, PAST, READERS, TONE, slices
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.exams.models import Entry, Sitting

SILENT = timedelta(minutes=10)  # an answer takes a minute; ten without one is worth a look
HOUR = 60
ROWS = 50
TROUBLES = 12  # shown before the list; the rest by a link
MOVED = "step.not_open"
TAKES_TIME = (EntryState.SEATED, EntryState.STARTED)


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate as the board shows them; `trouble` says what to look at."""

    row: BoardRow
    state: Any
    tone: Tone
    saved: str
    until: str
    trouble: str


@require_safe
@asking.only(READERS)
def board(request: Request, ref: str) -> HttpResponse:
    """Show how all stand, those with trouble first; the page asks again by itself while it runs."""
    found = asking.there(queries.sitting(ref, request.actor))
    return _board(request, found, ExtraTime())


@require_POST
@asking.only(WATCH)
def give_all(request: Request, ref: str) -> HttpResponse:
    """Give minutes to everybody who still has time: a power cut hits a whole hall."""
    found = asking.there(queries.sitting(ref, request.actor))
    form = ExtraTime(request.POST)
    if not form.is_valid():
        return _board(request, found, form, status=422)
    entries = list(queries.in_states(*TAKES_TIME).filter(sitting=found).order_by("id"))
    said = form.cleaned_data
    actions.give_time(
        entries, minutes=said["menit"], reason=said["alasan"], by=request.actor, at=request.at
    )
    told = ngettext(
        "%(n)d candidate has %(minutes)d minutes more.",
        "%(n)d candidates have %(minutes)d minutes more.",
        len(entries),
    )
    messages.success(request, told % {"n": len(entries), "minutes": said["menit"]})
    return go(request, "office:board", ref)


@require_safe
@asking.only(READERS)
def entry(request: Request, ref: str) -> HttpResponse:
    """Show one candidate's seat: how far, how long, what happened."""
    return _entry(request, asking.there(queries.entry(ref, request.actor)))


@require_POST
@asking.only(WATCH)
def act(request: Request, ref: str) -> HttpResponse:
    """Note an incident, give the seat back, or give time: `langkah` names the button pressed."""
    found = asking.there(queries.entry(ref, request.actor))
    step = STEPS.get(request.POST.get("langkah", ""))
    if step is None:
        return go(request, "office:entry", ref)
    form = step.form(request.POST)
    if form.is_valid():
        try:
            step.act(request, found, form)
        except StepRefused as refusal:
            if MOVED in refusal.reasons:
                raise  # somebody was faster; no field could mend that
            form.add_error(None, [words.reason(code) for code in refusal.reasons])
        else:
            messages.success(request, step.said())
            return go(request, "office:entry", ref)
    return _entry(request, found, {step.name: form}, status=422)


def _board(
    request: Request, found: "Sitting", extra: ExtraTime, *, status: int = 200
) -> HttpResponse:
    lines = [_line(row, found, at=request.at) for row in queries.board(found)]
    troubled = sorted((line for line in lines if line.trouble), key=_urgency)
    wanted, state = _asked(request)
    chosen = [
        line
        for line in lines
        if (not wanted or wanted.lower() in line.row.name.lower())
        and (not state or line.row.state == state or (state == "perhatian" and line.trouble))
    ]
    sheet = asking.slice_of(request, len(chosen), size=ROWS)
    start = asking.offset(sheet)
    counts = queries.counts(found)
    runs = found.state in (SittingState.PLANNED, SittingState.OPEN)
    watches = request.actor.may(WATCH)
    query = urlencode({k: v for k, v in request.GET.items() if k in ("cari", "keadaan", "halaman")})
    context = {
        "sitting": found,
        "state": labels.SITTING_STATE[SittingState(found.state)],
        "tone": TONE[SittingState(found.state)],
        "when": hours.when(found.opens_at, found.closes_at, found.zone),
        "place": found.site.name if found.site else _("online"),
        "now": hours.clock(request.at, found.zone),
        "zone": hours.zone_word(found.zone),
        "seats": len(lines),
        "slices": slices(counts),
        "troubled": troubled[:TROUBLES],
        "more_trouble": max(len(troubled) - TROUBLES, 0),
        "lines": chosen[start : start + ROWS],
        "sheet": sheet,
        "wanted": wanted,
        "chosen_state": state,
        "states": [
            ("", _("All")),
            ("perhatian", _("Worth a look")),
            *((s.value, labels.ENTRY_STATE[s]) for s in ENTRY_TONE if counts.get(s)),
        ],
        "runs": runs,
        "here": f"{reverse('office:board', args=[found.ref])}?{query}",
        "may_open": watches
        and found.state == SittingState.PLANNED
        and found.opens_at - OPEN_EARLY <= request.at < found.closes_at,
        "opens_by": hours.clock(found.opens_at - OPEN_EARLY, found.zone),
        "may_close": watches and runs and request.at >= found.closes_at,
        "shows_code": watches and runs,
        "may_seat": request.actor.may(PLANNERS) and runs and request.at < found.closes_at,
        "gives": watches and runs and bool(counts.keys() & set(TAKES_TIME)),
        "extra": extra,
        "columns": [_("Name"), _("State"), _("Last answer"), _("Until")],
        "story": stories.of("sitting", found.pk),
    }
    return page(request, "office/board.html", context, part="board", status=status)


def _asked(request: Request) -> tuple[str, str]:
    state = request.GET.get("keadaan", "")
    known = {"perhatian", *(s.value for s in EntryState)}
    return request.GET.get("cari", "").strip()[:80], state if state in known else ""


def _line(row: BoardRow, sitting: "Sitting", *, at: datetime) -> Line:
    state = EntryState(row.state)
    return Line(
        row=row,
        state=labels.ENTRY_STATE[state],
        tone=ENTRY_TONE[state],
        saved=_ago(row.saved_at, sitting.zone, at=at) if row.saved_at else "",
        until=hours.clock(row.ends_at, sitting.zone) if row.ends_at else "",
        trouble=_trouble(row, at=at) if sitting.state not in PAST else "",
    )


def _trouble(row: BoardRow, *, at: datetime) -> str:
    """Return what is worth a look, or nothing."""
    if row.state == EntryState.INTERRUPTED:
        return _("Interrupted: give the seat back, or a make-up later.")
    if row.state != EntryState.STARTED or row.ends_at is None or row.started_at is None:
        return ""
    if at >= row.ends_at:
        return _("The time is over, not handed in. What was saved counts.")
    since = max(filter(None, (row.saved_at, row.started_at)))
    if at - since >= SILENT:
        return _("No answer for %(minutes)d minutes.") % {"minutes": _minutes(at - since)}
    return ""


def _urgency(line: Line) -> bool:
    """Sort who cannot go on before who only seems not to."""
    return line.row.state != EntryState.INTERRUPTED


def _ago(then: datetime, zone: str, *, at: datetime) -> str:
    """Return how long ago something was, or the hour if that is longer than an hour."""
    minutes = _minutes(at - then)
    if minutes >= HOUR:
        return hours.clock(then, zone)
    if minutes < 1:
        return _("just now")
    return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _entry(
    request: Request, found: "Entry", forms: "dict[str, Any] | None" = None, *, status: int = 200
) -> HttpResponse:
    state, watches = EntryState(found.state), request.actor.may(WATCH)
    phase = queries.phase(found, at=request.at)
    person = people.persons([found.person_id])[found.person_id]
    sitting = found.sitting
    open_sitting = sitting.state not in PAST
    asked = {name: step.form() for name, step in BY_NAME.items()} | (forms or {})
    context = {
        "entry": found,
        "sitting": sitting,
        "person": person,
        "region": shown.region(person.region_code),
        "state": labels.ENTRY_STATE[state],
        "tone": ENTRY_TONE[state],
        "started": hours.clock(found.started_at, sitting.zone) if found.started_at else "",
        "until": hours.clock(phase.until, sitting.zone) if phase.until else "",
        "zone": hours.zone_word(sitting.zone),
        "progress": queries.progress(found) if found.started_at else None,
        "interrupts": watches and state not in (EntryState.SCORED, EntryState.INTERRUPTED),
        "reseats": watches and state == EntryState.INTERRUPTED and open_sitting,
        "makeup": state in (EntryState.ABSENT, EntryState.INTERRUPTED) and not open_sitting,
        "gives": watches and state in TAKES_TIME and open_sitting,
        "forms": asked,
        "opened": set(forms or ()),
        "application": applications.by_ids([found.application_id])[found.application_id].ref
        if request.actor.may(shown.READS_FILES)
        else "",
        "story": stories.of("entry", found.pk),
    }
    return page(request, "office/entry.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing an invigilator does with a seat: its form, the deed, and what is said afterwards."""

    name: str
    form: Any
    act: "Callable[[Request, Entry, Any], None]"
    said: Callable[[], str]


def _interrupt(request: Request, found: "Entry", form: Incident) -> None:
    reason = form.cleaned_data["sebab"]
    actions.interrupt(found, reason=reason, by=request.actor, at=request.at)


def _reseat(request: Request, found: "Entry", form: Reseat) -> None:
    actions.reseat(found, extra_minutes=form.minutes(), by=request.actor, at=request.at)


def _give(request: Request, found: "Entry", form: ExtraTime) -> None:
    said = form.cleaned_data
    minutes, reason = said["menit"], said["alasan"]
    actions.give_time([found], minutes=minutes, reason=reason, by=request.actor, at=request.at)


STEPS = {
    "putus": Step("interrupt", Incident, _interrupt, lambda: _("Noted. Nothing is lost.")),
    "kembali": Step("reseat", Reseat, _reseat, lambda: _("The candidate can go on.")),
    "tambah": Step("give", ExtraTime, _give, lambda: _("The time has been given.")),
}
BY_NAME = {step.name: step for step in STEPS.values()}
