"""What does an assessor read, and what do they write beside it? Kept while they read, then handed in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.roles import Role
from kompeten.people.terms import Roll
from kompeten.portfolios import actions, labels, queries
from kompeten.portfolios.terms import ReadingRow, ReadingState
from kompeten.web.office import asking, nav, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.portfolios import READING_TONE
from kompeten.web.office.reading_page import Desk
from kompeten.web.ui import labels as ui_labels
from kompeten.web.ui.http import go, page, wants_fragment
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tab, Tone

if TYPE_CHECKING:
    from kompeten.portfolios.models import Reading

ASSESSORS = frozenset({Role.ASSESSOR})
TEMPLATE = "office/reading.html"
SHELVES = (ReadingState.OPEN, ReadingState.HANDED_IN, ReadingState.SENT_BACK)

nav.offer(
    nav.Place(
        label=gettext_lazy("My readings"),
        route="office:readings",
        icon="bookmark-square",
        order=41,
        roles=ASSESSORS,
    ),
    nav.Inbox(
        name="readings.open",
        label=gettext_lazy("Portfolios to read"),
        hint=gettext_lazy("Mark them one by one; what you write is kept as you go."),
        place="office:readings",
        route="office:readings",
        roles=ASSESSORS,
        count=lambda request: queries.readings(request.actor).count(),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A reading as its reader's list shows it."""

    row: ReadingRow
    scheme: str
    state: Any
    tone: Tone


@require_safe
@asking.only(ASSESSORS)
def desk(request: Request) -> HttpResponse:
    """Show the actor's own readings: to be done, done, sent back."""
    wanted = request.GET.get("rak", ReadingState.OPEN)
    shelf = ReadingState(wanted) if wanted in SHELVES else ReadingState.OPEN
    found = queries.readings(request.actor, state=shelf)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    titles = shown.scheme_titles()
    rows = queries.reading_rows(found[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.PORTFOLIOS, (row.person_id for row in rows))
    context = {
        "lines": [
            Line(
                row,
                titles.get(row.scheme_code, row.scheme_code),
                labels.READING_STATE[row.state],
                READING_TONE[row.state],
            )
            for row in rows
        ],
        "shelf": shelf,
        "sheet": sheet,
        "tabs": _tabs(shelf),
    }
    return page(request, "office/readings.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(ASSESSORS)
def reading(request: Request, ref: str) -> HttpResponse:
    """Show one reading, and take what its reader says: `langkah` names the button pressed."""
    found = asking.there(queries.own_reading(ref, request.actor))
    if request.method != "POST":
        return page(request, TEMPLATE, Desk(request, found).context())
    step = request.POST.get("langkah", "")
    if found.state == DONE.get(step):
        return _onward(request)  # a second click: it was done so a moment ago
    if step == "serahkan":
        return _hand_in(request, found)
    if step == "kembalikan":
        return _send_back(request, found)
    return _keep(request, found)


def _keep(request: Request, found: "Reading") -> HttpResponse:
    """Keep what has been marked; what cannot be kept stays with whoever writes it."""
    desk = Desk(request, found, request.POST)
    try:
        _write(request, found, desk)
    except StepRefused as refusal:
        desk.refuse(refusal)
    except StaleRecord:
        desk.refused = (str(ui_labels.STALE.text),)
    if desk.refused:
        return page(request, TEMPLATE, desk.context(), part="progress", status=409)
    if wants_fragment(request):
        context = Desk(request, found).context(saved=True)
        return page(request, TEMPLATE, context, part="progress")
    messages.success(request, _("Your marks and notes have been saved."))
    return go(request, "office:reading", found.ref)


def _hand_in(request: Request, found: "Reading") -> HttpResponse:
    desk = Desk(request, found, request.POST)
    try:
        actions.hand_in_reading(
            found,
            marks=desk.form.marks(),
            notes=desk.form.notes(),
            remark=desk.form.remark(),
            by=request.actor,
            at=request.at,
        )
    except StepRefused as refusal:
        desk.refuse(refusal)
        return page(request, TEMPLATE, desk.context(), status=422)
    verdict = _("competent") if found.competent else _("not yet competent")
    said = _("Handed in: %(points)d of %(out_of)d points, %(verdict)s.")
    of = {"points": found.points, "out_of": found.out_of, "verdict": verdict}
    messages.success(request, said % of)
    return go(request, "office:reading", found.ref)


def _send_back(request: Request, found: "Reading") -> HttpResponse:
    """Keep the marks, and return the portfolio with what is to be mended."""
    desk = Desk(request, found, request.POST)
    try:
        _write(request, found, desk)
        actions.send_back(found, reasons=desk.form.reasons(), by=request.actor, at=request.at)
    except StepRefused as refusal:
        desk.refuse(refusal)
        return page(request, TEMPLATE, desk.context(), status=422)
    name = found.dossier.person.name
    messages.success(request, _("%(name)s can mend the portfolio now.") % {"name": name})
    return go(request, "office:readings")


def _write(request: Request, found: "Reading", desk: Desk) -> None:
    form = desk.form
    actions.keep(
        found,
        marks=form.marks(),
        notes=form.notes(),
        remark=form.remark(),
        by=request.actor,
        at=request.at,
    )


def _onward(request: Request) -> HttpResponse:
    messages.info(request, _("This had been done already."))
    return go(request, "office:readings")


def _tabs(shelf: ReadingState) -> list[Tab]:
    here = reverse("office:readings")
    names = {
        ReadingState.OPEN: _("To read"),
        ReadingState.HANDED_IN: _("Marks handed in"),
        ReadingState.SENT_BACK: _("Sent back"),
    }
    return [Tab(word, f"{here}?rak={name}", current=name == shelf) for name, word in names.items()]


DONE = {"serahkan": ReadingState.HANDED_IN, "kembalikan": ReadingState.SENT_BACK}
