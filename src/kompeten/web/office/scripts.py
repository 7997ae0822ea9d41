"""Which essays does an assessor mark, and how many wait? A text, its guide, and points; no name."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.exams import actions, labels, queries
from kompeten.exams.terms import PLANNERS
from kompeten.exams.terms.scripts import MIN_NOTE, MarkingRow, MarkingState, MarkingView
from kompeten.foundation import words
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.roles import Role
from kompeten.web.office import asking, nav
from kompeten.web.office.asking import Request
from kompeten.web.ui import labels as ui_labels
from kompeten.web.ui.http import go, page, wants_fragment
from kompeten.web.ui.shapes import Tab, Tone

if TYPE_CHECKING:
    from kompeten.exams.models import Marking

ASSESSORS = frozenset({Role.ASSESSOR})
BOTH = ASSESSORS | PLANNERS
SHELVES = (MarkingState.OPEN, MarkingState.HANDED_IN)
TONE = {MarkingState.OPEN: Tone.INFO, MarkingState.HANDED_IN: Tone.GOOD}
FIELD_OF = {"marking.points": "poin", "marking.note_short": "catatan"}

nav.offer(
    nav.Place(
        label=gettext_lazy("Essays"),
        route="office:scripts",
        icon="document-text",
        order=55,
        roles=BOTH,
    ),
    nav.Inbox(
        name="scripts.open",
        label=gettext_lazy("Essays to mark"),
        hint=gettext_lazy("Without a name, each by two assessors apart."),
        place="office:scripts",
        route="office:scripts",
        roles=ASSESSORS,
        count=lambda request: queries.markings(request.actor).count(),
    ),
    nav.Inbox(
        name="scripts.lacking",
        label=gettext_lazy("Essays without assessors"),
        hint=gettext_lazy("Nobody licensed and free of ties is left to mark them."),
        place="office:scripts",
        route="office:scripts",
        roles=PLANNERS,
        count=lambda request: sum(row.lacking for row in queries.waiting_scripts(request.actor)),
    ),
)


class Points(forms.Form):
    """What an assessor gives for one essay, and why."""

    poin = forms.IntegerField(label=gettext_lazy("Points"))
    catatan = forms.CharField(
        label=gettext_lazy("Why these points?"),
        help_text=gettext_lazy("What is there, and what is missing, by the guide."),
        min_length=MIN_NOTE,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"min_length": labels.REASON["marking.note_short"]},
    )

    def __init__(self, data: Any = None, *, most: int, kept: Any = None) -> None:
        super().__init__(data, initial=kept)
        field = self.fields["poin"]
        assert isinstance(field, forms.IntegerField)
        # The rule refuses what is outside; here the keyboard of a phone is told.
        field.widget.attrs |= {"min": 0, "max": most, "inputmode": "numeric"}
        field.help_text = _("A whole number from 0 to %(most)d.") % {"most": most}

    def unfinished(self) -> dict[str, Any]:
        """Return what is written so far, whatever is still wrong with it."""
        self.is_valid()
        note = self.data.get("catatan", "")
        return {"points": self.cleaned_data.get("poin"), "note": note}


@dataclass(frozen=True, slots=True)
class Line:
    """A marking as its assessor's list shows it."""

    row: MarkingRow
    state: Any
    tone: Tone


