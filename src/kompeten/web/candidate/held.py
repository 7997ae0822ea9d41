"""What is held of somebody, why, and who looked? Their own page on their data, and what they can ask for."""

from dataclasses import dataclass
from secrets import SystemRandom
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.applications import queries as applications
from kompeten.foundation import handing_back, keeping, words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.people import actions, labels, queries
from kompeten.people.terms import (
    AccessRow,
    ConsentWay,
    ListedRow,
    Purpose,
    RemovalRow,
    RemovalState,
    Sight,
)
from kompeten.web.candidate import asking
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Happening, Tab, Tone

PAGE_SIZE = 25
LATEST = 5
RECORDS, LISTS = "berkas", "daftar"  # the parts of the trail
TONE = {
    RemovalState.REQUESTED: Tone.WAIT,
    RemovalState.ANSWERED: Tone.GOOD,
    RemovalState.TAKEN_BACK: Tone.PLAIN,
}


class Wish(forms.Form):
    """What somebody wants erased, in their own words."""

    maksud = forms.CharField(
        label=gettext_lazy("What do you want erased?"),
        help_text=gettext_lazy("Leave it empty if you mean all of it."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record of which something is held, in words."""

    label: Any
    count: int
    purpose: Any
    law: Any
    kept: str
    then: Any


@dataclass(frozen=True, slots=True)
class Agreed:
    """One text that the person agreed to."""

    purpose: Any
    text: Any
    version: str
    way: Any
    about: str
    given_at: Any


@require_safe
def overview(request: Request) -> HttpResponse:
    """Show what is held and why, the latest looks, what was agreed to, and what can be asked for."""
    person = asking.person(request)
    context = {
        "kinds": _kinds(person.pk),
        "seen": _files(person.pk)[:LATEST] or _lists(person.pk)[:LATEST],
        "agreed": _agreed(person.pk),
        "requests": [_line(row) for row in queries.own_removals(person.pk)],
        "asked": any(r.state is RemovalState.REQUESTED for r in queries.own_removals(person.pk)),
    }
    return page(request, "candidate/held.html", context)


@require_safe
def trail(request: Request) -> HttpResponse:
    """Show who opened the person's records or a list with them, by their part, and who helped, by name.

    Apart: of lists there are many, and between them nobody would find who read a document.
    """
    person = asking.person(request)
    found = {RECORDS: _files(person.pk), LISTS: _lists(person.pk)}
    part = request.GET.get("bagian", "")
    if part not in found:
        part = RECORDS if found[RECORDS] else LISTS
    sheet = Paginator(found[part], PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "seen": sheet.object_list,
        "sheet": sheet,
        "tabs": [
            Tab(label, f"{request.path}?bagian={name}", name == part, len(found[name]))
            for name, label in ((RECORDS, _("Your records")), (LISTS, _("Lists with you")))
        ],
        "helps": applications.helps_of(person.pk),
    }
    return page(request, "candidate/trail.html", context)


@require_POST
def export(request: Request) -> FileResponse:
    """Hand back everything at once: a file for machines, and the person's own documents."""
    person = asking.person(request)
    packed = handing_back.archive(person.pk, body=settings.OPTIONS.body_name, at=request.at)
    day = timezone.localdate(request.at)
    return FileResponse(
        packed,
        as_attachment=True,
        filename=f"data-saya-{person.ref}-{day:%Y%m%d}.zip",
        content_type="application/zip",
    )


@require_http_methods(["GET", "POST"])
def erase(request: Request) -> HttpResponse:
    """Say what can go and what has to stay, and ask for it."""
    person = asking.person(request)
    form = Wish(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.request_removal(
                person.pk,
                wish=form.cleaned_data["maksud"],
                by=request.actor,
                at=request.at,
                rng=SystemRandom(),
            )
        except StepRefused as refusal:
            asking.refuse(form, refusal)
        else:
            messages.success(request, _("We have your request. The answer comes on this page."))
            return go(request, "candidate:held")
    status = 422 if form.errors else 200
    context = {"form": form, "lines": _foreseen(person.pk)}
    return page(request, "candidate/erase.html", context, part="form", status=status)


@require_POST
def take_back(request: Request, ref: str) -> HttpResponse:
    """Let go of one's own request."""
    person = asking.person(request)
    found = asking.there(queries.own_removal(ref, person.pk))
    actions.take_back_removal(found, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. Nothing is erased."))
    return go(request, "candidate:held")


def _kinds(person_id: int) -> list[Kind]:
    found = []
    for kind in keeping.kinds():
        if count := len(kind.records(person_id)):
            found.append(Kind(kind.label, count, kind.purpose, kind.law, kind.time(), kind.then))
    return found


def _foreseen(person_id: int) -> list[dict[str, Any]]:
    """Return what of each kind would become of it today."""
    lines = []
    for kind in keeping.kinds():
        if kind.records(person_id):
            code = kind.stays(person_id)
            lines.append({"label": kind.label, "why": words.reason(code) if code else ""})
    return lines


def _files(person_id: int) -> list[Happening]:
    """Return who opened records of the person, the newest first. One query."""
    return [_told_file(row) for row in queries.access_rows(queries.accesses(person_id))]


def _lists(person_id: int) -> list[Happening]:
    """Return who opened lists with the person on them, the newest first. One query."""
    told = [_told_list(row) for row in queries.listed(person_id)]
    return sorted(told, key=lambda happening: happening.at, reverse=True)


def _told_file(row: AccessRow) -> Happening:
    filled_in = row.role is Role.SPONSOR and row.sight is Sight.APPLICATION
    return Happening(
        title=labels.SIGHT[row.sight],
        at=row.hour_at,
        who=labels.ROLE[row.role],
        text=labels.FILLED_IN if filled_in else labels.SIGHT_PURPOSE[row.sight],
    )


def _told_list(row: ListedRow) -> Happening:
    """Say of a list what it was for, how often on that day, and how many others stand on it."""
    said = [str(labels.ROLL_PURPOSE[row.roll])]
    if row.is_file:
        said.append(_("taken as a file"))
    if row.times > 1:
        said.append(_("%(n)d times that day") % {"n": row.times})
    if others := row.count - 1:
        said.append(ngettext("with %(n)d other", "with %(n)d others", others) % {"n": others})
    if row.about:
        said.append(_("number %(ref)s") % {"ref": row.about})
    return Happening(
        title=labels.ROLL[row.roll],
        at=row.last_at,
        who=labels.ROLE[row.role],
        text=" · ".join(said),
    )


def _agreed(person_id: int) -> list[Agreed]:
    return [
        Agreed(
            purpose=labels.PURPOSE[Purpose(c.purpose)],
            text=labels.CONSENT[Purpose(c.purpose), c.version],
            version=c.version,
            way=labels.CONSENT_WAY[ConsentWay(c.way)],
            about=c.about,
            given_at=c.given_at,
        )
        for c in queries.consents_of(person_id)
    ]


def _line(row: RemovalRow) -> dict[str, Any]:
    """Return a request with its answer in words."""
    answered = [
        {"label": kind.label, "why": words.reason(code) if code else ""}
        for kind in keeping.kinds()
        if (code := row.answer.get(kind.name)) is not None
    ]
    return {
        "row": row,
        "word": labels.REMOVAL_STATE[row.state],
        "tone": TONE[row.state],
        "is_open": row.state is RemovalState.REQUESTED,
        "answered": answered,
    }
