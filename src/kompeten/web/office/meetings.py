"""How does a committee decide? Its agenda with what is recommended, departures, minutes, the decree."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kompeten.decisions import actions, labels, queries
from kompeten.decisions.terms import CONVENERS, AgendaRow, DecreeState, MeetingState, State
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import queries as people
from kompeten.people.actions import NAME_KEEPERS
from kompeten.people.terms import Roll
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.web.office import asking, shown, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.decisions import COMMITTEE, DIRECTOR, READERS, when
from kompeten.web.office.decisions_forms import Departures, Minutes, Sign
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Slice, Tab, Tone

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kompeten.decisions.models import Decision, Meeting

ROWS = 50  # decisions on one page of the agenda
TONE = {State.PROPOSED: Tone.INFO, State.GRANTED: Tone.GOOD, State.DEFERRED: Tone.WAIT}
VERDICT = {State.GRANTED: "K", State.DEFERRED: "BK"}


@dataclass(frozen=True, slots=True)
class Means:
    """One component: its word, the share reached, and whether it is met."""

    word: Any
    percent: int
    met: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A decision as the agenda shows it; `otherwise` and `reason` are what was just written."""

    row: AgendaRow
    scheme: str
    route: Any
    means: tuple[Means, ...]
    recommended: str
    decided: str
    otherwise: bool
    reason: str
    fault: str


@require_safe
@asking.only(READERS)
def meeting(request: Request, ref: str) -> HttpResponse:
    """Show a meeting: who sits, its agenda, its minutes and its decree."""
    return _show(request, _found(request, ref))


@require_POST
@asking.only(COMMITTEE)
def decide(request: Request, ref: str) -> HttpResponse:
    """Decide on what the page showed, as recommended but where a departure is written; or on all left."""
    held = _found(request, ref)
    waiting = queries.agenda(held).filter(state=State.PROPOSED)
    if request.POST.get("semua") != "ya":
        waiting = waiting.filter(ref__in=request.POST.getlist("putusan"))
    open_ones = list(waiting)
    form = Departures(request.POST, refs=[d.ref for d in open_ones])
    if not form.is_valid():
        return _show(request, held, departures=form, status=422)
    departures = form.departures({d.ref: d.recommended for d in open_ones})
    actions.decide(held, open_ones, by=request.actor, at=request.at, departures=departures)
    said = ngettext("%(n)d decision taken.", "%(n)d decisions taken.", len(open_ones))
    messages.success(request, said % {"n": len(open_ones)})
    return go(request, "office:meeting", ref)


@require_POST
@asking.only(COMMITTEE)
def close(request: Request, ref: str) -> HttpResponse:
    """End a meeting with its minutes; its decree is drawn up with the next number."""
    held = _found(request, ref)
    if held.state == MeetingState.CLOSED:  # a second click: it was closed a moment ago
        return go(request, "office:meeting", ref)
    form = Minutes(request.POST)
    if form.is_valid():
        try:
            rng = random.SystemRandom()
            minutes = form.cleaned_data["risalah"]
            actions.close(held, minutes=minutes, by=request.actor, at=request.at, rng=rng)
        except StepRefused as refusal:
            form.add_error(None, [words.reason(code) for code in refusal.reasons])
        else:
            messages.success(request, _("Closed. The decree waits for the director."))
            return go(request, "office:meeting", ref)
    return _show(request, held, minutes=form, status=422)


@require_POST
@asking.only(DIRECTOR)
def sign(request: Request, ref: str) -> HttpResponse:
    """Sign a decree; certificates follow by themselves."""
    decree = asking.there(queries.decree(ref, request.actor))
    if decree.state == DecreeState.SIGNED:  # a second click: it was signed a moment ago
        return go(request, "office:meeting", decree.meeting.ref)
    form = Sign(request.POST)
    if not form.is_valid():
        return _show(request, decree.meeting, sign=form, status=422)
    try:
        actions.sign(decree, place=form.cleaned_data["kota"], by=request.actor, at=request.at)
    except StepRefused as refusal:
        form.add_error(None, [words.reason(code) for code in refusal.reasons])
        return _show(request, decree.meeting, sign=form, status=422)
    messages.success(request, _("Signed. The certificates are being issued now."))
    return go(request, "office:meeting", decree.meeting.ref)


@require_safe
@asking.only(READERS)
def decision(request: Request, ref: str) -> HttpResponse:
    """Show one decision: what was sealed, what was recommended, what was decided and why."""
    found = asking.there(queries.decision(ref, request.actor))
    line = _lines([found], None)[0]
    rules = schemes.content(found.application.scheme_version_id)
    decree = getattr(found.meeting, "decree", None)
    context = {
        "decision": found,
        "line": line,
        "state": labels.STATE[State(found.state)],
        "tone": TONE[State(found.state)],
        "means": [(m, rules.pass_percent(code)) for m, (code, *_rest) in _with_codes(line, found)],
        "mode": scheme_labels.PASS_MODE[rules.pass_rule.mode],
        "when": when(found.meeting),
        "decree": decree,
        "reads_files": request.actor.may(shown.READS_FILES),
        "names": request.actor.may(NAME_KEEPERS),
        "story": stories.of("decision", found.pk),
    }
    return page(request, "office/decision.html", context)