@require_safe
@asking.only(BOTH)
def desk(request: Request) -> HttpResponse:
    """Show the actor's own essays to mark, and to those who plan how many wait for whom."""
    wanted = request.GET.get("rak", MarkingState.OPEN)
    shelf = MarkingState(wanted) if wanted in SHELVES else MarkingState.OPEN
    found = queries.markings(request.actor, state=shelf)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.marking_rows(found[start : start + asking.PAGE_SIZE])
    context = {
        "marks": request.actor.may(ASSESSORS),
        "plans": request.actor.may(PLANNERS),
        "lines": [Line(row, labels.MARKING_STATE[row.state], TONE[row.state]) for row in rows],
        "shelf": shelf,
        "sheet": sheet,
        "tabs": _tabs(shelf),
        "waiting": queries.waiting_scripts(request.actor),
        "loads": queries.marker_loads(request.actor),
        "columns": [_("Sitting"), _("Being marked"), _("Without assessors"), _("Marked")],
    }
    return page(request, "office/scripts.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(ASSESSORS)
def marking(request: Request, ref: str) -> HttpResponse:
    """Show one essay with its guide, and take the points."""
    found = asking.there(queries.own_marking(ref, request.actor))
    view = queries.marking_view(found)
    if request.method != "POST":
        return _show(request, view, _form(view))
    if request.POST.get("langkah") == "simpan":
        return _keep(request, found, view)
    if view.row.state is not MarkingState.OPEN:
        messages.info(request, _("This had been done already."))
        return go(request, "office:script", ref)
    form = Points(request.POST, most=view.row.most_points)
    if not form.is_valid():
        return _show(request, view, form, status=422)
    return _mark(request, found, view, form)


@require_POST
@asking.only(PLANNERS)
def release(request: Request) -> HttpResponse:
    """Take the open essays of one assessor away, so that others get them."""
    assessor = next(iter(asking.keys(request, "asesor")), 0)
    taken = queries.open_markings(assessor, request.actor)
    actions.release(taken, by=request.actor, at=request.at)
    said = ngettext("%(n)d essay goes to others.", "%(n)d essays go to others.", len(taken))
    messages.success(request, said % {"n": len(taken)})
    return go(request, "office:scripts")


def _form(view: MarkingView) -> Points:
    kept = {"poin": view.row.points, "catatan": view.note}
    return Points(most=view.row.most_points, kept=kept)


def _keep(request: Request, found: "Marking", view: MarkingView) -> HttpResponse:
    """Keep what is written, so that a session that ends takes nothing with it."""
    said = Points(request.POST, most=view.row.most_points).unfinished()
    try:
        actions.keep_marking(found, **said, by=request.actor, at=request.at)
    except (StepRefused, StaleRecord):
        return _show(request, view, _form(view), status=409, part="progress", gone=True)
    if wants_fragment(request):
        return _show(request, view, _form(view), part="progress", saved_at=request.at)
    messages.success(request, _("Your marks and notes have been saved."))
    return go(request, "office:script", found.ref)


def _mark(request: Request, found: "Marking", view: MarkingView, form: Points) -> HttpResponse:
    said = form.cleaned_data
    try:
        actions.mark(
            found,
            points=said["poin"],
            note=said["catatan"],
            by=request.actor,
            at=request.at,
        )
    except StepRefused as refusal:
        for code in refusal.reasons:
            form.add_error(FIELD_OF.get(code), words.reason(code))
        return _show(request, view, form, status=422)
    except StaleRecord:
        form.add_error(None, str(ui_labels.STALE.text))
        return _show(request, view, form, status=409)
    messages.success(request, _("Handed in. Thank you for your care."))
    return go(request, "office:scripts")


def _show(
    request: Request,
    view: MarkingView,
    form: Points,
    *,
    status: int = 200,
    part: str | None = None,
    **more: object,
) -> HttpResponse:
    state = view.row.state
    context = more | {
        "view": view,
        "row": view.row,
        "form": form,
        "is_open": state is MarkingState.OPEN,
        "state": labels.MARKING_STATE[state],
        "tone": TONE[state],
    }
    return page(request, "office/script.html", context, part=part, status=status)


def _tabs(shelf: MarkingState) -> list[Tab]:
    here = reverse("office:scripts")
    names = {MarkingState.OPEN: _("To mark"), MarkingState.HANDED_IN: _("Points handed in")}
    return [Tab(word, f"{here}?rak={name}", current=name == shelf) for name, word in names.items()]
