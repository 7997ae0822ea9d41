"""Who comes to a session, and who came? Places given in batches, and the attendance list."""

import random
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kompeten.applications import queries as applications
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people.terms import Roll
from kompeten.training import actions, queries
from kompeten.training.terms import Enrolled, EnrolmentState, State
from kompeten.web.office import asking, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.training import PLANNERS, READERS, card
from kompeten.web.office.training_forms import Waiting
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kompeten.applications.models import Application
    from kompeten.training.models import Session

BATCH = 500  # at most so many places are given at once
SIZE = 50
FORMAL = frozenset({"role.not_held", "step.not_open"})


@require_http_methods(["GET", "POST"])
@asking.only(PLANNERS)
def enrol(request: Request, ref: str) -> HttpResponse:
    """Show who has no place yet, and give places: to those ticked, or to the first of the list."""
    found = asking.there(queries.session(ref, request.actor))
    form = Waiting(
        request.GET,
        schemes=shown.scheme_titles(),
        provinces=shown.provinces(asking.today(request)),
    )
    waiting = queries.inbox(**form.chosen())
    if request.method != "POST":
        return _offer(request, found, form, waiting)
    chosen = _chosen(request, found, waiting)
    if not chosen:
        return _offer(request, found, form, waiting, refused=_("Tick at least one candidate."))
    rng = random.SystemRandom()
    try:
        done = actions.enrol_many(found, chosen, by=request.actor, at=request.at, rng=rng)
    except StepRefused as refusal:
        if not FORMAL.isdisjoint(refusal.reasons):
            raise
        return _offer(request, found, form, waiting, refused=words.reason(refusal.reasons[0]))
    messages.success(request, _told(done))
    return go(request, "office:session", ref)


@require_http_methods(["GET", "POST"])
@asking.only(READERS)
def attendance(request: Request, ref: str) -> HttpResponse:
    """Take the attendance list, or correct it while it is not final."""
    found = asking.there(queries.session(ref, request.actor))
    if request.method == "POST":
        ticked = asking.keys(request, "hadir")
        held = actions.record_attendance(found, ticked, by=request.actor, at=request.at)
        messages.success(
            request,
            _("%(attended)d attended, %(absent)d did not. The list has been kept.")
            % {"attended": held.attended, "absent": held.absent},
        )
        return go(request, "office:session", ref)
    all_ticked = request.GET.get("centang") == "semua"
    rows = queries.participants(found)
    note_list(request, Roll.TRAINING, (p.person_id for p in rows), about=ref)
    context = {
        "card": card(queries.session_rows([found])[0]),
        "lines": [
            (p, shown.region(p.region_code), all_ticked or p.state == EnrolmentState.ATTENDED)
            for p in rows
        ],
        "corrects": found.state == State.HELD,
    }
    return page(request, "office/training_attendance.html", context)


@require_POST
@asking.only(READERS)
def withdraw(request: Request, ref: str, key: int) -> HttpResponse:
    """Take a candidate's place back, so that they wait for another."""
    found = asking.there(queries.session(ref, request.actor))
    actions.withdraw(asking.there(queries.place_in(found, key)), by=request.actor, at=request.at)
    messages.success(request, _("The place is free again."))
    return go(request, "office:session", ref)


def _chosen(
    request: Request, found: "Session", waiting: "QuerySet[Application]"
) -> "list[Application]":
    """Return the candidates meant: the first of the list for every place left, or those ticked."""
    if "isi" in request.POST:
        return list(waiting[: min(found.quota - found.taken, BATCH)])
    return list(applications.by_ids(asking.keys(request, "pilih")[:BATCH]).values())


def _offer(
    request: Request,
    found: "Session",
    form: Waiting,
    waiting: "QuerySet[Application]",
    *,
    refused: str = "",
) -> HttpResponse:
    titles = shown.scheme_titles()
    sheet = asking.slice_of(request, waiting.count(), size=SIZE)
    rows = queries.waiting_rows(waiting, offset=asking.offset(sheet), limit=SIZE)
    note_list(request, Roll.TRAINING, (row.person_id for row in rows), about=found.ref)
    context = {
        "card": card(queries.session_rows([found])[0]),
        "form": form,
        "lines": [
            (row, shown.region(row.region_code), titles.get(row.scheme_code, row.scheme_code))
            for row in rows
        ],
        "sheet": sheet,
        "fill": min(found.quota - found.taken, sheet.paginator.count, BATCH),
        "refused": refused,
    }
    status = 422 if refused else 200
    return page(request, "office/training_enrol.html", context, part="waiting", status=status)


def _told(done: Enrolled) -> str:
    said = ngettext("%(n)d place given.", "%(n)d places given.", done.given) % {"n": done.given}
    before = done.here_before + done.elsewhere
    if not before:
        return said
    had = ngettext("%(n)d had one before.", "%(n)d had one before.", before) % {"n": before}
    return f"{said} {had}"
