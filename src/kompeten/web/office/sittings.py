"""When are written exams held, for whom, and with which form? The list, and a plan."""

import random
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.exams import actions, labels, queries
from kompeten.exams.queries.entries import WATCHES
from kompeten.exams.terms import PLANNERS, WATCH, EntryState, SittingRow, SittingState
from kompeten.foundation.ledger import StepRefused
from kompeten.itembank import queries as itembank
from kompeten.people import queries as people
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import VersionState
from kompeten.web.office import asking, hours, nav
from kompeten.web.office.asking import Request
from kompeten.web.office.exam_forms import Planned
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Slice, Tab, Tone

READERS = WATCHES
TONE = {
    SittingState.PLANNED: Tone.PLAIN,
    SittingState.OPEN: Tone.INFO,
    SittingState.CLOSED: Tone.WAIT,
    SittingState.SCORED: Tone.GOOD,
}
ENTRY_TONE = {
    EntryState.INTERRUPTED: Tone.BAD,
    EntryState.STARTED: Tone.INFO,
    EntryState.SEATED: Tone.PLAIN,
    EntryState.HANDED_IN: Tone.GOOD,
    EntryState.SCORED: Tone.GOOD,
    EntryState.ABSENT: Tone.WAIT,
}
PAST = (SittingState.CLOSED, SittingState.SCORED)

nav.offer(
    nav.Place(
        label=gettext_lazy("Written exam"),
        route="office:sittings",
        icon="computer-desktop",
        order=50,
        roles=READERS,
    ),
    nav.Inbox(
        name="exams.waiting",
        label=gettext_lazy("Waiting for a seat in the exam"),
        hint=gettext_lazy("Plan a sitting, then give them seats."),
        place="office:sittings",
        route="office:sittings",
        roles=PLANNERS,
        count=lambda request: queries.waiting().count(),
    ),
    nav.Inbox(
        name="exams.interrupted",
        label=gettext_lazy("Interrupted in a running exam"),
        hint=gettext_lazy("Give the seat back as soon as the fault is gone."),
        place="office:sittings",
        route="office:sittings",
        roles=WATCH,
        count=lambda request: (
            queries.in_states(EntryState.INTERRUPTED)
            .filter(sitting__state=SittingState.OPEN)
            .count()
        ),
    ),
    nav.Inbox(
        name="exams.remarks",
        label=gettext_lazy("To be looked at in written exams"),
        hint=gettext_lazy("Look at what came in, and settle it with a few words."),
        place="office:sittings",
        route="office:remarks",
        roles=WATCH,
        count=lambda request: len(queries.remarks(request.actor)),
    ),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A sitting as pages show it."""

    row: SittingRow
    when: str
    place: str
    state: Any
    tone: Tone
    slices: list[Slice]


@require_safe
@asking.only(READERS)
def calendar(request: Request) -> HttpResponse:
    """Show the sittings that come or run, or those that are over."""
    past = request.GET.get("waktu") == "lalu"
    found = [row for row in queries.sittings(request.actor) if (row.state in PAST) == past]
    if not past:
        found.reverse()  # the next comes first
    sheet = asking.slice_of(request, len(found))
    start = asking.offset(sheet)
    plans = request.actor.may(PLANNERS)
    context = {
        "cards": [card(row) for row in found[start : start + asking.PAGE_SIZE]],
        "sheet": sheet,
        "past": past,
        "plans": plans,
        "waiting": queries.waiting().count() if plans else 0,
        "tabs": _tabs(past=past),
    }
    return page(request, "office/sittings.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(PLANNERS)
def plan(request: Request) -> HttpResponse:
    """Plan a sitting."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        rng = random.SystemRandom()
        title = form.cleaned_data["judul"]
        known = _planned_before(request, form)
        if known is not None:  # a second click: it was planned so a moment ago
            return go(request, "office:seating", known)
        try:
            made = actions.plan(title, **form.plan(), by=request.actor, at=request.at, rng=rng)
        except StepRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The sitting is planned. Now give candidates their seats."))
            return go(request, "office:seating", made.ref)
    context = {"form": form, "papers": bool(itembank.forms(request.actor))}
    return page(request, "office/sitting_plan.html", context, status=422 if form.errors else 200)


@require_POST
@asking.only(WATCH)
def begin(request: Request, ref: str) -> HttpResponse:
    """Open the doors."""
    found = asking.there(queries.sitting(ref, request.actor))
    if found.state == SittingState.OPEN:
        return go(request, "office:board", ref)
    actions.open_sitting(found, by=request.actor, at=request.at)
    messages.success(request, _("The doors are open. Candidates can begin in the window."))
    return go(request, "office:board", ref)


@require_POST
@asking.only(WATCH)
def close(request: Request, ref: str) -> HttpResponse:
    """Close the sitting; scoring follows by itself."""
    found = asking.there(queries.sitting(ref, request.actor))
    if found.state in PAST:
        return go(request, "office:board", ref)
    actions.close_sitting(found, by=request.actor, at=request.at)
    messages.success(request, _("Closed. Scores follow by themselves."))
    return go(request, "office:board", ref)


def card(row: SittingRow) -> Card:
    """Return a sitting as pages show it."""
    return Card(
        row=row,
        when=hours.when(row.opens_at, row.closes_at, row.zone),
        place=row.site or _("online"),
        state=labels.SITTING_STATE[SittingState(row.state)],
        tone=TONE[SittingState(row.state)],
        slices=slices(dict(row.counts)),
    )


def slices(counts: dict[str, int]) -> list[Slice]:
    """Return how many entries stand in which state, for a chart."""
    return [
        Slice(labels.ENTRY_STATE[state], counts[state], tone)
        for state, tone in ENTRY_TONE.items()
        if counts.get(state)
    ]


def _form(request: Request) -> Planned:
    titles = _versions()
    waiting = queries.waiting().order_by().values_list("scheme_version_id", flat=True).distinct()
    wanted = [key for key in waiting if key in titles]
    return Planned(
        request.POST if request.method == "POST" else None,
        schemes=list(titles.items()),
        chosen=wanted,
        papers=_papers(request),
        sites=people.sites(),
        at=request.at,
    )


def _papers(request: Request) -> list[tuple[str, str]]:
    """Return the forms, those that nobody can have seen first; sittings of one hour may share one."""
    used = queries.used_forms()
    rows = sorted(itembank.forms(request.actor), key=lambda row: row.ref in used)
    seen = _("%(title)s (already used in a sitting)")
    return [
        (row.ref, seen % {"title": row.title} if row.ref in used else row.title) for row in rows
    ]


def _planned_before(request: Request, form: Planned) -> str | None:
    """Return the sitting of the same title and hours that stands planned already, if any."""
    said, asked = form.cleaned_data, form.plan()
    same = (
        row.ref
        for row in queries.sittings(request.actor)
        if (row.title, row.opens_at, row.state)
        == (said["judul"], asked["opens_at"], SittingState.PLANNED)
    )
    return next(same, None)


def _versions() -> dict[int, str]:
    """Return what the versions that candidates may be bound to are called, by key."""
    rows = [row for row in schemes.versions() if row.state != VersionState.DRAFT]
    said = schemes.contents(row.id for row in rows)
    return {
        row.id: _("%(title)s, version %(n)d")
        % {"title": scheme_labels.local(said[row.id].title), "n": row.number}
        for row in rows
    }


def _tabs(*, past: bool) -> list[Tab]:
    here = reverse("office:sittings")
    return [
        Tab(_("Coming and running"), here, current=not past),
        Tab(_("Over"), f"{here}?waktu=lalu", current=past),
    ]
