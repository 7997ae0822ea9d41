"""How do those whom a failure hit get another sitting? A form, a day and hours: then exactly they have seats."""

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompeten.exams import actions, labels, queries
from kompeten.exams.terms import MAKEUP_AFTER, PLANNERS, EntryState, SeatingRefused
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.itembank import queries as itembank
from kompeten.people.terms import Roll
from kompeten.web.office import asking, hours
from kompeten.web.office.asking import Request
from kompeten.web.office.board_forms import Makeup
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from kompeten.exams.models import Entry, Sitting

NAMED = 60  # names shown at once; the rest are folded
BOTH = "semua"
A_WEEK = timedelta(days=7)


@require_http_methods(["GET", "POST"])
@asking.only(PLANNERS)
def makeup(request: Request, ref: str) -> HttpResponse:
    """Plan a make-up for those of a sitting who were interrupted or absent, and seat exactly them."""
    found = asking.there(queries.sitting(ref, request.actor))
    waiting = _waiting(found)
    form = _form(request, found, waiting)
    if request.method != "POST":
        return _page(request, found, waiting, form)
    if not waiting:
        messages.info(request, _("Nobody of this sitting needs another seat any more."))
        return go(request, "office:board", ref)
    if not form.is_valid():
        return _page(request, found, waiting, form, status=422)
    shown = set(request.POST.get("peserta", "").split())
    entries = [e for e in _of(waiting, form.cleaned_data["siapa"]) if e.ref in shown]
    if not entries:
        messages.info(request, _("Nobody was chosen, or they have their seats already."))
        return go(request, "office:makeup", ref)
    try:
        plan, rng = form.plan(found.zone), random.SystemRandom()
        made = actions.makeup(found, entries, **plan, by=request.actor, at=request.at, rng=rng)
    except StepRefused as refusal:
        form.refuse(refusal)
        return _page(request, found, waiting, form, status=422)
    except SeatingRefused as refusal:
        codes = sorted({code for why in refusal.by_ref.values() for code in why})
        form.add_error(None, [words.reason(code) for code in codes])
        return _page(request, found, waiting, form, status=409)
    told = ngettext(
        "The make-up is planned, and %(n)d candidate has a seat in it.",
        "The make-up is planned, and %(n)d candidates have seats in it.",
        len(entries),
    )
    messages.success(request, told % {"n": len(entries)})
    return go(request, "office:board", made.ref)


def _waiting(found: "Sitting") -> "list[Entry]":
    """Return who was interrupted or absent here and holds no other seat, by name."""
    missed = queries.in_states(*MAKEUP_AFTER).filter(sitting=found)
    entries = list(missed.select_related("person", "sitting").order_by("person__name", "id"))
    if not entries:
        return []
    open_to = {application.pk for application in queries.makeups()}
    return [entry for entry in entries if entry.application_id in open_to]


def _of(waiting: "list[Entry]", group: str) -> "list[Entry]":
    return [entry for entry in waiting if group in (BOTH, entry.state)]


def _groups(waiting: "list[Entry]") -> list[tuple[str, str]]:
    """Return whom a make-up can be for, each with how many they are; the interrupted stand first."""
    states = (EntryState.INTERRUPTED, EntryState.ABSENT)
    counted = [(state, len(_of(waiting, state))) for state in states]
    groups = [(state.value, f"{labels.ENTRY_STATE[state]} ({n})") for state, n in counted if n]
    if len(groups) > 1:
        groups.append((BOTH, _("all of them (%(n)d)") % {"n": len(waiting)}))
    return groups


def _form(request: Request, found: "Sitting", waiting: "list[Entry]") -> Makeup:
    used, groups = queries.used_forms(), _groups(waiting)
    papers = [(row.ref, row.title) for row in itembank.forms(request.actor) if row.ref not in used]
    return Makeup(
        request.POST if request.method == "POST" else None,
        groups=groups,
        papers=papers,
        initial=_usual(found, at=request.at)
        | {
            "judul": _("Make-up: %(title)s") % {"title": found.title[:100]},
            "siapa": groups[0][0] if groups else "",
        },
    )


def _usual(found: "Sitting", *, at: datetime) -> dict[str, Any]:
    """Return the hours of the sitting, on the first such weekday that is at least a week ahead."""
    zone = ZoneInfo(found.zone)
    opens = found.opens_at.astimezone(zone).replace(tzinfo=None)
    long = found.closes_at - found.opens_at
    while opens < at.astimezone(zone).replace(tzinfo=None) + A_WEEK:
        opens += A_WEEK
    return {"buka": opens, "tutup": opens + long}


def _page(
    request: Request, found: "Sitting", waiting: "list[Entry]", form: Makeup, *, status: int = 200
) -> HttpResponse:
    note_list(request, Roll.SITTING, (entry.person_id for entry in waiting), about=found.ref)
    people = [
        {"name": entry.person.name, "state": labels.ENTRY_STATE[EntryState(entry.state)]}
        for entry in waiting
    ]
    context = {
        "sitting": found,
        "when": hours.when(found.opens_at, found.closes_at, found.zone),
        "place": found.site.name if found.site else _("online"),
        "zone": hours.zone_word(found.zone),
        "form": form,
        "papers": bool(form.fields["paket"].choices),  # type: ignore[attr-defined]
        "count": len(waiting),
        "people": people[:NAMED],
        "more": people[NAMED:],
        "refs": " ".join(entry.ref for entry in waiting),
    }
    return page(request, "office/board_makeup.html", context, status=status)
