"""Which breaches of personal data are there? The register, with the clock of 3 × 24 hours."""

import re
from datetime import datetime
from secrets import SystemRandom
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.applications import queries as applications
from kompeten.foundation.ledger import StepRefused
from kompeten.people import actions, labels, queries
from kompeten.people.terms import (
    BREACH_NOTERS,
    DATA_KEEPERS,
    DATA_READERS,
    BreachRow,
    BreachState,
)
from kompeten.web.office import asking, nav, removals, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.breach_forms import Closing, Named, Noted, Refusing, Told
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.people.models import Breach

TONE = {BreachState.OPEN: Tone.WAIT, BreachState.CLOSED: Tone.GOOD}
REF = re.compile(r"[0-9A-Za-z]+")

nav.offer(
    removals.PLACE,
    nav.Inbox(
        name="breaches",
        label=gettext_lazy("Breaches of personal data"),
        place="office:removals",
        route="office:breaches",
        roles=BREACH_NOTERS,
        count=lambda request: queries.breaches(request.actor, open_only=True).count(),
        hint=gettext_lazy("The authority and those concerned must know within 3 × 24 hours."),
    ),
)


@require_safe
@asking.only(DATA_READERS)
def index(request: Request) -> HttpResponse:
    """List the breaches, the newest first."""
    found = queries.breaches(request.actor)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.breach_rows(found[start : start + asking.PAGE_SIZE])
    context = {
        "lines": [_line(row, at=request.at) for row in rows],
        "columns": [_("Breach"), _("Noticed"), _("3 × 24 hours"), _("State")],
        "sheet": sheet,
        "may_note": request.actor.may(BREACH_NOTERS),
        "tabs": removals.tabs(request, "office:breaches"),
    }
    return page(request, "office/breaches.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(BREACH_NOTERS)
def note(request: Request) -> HttpResponse:
    """Enter a breach."""
    form = Noted(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.note_breach(
                form.disclosure(),
                title=form.cleaned_data["judul"],
                noticed_at=form.cleaned_data["diketahui"],
                by=request.actor,
                at=request.at,
                rng=SystemRandom(),
            )
        except StepRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Entered. The clock runs; next, name whom it concerns."))
            return go(request, "office:breach", made.ref)
    status = 422 if form.errors else 200
    return page(request, "office/breach_note.html", {"form": form}, part="form", status=status)


@require_safe
@asking.only(DATA_READERS)
def breach(request: Request, ref: str) -> HttpResponse:
    """Show one breach: what is known, who must know, and what is left to do."""
    return _page(request, asking.there(queries.breach(ref, request.actor)))


@require_POST
@asking.only(BREACH_NOTERS)
def act(request: Request, ref: str, verb: str) -> HttpResponse:
    """Take one step: write down anew, name people, note that the authority was told, write letters, close."""
    found = asking.there(queries.breach(ref, request.actor))
    if verb not in ACTS:
        raise Http404
    kind, take = ACTS[verb]
    form = kind(request.POST)
    if form.is_valid():
        try:
            messages.success(request, take(request, found, form))
        except StepRefused as refusal:
            form.refuse(refusal)
        else:
            return go(request, "office:breach", ref)
    return _page(request, found, {verb: form})


def _page(
    request: Request, found: "Breach", forms: dict[str, Refusing] | None = None
) -> HttpResponse:
    (row,) = queries.breach_rows(queries.breaches(request.actor).filter(pk=found.pk))
    held = forms or {}
    is_open = row.state is BreachState.OPEN
    context: dict[str, Any] = {
        **_line(row, at=request.at),
        "breach": found,
        "may_write": is_open and request.actor.may(BREACH_NOTERS),
        "may_tell": is_open and request.actor.may(DATA_KEEPERS),
        "revising": held.get("ubah", Noted(initial=_known(found), is_new=False)),
        "naming": held.get("orang", Named()),
        "telling": held.get("lembaga", Told()),
        "closing": held.get("tutup", Closing()),
        "letters": held.get("surat"),
        "story": stories.of("breach", found.pk),
    }
    return page(request, "office/breach.html", context, status=422 if held else 200)


def _line(row: BreachRow, *, at: datetime) -> dict[str, Any]:
    """Return a breach with its state and what the clock says."""
    return {
        "row": row,
        "word": labels.BREACH_STATE[row.state],
        "tone": TONE[row.state],
        "told": row.is_told or row.state is BreachState.CLOSED,
        "left": _left(queries.hours_left(row, at=at)),
    }


def _left(hours: int) -> str:
    if hours >= 0:
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    return ngettext("%(n)d hour late", "%(n)d hours late", -hours) % {"n": -hours}


def _known(found: "Breach") -> dict[str, Any]:
    return {
        "isi": found.disclosed,
        "kejadian": found.happened,
        "tindakan": found.measures,
    }


def _revise(request: Request, found: "Breach", form: Noted) -> str:
    actions.revise_breach(found, form.disclosure(), by=request.actor, at=request.at)
    return _("Written down.")


def _name(request: Request, found: "Breach", form: Named) -> str:
    """Name the persons of the references given: of persons or of applications, or everybody."""
    if form.cleaned_data["semua"]:
        keys = queries.everybody()
    else:
        refs = REF.findall(form.cleaned_data["rujukan"])
        keys = [*queries.persons_by_ref(refs).values(), *applications.persons_of(refs)]
    named = actions.name_concerned(found, keys, by=request.actor, at=request.at)
    said = ngettext("%(n)d person named.", "%(n)d persons named.", named)
    return said % {"n": named}


def _tell_authority(request: Request, found: "Breach", form: Told) -> str:
    said = form.cleaned_data
    actions.tell_authority(
        found, number=said["nomor"], told_at=said["pada"], by=request.actor, at=request.at
    )
    return _("Noted that the authority was told.")


def _tell_people(request: Request, found: "Breach", form: Refusing) -> str:
    told = actions.tell_people(found, by=request.actor, at=request.at)
    said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", told)
    return said % {"n": told}


def _close(request: Request, found: "Breach", form: Closing) -> str:
    actions.close_breach(found, note=form.cleaned_data["catatan"], by=request.actor, at=request.at)
    return _("Closed.")


ACTS: dict[str, tuple[Any, Any]] = {
    "ubah": (lambda posted: Noted(posted, is_new=False), _revise),
    "orang": (Named, _name),
    "lembaga": (Told, _tell_authority),
    "surat": (Refusing, _tell_people),
    "tutup": (Closing, _close),
}
