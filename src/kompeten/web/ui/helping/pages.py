"""The pages of whoever helps: who can be helped, the beginning with the person, and the end."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.applications import actions, queries
from kompeten.applications.labels import HELP_TEXT, STATE
from kompeten.applications.terms.application import State
from kompeten.applications.terms.helping import HELP_VERSION, HelpEnd
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import actions as people_actions
from kompeten.people.terms import Roll, Sight
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.web.ui.helping import session
from kompeten.web.ui.helping.forms import EMPTY, WRONG, Beginning
from kompeten.web.ui.helping.session import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Column

if TYPE_CHECKING:
    from kompeten.applications.models import Application

View = Callable[..., HttpResponse]
PAGE_SIZE = 25
LAYOUT = {"candidate": "ui/layout_candidate.html", "office": "office/base.html"}
COLUMNS = (_("Person"), _("How it stands"), Column("", "action"))


class Search(forms.Form):
    """Whom to look for."""

    cari = forms.CharField(label=_("Name or reference"), max_length=80, required=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One person who can be helped, as the list shows them."""

    ref: str
    name: str
    scheme: str
    listed: str
    word: Any


def people(face: str) -> View:
    """Return the page of `face` that lists whom the actor may help. Six queries at any size."""

    @require_safe
    def listing(request: Request) -> HttpResponse:
        _require_helper(request)
        form = Search(request.GET)
        text = form.cleaned_data["cari"] if form.is_valid() else ""
        found = queries.search_helpable(request.actor, text)
        sheet = Paginator(range(found.count()), PAGE_SIZE).get_page(request.GET.get("halaman"))
        first = max(sheet.start_index() - 1, 0)
        rows = list(found[first : first + PAGE_SIZE])
        note_list(request, Roll.HELP, (row.person_id for row in rows))
        context = {
            "form": form,
            "columns": COLUMNS,
            "lines": [_line(row) for row in rows],
            "sheet": sheet,
            "now": queries.help_of(request.actor, at=request.at),
        }
        return _page(request, face, "ui/help_people.html", context, part="lines")

    return listing


def begin(face: str) -> View:
    """Return the page of `face` on which a person agrees to be helped and shows that it is they."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def beginning(request: Request, ref: str) -> HttpResponse:
        application = queries.to_help(ref, request.actor)
        if application is None:
            raise Http404
        people_actions.note_access(
            application.person_id, sight=Sight.APPLICATION, by=request.actor, at=request.at
        )
        form = Beginning(request.POST if request.method == "POST" else None, initial=_initial())
        if request.method == "POST" and form.is_valid() and _has_begun(request, application, form):
            return go(request, "candidate:application", ref)
        context = {
            "application": application,
            "name": application.person.name,
            "line": _line(application),
            "form": form,
            "text": HELP_TEXT[HELP_VERSION],
            "minutes": int(queries.idle().total_seconds() // 60),
            "must_log_in": queries.must_log_in(application, request.actor),
        }
        status = 422 if form.errors else 200
        return _page(request, face, "ui/help_begin.html", context, part="form", status=status)

    return beginning


def over(face: str) -> View:
    """Return the page of `face` that says that nothing of the person is left, and leads to the next."""

    @require_safe
    def ended(request: Request) -> HttpResponse:
        _require_helper(request)
        session.hush(request)
        answer = _page(request, face, "ui/help_over.html", {})
        answer["Clear-Site-Data"] = '"cache"'
        return answer

    return ended


def release(face: str) -> View:
    """Return the button of `face` that ends what the helper left going on at another device."""

    @require_POST
    def released(request: Request) -> HttpResponse:
        _require_helper(request)
        held = queries.help_of(request.actor, at=request.at)
        if held is not None:
            actions.end_help(held, why=HelpEnd.ELSEWHERE, by=request.actor, at=request.at)
        return go(request, f"{face}:help_people")

    return released


@require_POST
def end(request: Request) -> HttpResponse:
    """End what goes on at this device, whoever presses the button."""
    where = session.over(request)
    session.take_back(request)
    session.hush(request)
    return go(request, where)


@require_safe
def alive(request: Request) -> HttpResponse:
    """Answer a page on which somebody still types: that the device is in use was noted on the way here."""
    if request.helping is None:
        raise Http404
    return HttpResponse(status=204)


def _has_begun(request: Request, application: "Application", form: Beginning) -> bool:
    """Hand the device over if what was typed fits; else say on the form what does not."""
    if form.is_empty():
        form.add_error("kode", EMPTY)
        return False
    try:
        held = actions.begin_help(
            application,
            form.shown(),
            version=form.cleaned_data["version"],
            by=request.actor,
            at=request.at,
            rng=random.SystemRandom(),
        )
    except StepRefused as refusal:
        if "role.not_held" in refusal.reasons:
            raise
        for code in refusal.reasons:
            form.add_error(None, words.reason(code))
        return False
    if held is None:
        form.add_error("kode", WRONG)
        return False
    session.hand_over(request, held)
    return True


def _require_helper(request: Request) -> None:
    if not queries.may_help(request.actor):
        raise Http404


def _line(row: "Application") -> Line:
    version = schemes.version(row.scheme_version_id)
    return Line(
        ref=row.ref,
        name=row.person.name,
        scheme=scheme_labels.local(version.title),
        listed=row.collective.label if row.collective else "",
        word=STATE[State(row.state)],
    )


def _initial() -> dict[str, str]:
    return {"version": HELP_VERSION}


def _page(
    request: Request, face: str, template: str, context: dict[str, Any], **more: Any
) -> HttpResponse:
    addresses = {
        "layout": LAYOUT[face],
        "people_href": reverse(f"{face}:help_people"),
        "release_href": reverse(f"{face}:help_release"),
        "begin_route": f"{face}:help_begin",
        "home_href": "/kantor/" if face == "office" else "/saya/",
    }
    return page(request, template, addresses | context, **more)
