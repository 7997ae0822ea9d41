"""What does an assessor rate? Practice exams and interviews, criterion by criterion, kept as they go."""

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
from kompeten.portfolios import queries as portfolios
from kompeten.practicals import actions, labels, queries
from kompeten.practicals.terms import RatingRow, RatingState
from kompeten.schemes import labels as scheme_labels
from kompeten.web.office import asking, hours, nav, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.rating_page import Desk, to_be_asked_about
from kompeten.web.office.reading_page import pages
from kompeten.web.office.slots import RATING_TONE
from kompeten.web.ui import labels as ui_labels
from kompeten.web.ui.http import go, page, wants_fragment
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tab, Tone

if TYPE_CHECKING:
    from kompeten.practicals.models import Rating

ASSESSORS = frozenset({Role.ASSESSOR})
TEMPLATE = "office/rating.html"
SHELVES = (RatingState.OPEN, RatingState.HANDED_IN)

nav.offer(
    nav.Place(
        label=gettext_lazy("My ratings"),
        route="office:ratings",
        icon="chat-bubble-left-right",
        order=61,
        roles=ASSESSORS,
    ),
    nav.Inbox(
        name="ratings.open",
        label=gettext_lazy("Performances to rate"),
        hint=gettext_lazy("The next comes first, with day, hour and place."),
        place="office:ratings",
        route="office:ratings",
        roles=ASSESSORS,
        count=lambda request: queries.ratings(request.actor).count(),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A rating as its assessor's list shows it; `over` says that the performance is over."""

    row: RatingRow
    scheme: str
    component: Any
    when: str
    place: str
    over: bool
    state: Any
    tone: Tone


@require_safe
@asking.only(ASSESSORS)
def desk(request: Request) -> HttpResponse:
    """Show the actor's own ratings: those to come, and those handed in."""
    wanted = request.GET.get("rak", RatingState.OPEN)
    shelf = RatingState(wanted) if wanted in SHELVES else RatingState.OPEN
    found = queries.ratings(request.actor, state=shelf)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    titles = shown.scheme_titles()
    rows = queries.rating_rows(found[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.PRACTICALS, (row.person_id for row in rows))
    context = {
        "lines": [_line(request, row, titles) for row in rows],
        "shelf": shelf,
        "sheet": sheet,
        "tabs": _tabs(shelf),
    }
    return page(request, "office/ratings.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(ASSESSORS)
def rating(request: Request, ref: str) -> HttpResponse:
    """Show one rating, and take what its assessor says: `langkah` names the button pressed."""
    found = asking.there(queries.own_rating(ref, request.actor))
    if request.method != "POST":
        return page(request, TEMPLATE, Desk(request, found).context())
    if request.POST.get("langkah") != "serahkan":
        return _keep(request, found)
    if found.state == RatingState.HANDED_IN:
        messages.info(request, _("This had been done already."))
        return go(request, "office:rating", ref)
    return _hand_in(request, found)


@require_safe
@asking.only(ASSESSORS)
def portfolio(request: Request, ref: str) -> HttpResponse:
    """Show what the candidate wrote to whoever interviews them; never what readers gave for it."""
    found = asking.there(queries.own_rating(ref, request.actor))
    dossier = asking.there(to_be_asked_about(found))
    view = portfolios.view(dossier, language=asking.language())
    context = {"ref": ref, "name": found.slot.person.name, "view": view, "pages": pages(view)}
    return page(request, "office/rating_portfolio.html", context)


def _keep(request: Request, found: "Rating") -> HttpResponse:
    """Keep what has been marked and noted; what cannot be kept stays with whoever writes it."""
    desk = Desk(request, found, request.POST)
    try:
        actions.keep(
            found,
            marks=desk.form.grades(),
            notes=desk.form.notes(),
            remark=desk.form.remark(),
            by=request.actor,
            at=request.at,
        )
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
    return go(request, "office:rating", found.ref)


def _hand_in(request: Request, found: "Rating") -> HttpResponse:
    desk = Desk(request, found, request.POST)
    competent = desk.form.verdict()
    if competent is None:
        desk.refused = (_("Say whether you recommend competent or not yet competent."),)
        return page(request, TEMPLATE, desk.context(), status=422)
    try:
        actions.hand_in(
            found,
            marks=desk.form.grades(),
            notes=desk.form.notes(),
            competent=competent,
            remark=desk.form.remark(),
            by=request.actor,
            at=request.at,
        )
    except StepRefused as refusal:
        desk.refuse(refusal)
        return page(request, TEMPLATE, desk.context(), status=422)
    messages.success(request, _("Handed in. Thank you for your care."))
    return go(request, "office:rating", found.ref)


def _line(request: Request, row: RatingRow, titles: dict[str, str]) -> Line:
    return Line(
        row=row,
        scheme=titles.get(row.scheme_code, row.scheme_code),
        component=scheme_labels.COMPONENT[row.component],
        when=hours.when(row.starts_at, row.ends_at, row.zone),
        place=row.site_name or _("online"),
        over=row.ends_at <= request.at,
        state=labels.RATING_STATE[row.state],
        tone=RATING_TONE[row.state],
    )


def _tabs(shelf: RatingState) -> list[Tab]:
    here = reverse("office:ratings")
    names = {RatingState.OPEN: _("To rate"), RatingState.HANDED_IN: _("Marks handed in")}
    return [Tab(word, f"{here}?rak={name}", current=name == shelf) for name, word in names.items()]