def _found(request: Request, ref: str) -> "Meeting":
    return asking.there(queries.meeting(ref, request.actor))


def _show(
    request: Request,
    held: "Meeting",
    *,
    departures: Departures | None = None,
    minutes: Minutes | None = None,
    sign: Sign | None = None,
    status: int = 200,
) -> HttpResponse:
    part = request.POST.get("bagian", "") or request.GET.get("bagian", "")
    found = _part(queries.agenda(held), part)
    sheet = asking.slice_of(request, found.count(), size=ROWS)
    start = asking.offset(sheet)
    shown_ones = list(found[start : start + ROWS])
    note_list(request, Roll.MEETING, (d.person_id for d in shown_ones), about=held.ref)
    context = _standing(request, held) | {
        "lines": _lines(shown_ones, departures),
        "open_here": sum(d.state == State.PROPOSED for d in shown_ones),
        "sheet": sheet,
        "part": part,
        "tabs": _tabs(held, part),
        "departures": departures,
        "minutes": minutes or Minutes(),
        "sign": sign or Sign(initial={"kota": "Jakarta"}),
        "story": stories.of("meeting", held.pk),
    }
    return page(request, "office/meeting.html", context, status=status)


def _standing(request: Request, held: "Meeting") -> dict[str, Any]:
    """Return how a meeting stands, who sits in it, and what the actor may do with it now."""
    members = queries.member_ids(held)
    named = people.persons(members)
    counts = queries.counts(held)
    decree = queries.decree_of(held)
    sits = request.actor.person_id in members and request.actor.may(COMMITTEE)
    is_open = held.state == MeetingState.CONVENED
    left = counts.get(State.PROPOSED, 0)
    return {
        "meeting": held,
        "when": when(held),
        "state": labels.MEETING_STATE[MeetingState(held.state)],
        "members": [named[m].full_name for m in members if m in named],
        "slices": [
            Slice(labels.STATE[state], counts[state], tone)
            for state, tone in TONE.items()
            if counts.get(state)
        ],
        "left": left,
        "decree": decree,
        "decree_state": labels.DECREE_STATE[DecreeState(decree.state)] if decree else "",
        "decides": sits and is_open and left > 0,
        "closes": sits and is_open and counts and not left,
        "proposes": request.actor.may(CONVENERS) and is_open and queries.inbox().exists(),
        "signs": decree is not None
        and decree.state == DecreeState.DRAWN_UP
        and request.actor.may(DIRECTOR),
    }


def _part(found: "QuerySet[Decision]", part: str) -> "QuerySet[Decision]":
    """Return the part of the agenda asked for."""
    if part not in PARTS:
        return found
    return found.filter(**PARTS[part])


def _lines(decisions: "Sequence[Decision]", departures: Departures | None) -> list[Line]:
    titles = shown.scheme_titles()
    return [
        Line(
            row=row,
            scheme=titles.get(row.scheme_code, row.scheme_code),
            route=shown.route(row.route),
            means=tuple(
                Means(scheme_labels.COMPONENT.get(code, code), points * 100 // out_of, met)
                for code, points, out_of, met in row.components
            ),
            recommended="K" if row.recommended else "BK",
            decided=VERDICT.get(State(row.state), ""),
            otherwise=bool(departures and departures.data.get(f"lain-{row.ref}")),
            reason=departures.data.get(f"alasan-{row.ref}", "") if departures else "",
            fault=_fault(departures, row.ref),
        )
        for row in queries.agenda_rows(decisions)
    ]


def _fault(departures: Departures | None, ref: str) -> str:
    said = departures.errors.get(f"alasan-{ref}") if departures else None
    return " ".join(str(one) for one in said) if said else ""


def _with_codes(line: Line, found: "Decision") -> list[tuple[Means, Any]]:
    (row,) = queries.agenda_rows([found])
    return list(zip(line.means, row.components, strict=True))


def _tabs(held: "Meeting", part: str) -> list[Tab]:
    here = reverse("office:meeting", args=[held.ref])
    names = {
        "": _("All"),
        "k": _("Recommended K"),
        "bk": _("Recommended BK"),
    }
    return [
        Tab(word, f"{here}?bagian={name}" if name else here, current=name == part)
        for name, word in names.items()
    ]


PARTS: dict[str, dict[str, bool]] = {"k": {"recommended": True}, "bk": {"recommended": False}}
