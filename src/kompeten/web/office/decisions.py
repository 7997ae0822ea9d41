"""What waits for the committee, what does it decide, and what does the director sign?"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kompeten.decisions import actions, labels, queries
from kompeten.decisions.terms import CONVENERS, AgendaRow, DecreeState, MeetingState, State
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.schemes import labels as scheme_labels
from kompeten.web.office import asking, nav, sending, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.decisions_forms import Convene, Departures, Minutes, Sign
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Slice, Tone

if TYPE_CHECKING:
    from kompeten.decisions.models import Decision, Meeting

READERS = queries.SEES
COMMITTEE = frozenset({Role.COMMITTEE})
DIRECTOR = frozenset({Role.DIRECTOR})
ON_AGENDA = 400  # as many sheets as one meeting takes at once
TONE = {State.PROPOSED: Tone.INFO, State.GRANTED: Tone.GOOD, State.DEFERRED: Tone.WAIT}

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


@dataclass(frozen=True, slots=True)
class Line:
    """A decision as the agenda shows it; `components` are (word, percent, met)."""

    row: AgendaRow
    scheme: str
    route: Any
    components: tuple[tuple[Any, int, bool], ...]
    state: Any
    tone: Tone
    recommended: str
    decided: str


@require_safe
@asking.only(READERS)
def overview(request: Request) -> HttpResponse:
    """Show what waits for a meeting, the meetings, and the decrees."""
    meetings = queries.meetings(request.actor)
    sheet = asking.slice_of(request, meetings.count())
    start = asking.offset(sheet)
    rows = meetings.select_related("decree")[start : start + asking.PAGE_SIZE]
    context = {
        "waiting": queries.inbox().count(),
        "meetings": queries.meeting_rows(rows),
        "sheet": sheet,
        "convenes": request.actor.may(CONVENERS),
        "signs": request.actor.may(DIRECTOR),
        "states": labels.MEETING_STATE,
        "decree_states": labels.DECREE_STATE,
    }
    return page(request, "office/decisions.html", context)


@asking.only(CONVENERS)
def convene(request: Request) -> HttpResponse:
    """Convene a committee and put what waits on its agenda."""
    committee = people.accounts_with(Role.COMMITTEE, at=request.at)
    form = Convene(request.POST or None, committee=committee, at=request.at)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = [m for m in committee if str(m.account) in said["anggota"]]
        rng = random.SystemRandom()
        try:
            meeting = actions.convene(
                chosen,
                held_at=said["waktu"],
                zone=said["zona"],
                place=said["tempat"],
                by=request.actor,
                at=request.at,
                rng=rng,
            )
        except StepRefused as refusal:
            form.add_error(None, [words.reason(code) for code in refusal.reasons])
        else:
            _put_on_agenda(request, meeting)
            return go(request, "office:meeting", meeting.ref)
    context = {"form": form, "waiting": queries.inbox().count()}
    status = 422 if form.errors else 200
    return page(request, "office/decisions_convene.html", context, status=status)


@require_safe
@asking.only(READERS)
def meeting(request: Request, ref: str) -> HttpResponse:
    """Show a meeting: who sits, its agenda, its minutes and its decree."""
    return _meeting(request, _found(request, ref))


@require_POST
@asking.only(CONVENERS)
def propose(request: Request, ref: str) -> HttpResponse:
    """Put what waits on the agenda of a meeting."""
    _put_on_agenda(request, _found(request, ref))
    return go(request, "office:meeting", ref)


@require_POST
@asking.only(COMMITTEE)
def decide(request: Request, ref: str) -> HttpResponse:
    """Decide on everything open: as recommended, but where a departure is written."""
    held = _found(request, ref)
    open_ones = list(queries.agenda(held).filter(state=State.PROPOSED)[:ON_AGENDA])
    form = Departures(request.POST, refs=[d.ref for d in open_ones])
    if not form.is_valid():
        return _meeting(request, held, departures=form, status=422)
    departures = form.departures({d.ref: d.recommended for d in open_ones})
    actions.decide(held, open_ones, by=request.actor, at=request.at, departures=departures)
    messages.success(
        request,
        ngettext("%(n)d decision taken.", "%(n)d decisions taken.", len(open_ones))
        % {"n": len(open_ones)},
    )
    return go(request, "office:meeting", ref)


@require_POST
@asking.only(COMMITTEE)
def close(request: Request, ref: str) -> HttpResponse:
    """End a meeting with its minutes; its decree is drawn up with the next number."""
    held = _found(request, ref)
    form = Minutes(request.POST)
    if form.is_valid():
        try:
            rng = random.SystemRandom()
            minutes = form.cleaned_data["risalah"]
            actions.close(held, minutes=minutes, by=request.actor, at=request.at, rng=rng)
        except StepRefused as refusal:
            form.add_error(None, [words.reason(code) for code in refusal.reasons])
        else:
            return go(request, "office:meeting", ref)
    return _meeting(request, held, minutes=form, status=422)


@require_POST
@asking.only(DIRECTOR)
def sign(request: Request, ref: str) -> HttpResponse:
    """Sign a decree; certificates follow by themselves."""
    decree = asking.there(queries.decree(ref, request.actor))
    form = Sign(request.POST)
    if not form.is_valid():
        return _meeting(request, decree.meeting, sign=form, status=422)
    actions.sign(decree, place=form.cleaned_data["kota"], by=request.actor, at=request.at)
    messages.success(request, _("Signed. The certificates are being issued now."))
    return go(request, "office:meeting", decree.meeting.ref)


@require_safe
@asking.only(READERS)
def paper(request: Request, ref: str) -> HttpResponse:
    """Send the decree as PDF."""
    decree = asking.there(queries.decree(ref, request.actor))
    content = asking.there(queries.paper(decree))
    name = f"SK-{decree.number}.pdf".replace("/", "-").replace(" ", "-")
    return sending.attachment(content, name=name, media_type="application/pdf")


def _found(request: Request, ref: str) -> "Meeting":
    return asking.there(queries.meeting(ref, request.actor))


def _put_on_agenda(request: Request, held: "Meeting") -> None:
    rng = random.SystemRandom()
    sheets = list(queries.inbox()[:ON_AGENDA])
    barred = actions.propose(held, sheets, by=request.actor, at=request.at, rng=rng)
    if barred:
        messages.warning(
            request,
            _("%(n)d results stay off the agenda: a member is tied to the candidate.")
            % {"n": len(barred)},
        )


def _meeting(
    request: Request,
    held: "Meeting",
    *,
    departures: Departures | None = None,
    minutes: Minutes | None = None,
    sign: Sign | None = None,
    status: int = 200,
) -> HttpResponse:
    found = queries.agenda(held)
    sheet = asking.slice_of(request, found.count(), size=100)
    start = asking.offset(sheet)
    members = queries.member_ids(held)
    named = people.persons(members)
    counts = queries.counts(held)
    decree = queries.decree_of(held)
    sits = request.actor.person_id in members and request.actor.may(COMMITTEE)
    is_open = held.state == MeetingState.CONVENED
    context = {
        "meeting": held,
        "members": [named[m].full_name for m in members if m in named],
        "lines": _lines(list(found[start : start + 100])),
        "sheet": sheet,
        "slices": _slices(counts),
        "undecided": counts.get(State.PROPOSED, 0),
        "decree": decree,
        "decree_state": labels.DECREE_STATE[DecreeState(decree.state)] if decree else "",
        "decides": sits and is_open and counts.get(State.PROPOSED, 0) > 0,
        "closes": sits and is_open and counts and not counts.get(State.PROPOSED, 0),
        "proposes": request.actor.may(CONVENERS) and is_open and queries.inbox().exists(),
        "signs": decree is not None
        and decree.state == DecreeState.DRAWN_UP
        and request.actor.may(DIRECTOR),
        "departures": departures,
        "minutes": minutes or Minutes(),
        "sign": sign or Sign(initial={"kota": "Jakarta"}),
        "state": labels.MEETING_STATE[MeetingState(held.state)],
        "back": reverse("office:decisions"),
    }
    return page(request, "office/decisions_meeting.html", context, status=status)


def _lines(decisions: "Sequence[Decision]") -> list[Line]:
    titles = shown.scheme_titles()
    return [
        Line(
            row=row,
            scheme=titles.get(row.scheme_code, row.scheme_code),
            route=shown.route(row.route),
            components=tuple(
                (scheme_labels.COMPONENT.get(code, code), points * 100 // out_of, met)
                for code, points, out_of, met in row.components
            ),
            state=labels.STATE[State(row.state)],
            tone=TONE[State(row.state)],
            recommended="K" if row.recommended else "BK",
            decided={State.GRANTED: "K", State.DEFERRED: "BK"}.get(State(row.state), ""),
        )
        for row in queries.agenda_rows(decisions)
    ]


def _slices(counts: dict[str, int]) -> list[Slice]:
    return [
        Slice(labels.STATE[state], counts[state], tone)
        for state, tone in TONE.items()
        if counts.get(state)
    ]
