"""When are candidates prepared? The calendar, one session, and what a coordinator plans."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.regions import labels as region_labels
from kompeten.training import actions, labels, queries
from kompeten.training.terms import SessionRow, State
from kompeten.web.office import asking, nav, shown, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.training_forms import Cancelling, Planned
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tab, Tone

if TYPE_CHECKING:
    from kompeten.training.models import Session

READERS = queries.SEES_ALL | {Role.TRAINER}
PLANNERS = frozenset({Role.COORDINATOR})
LISTERS = PLANNERS | {Role.TRAINER}
CHANGING = frozenset({State.PLANNED, State.OPEN})

nav.offer(
    nav.Place(
        label=gettext_lazy("Preparation"),
        route="office:training",
        icon="presentation-chart-bar",
        order=30,
        roles=READERS,
    ),
    nav.Inbox(
        name="training.waiting",
        label=gettext_lazy("Candidates without a session"),
        hint=gettext_lazy("Give them places, or plan another session."),
        place="office:training",
        route="office:training",
        roles=PLANNERS,
        count=lambda request: queries.inbox().count(),
    ),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A session as pages show it."""

    row: SessionRow
    when: str
    state: Any
    tone: Tone


@require_safe
@asking.only(READERS)
def calendar(request: Request) -> HttpResponse:
    """Show the sessions that come, or those that were."""
    past = request.GET.get("waktu") == "lalu"
    found = queries.visible(request.actor)
    found = found.filter(ends_at__lt=request.at) if past else found.filter(ends_at__gte=request.at)
    sheet = asking.slice_of(request, found.count())
    rows = queries.calendar(found, offset=asking.offset(sheet), limit=asking.PAGE_SIZE)
    plans = request.actor.may(PLANNERS)
    context = {
        "cards": [card(row) for row in rows],
        "sheet": sheet,
        "past": past,
        "plans": plans,
        "waiting": queries.inbox().count() if plans else 0,
        "tabs": _tabs(past=past),
    }
    return page(request, "office/training.html", context)


@require_safe
@asking.only(READERS)
def session(request: Request, ref: str) -> HttpResponse:
    """Show one session: when and where, who comes, and what can be done now."""
    found = asking.there(queries.session(ref, request.actor))
    return _show(request, found, Cancelling())


@require_http_methods(["GET", "POST"])
@asking.only(PLANNERS)
def plan(request: Request) -> HttpResponse:
    """Plan a session."""
    form = Planned(request.POST or None, trainers=_trainers(request))
    if request.method == "POST" and form.is_valid():
        rng = random.SystemRandom()
        try:
            made = actions.plan(form.plan(), by=request.actor, at=request.at, rng=rng)
        except StepRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("The session is planned. Open it for names when it is settled.")
            )
            return go(request, "office:session", made.ref)
    context = {"form": form, "session": None}
    return page(request, "office/training_plan.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@asking.only(PLANNERS)
def revise(request: Request, ref: str) -> HttpResponse:
    """Change what a session is to be."""
    found = asking.there(queries.session(ref, request.actor))
    form = Planned(
        request.POST or None,
        trainers=_trainers(request),
        session=queries.session_rows([found])[0],
        taught_by=queries.trainer_ids(found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise(found, form.plan(), by=request.actor, at=request.at)
        except StepRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The plan has been changed."))
            return go(request, "office:session", ref)
    context = {"form": form, "session": found}
    return page(request, "office/training_plan.html", context, status=422 if form.errors else 200)


@require_POST
@asking.only(READERS)
def announce(request: Request, ref: str) -> HttpResponse:
    """Open a session for names."""
    found = asking.there(queries.session(ref, request.actor))
    actions.announce(found, by=request.actor, at=request.at)
    messages.success(request, _("The session is open: candidates can be given places."))
    return go(request, "office:session", ref)


@require_POST
@asking.only(READERS)
def close(request: Request, ref: str) -> HttpResponse:
    """Make a list final."""
    found = asking.there(queries.session(ref, request.actor))
    actions.close(found, by=request.actor, at=request.at)
    messages.success(request, _("The attendance list is final."))
    return go(request, "office:session", ref)


@require_POST
@asking.only(READERS)
def cancel(request: Request, ref: str) -> HttpResponse:
    """Call a session off."""
    found = asking.there(queries.session(ref, request.actor))
    form = Cancelling(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    reason = form.cleaned_data["alasan"]
    actions.cancel(found, reason=reason, by=request.actor, at=request.at)
    messages.success(request, _("The session is called off; its people wait for another."))
    return go(request, "office:session", ref)


def card(row: SessionRow) -> Card:
    """Return a session as pages show it."""
    return Card(row, _when(row), labels.STATE[row.state], shown.SESSION_TONE[row.state])


def _show(
    request: Request, found: "Session", cancelling: Cancelling, *, status: int = 200
) -> HttpResponse:
    state = State(found.state)
    plans, lists = request.actor.may(PLANNERS), request.actor.may(LISTERS)
    begun = found.starts_at <= request.at
    people_on_it = queries.participants(found)
    note_list(request, Roll.TRAINING, (p.person_id for p in people_on_it), about=found.ref)
    context = {
        "card": card(queries.session_rows([found])[0]),
        "participants": [
            (p, shown.region(p.region_code), labels.ENROLMENT_STATE[p.state], tone)
            for p in people_on_it
            for tone in [shown.ENROLMENT_TONE[p.state]]
        ],
        "columns": [_("Name"), _("State"), *(plans and state is State.OPEN) * [""]],
        "counts": {s.name: sum(p.state == s for p in people_on_it) for s in shown.ENROLMENT_TONE},
        "may_revise": plans and state in CHANGING,
        "may_announce": plans and state is State.PLANNED,
        "may_enrol": plans and state is State.OPEN,
        "may_list": lists and begun and state in {State.OPEN, State.HELD},
        "may_close": plans and state is State.HELD,
        "reads_files": request.actor.may(shown.READS_FILES),
        "cancelling": cancelling,
        "story": stories.of("session", found.pk, zone=found.zone),
    }
    return page(request, "office/training_session.html", context, status=status)


def _tabs(*, past: bool) -> list[Tab]:
    here = reverse("office:training")
    return [
        Tab(_("Coming"), here, current=not past),
        Tab(_("Past"), f"{here}?waktu=lalu", current=past),
    ]


def _trainers(request: Request) -> list[tuple[int, str]]:
    found = people.accounts_with(Role.TRAINER, at=request.at)
    return [(a.person_id, a.label) for a in found if a.person_id is not None]


def _when(row: SessionRow) -> str:
    """Return day and hours on the clocks of the session's own zone."""
    zone = ZoneInfo(row.zone)
    start, end = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    day = "l, j F Y"
    parts = {
        "day": formats.date_format(start, day),
        "last": formats.date_format(end, day),
        "start": formats.time_format(start),
        "end": formats.time_format(end),
        "zone": region_labels.ZONE[row.zone.value],
    }
    if start.date() == end.date():
        return _("%(day)s, %(start)s–%(end)s %(zone)s") % parts
    return _("%(day)s, %(start)s to %(last)s, %(end)s %(zone)s") % parts
