"""What waits for the committee, when does it meet, and what does the director sign? The overview."""

import random
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.decisions import actions, queries
from kompeten.decisions.terms import CONVENERS, MeetingRow, MeetingState
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.web.office import asking, hours, nav
from kompeten.web.office.asking import Request
from kompeten.web.office.decisions_forms import Convene
from kompeten.web.office.portfolios import listed
from kompeten.web.ui.http import go, page

if TYPE_CHECKING:
    from kompeten.decisions.models import Meeting

READERS = queries.SEES
COMMITTEE = frozenset({Role.COMMITTEE})
DIRECTOR = frozenset({Role.DIRECTOR})
ON_AGENDA = 1000  # as many results as are put on an agenda in one go

nav.offer(
    nav.Place(
        label=gettext_lazy("Decisions"),
        route="office:decisions",
        icon="scale",
        order=80,
        roles=READERS,
    ),
    nav.Inbox(
        name="decisions.sheets",
        label=gettext_lazy("Results waiting for a meeting"),
        hint=gettext_lazy("Convene a committee that is tied to none of them."),
        place="office:decisions",
        route="office:decisions",
        roles=CONVENERS,
        count=lambda request: queries.inbox().count(),
    ),
    nav.Inbox(
        name="decisions.meetings",
        label=gettext_lazy("Meetings to decide in"),
        hint=gettext_lazy("You sit in them; their agenda waits."),
        place="office:decisions",
        route="office:decisions",
        roles=COMMITTEE,
        count=lambda request: queries.sits_in(request.actor).count(),
    ),
    nav.Inbox(
        name="decisions.decrees",
        label=gettext_lazy("Decrees to sign"),
        hint=gettext_lazy("Certificates go out once they are signed."),
        place="office:decisions",
        route="office:decisions",
        roles=DIRECTOR,
        count=lambda request: queries.unsigned(request.actor).count(),
    ),
)


@require_safe
@asking.only(READERS)
def overview(request: Request) -> HttpResponse:
    """Show what waits for a meeting, the meetings, and the decrees to sign."""
    meetings = queries.meetings(request.actor)
    sheet = asking.slice_of(request, meetings.count())
    start = asking.offset(sheet)
    rows = queries.meeting_rows(meetings.select_related("decree")[start : start + asking.PAGE_SIZE])
    signs = request.actor.may(DIRECTOR)
    context = {
        "waiting": queries.inbox().count(),
        "meetings": [(row, when(row)) for row in rows],
        "sheet": sheet,
        "convenes": request.actor.may(CONVENERS),
        "unsigned": list(queries.unsigned(request.actor)) if signs else [],
    }
    return page(request, "office/decisions.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(CONVENERS)
def convene(request: Request) -> HttpResponse:
    """Convene a committee and put what waits on its agenda."""
    committee = people.accounts_with(Role.COMMITTEE, at=request.at)
    form = Convene(request.POST or None, committee=committee, at=request.at)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        known = _convened_before(request, form)
        if known is not None:  # a second click: it was convened so a moment ago
            return go(request, "office:meeting", known)
        try:
            meeting = actions.convene(
                form.members(committee),
                held_at=said["waktu"],
                zone=said["zona"],
                place=said["tempat"],
                by=request.actor,
                at=request.at,
                rng=random.SystemRandom(),
            )
        except StepRefused as refusal:
            form.add_error("anggota", [words.reason(code) for code in refusal.reasons])
        else:
            put_on_agenda(request, meeting)
            return go(request, "office:meeting", meeting.ref)
    context = {"form": form, "waiting": queries.inbox().count(), "committee": committee}
    status = 422 if form.errors else 200
    return page(request, "office/decisions_convene.html", context, status=status)


@require_POST
@asking.only(CONVENERS)
def propose(request: Request, ref: str) -> HttpResponse:
    """Put what waits on the agenda of a meeting."""
    put_on_agenda(request, asking.there(queries.meeting(ref, request.actor)))
    return go(request, "office:meeting", ref)


def put_on_agenda(request: Request, held: "Meeting") -> None:
    """Put what waits on the agenda, and say who stays off it and why."""
    rng = random.SystemRandom()
    sheets = list(queries.inbox().select_related("person")[:ON_AGENDA])
    barred = actions.propose(held, sheets, by=request.actor, at=request.at, rng=rng)
    off: dict[tuple[str, ...], list[str]] = {}
    for result in sheets:
        if reasons := barred.get(result.ref):
            off.setdefault(reasons, []).append(result.person.name)
    for reasons, names in off.items():
        why = " ".join(words.reason(code) for code in reasons)
        said = _("Left off the agenda: %(names)s. %(why)s")
        messages.warning(request, said % {"names": listed(names), "why": why})


def when(row: "MeetingRow | Meeting") -> str:
    """Return day and hour of a meeting, on the clocks of its place."""
    return _("%(day)s, %(hour)s %(zone)s") % {
        "day": hours.day(row.held_at, row.zone),
        "hour": hours.clock(row.held_at, row.zone),
        "zone": hours.zone_word(row.zone),
    }


def _convened_before(request: Request, form: Convene) -> str | None:
    """Return the open meeting at the same hour and place, if there is one."""
    said = form.cleaned_data
    same = queries.meetings(request.actor).filter(
        held_at=said["waktu"], place=said["tempat"], state=MeetingState.CONVENED
    )
    return same.values_list("ref", flat=True).first()
