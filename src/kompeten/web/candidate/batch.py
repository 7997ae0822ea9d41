"""How is a list getting on? Verdicts, how far its people are, and every line."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from kompeten.applications import queries
from kompeten.applications.labels import REPAIR_STATE, STATE, VERDICT
from kompeten.applications.terms import Verdict
from kompeten.applications.terms.application import RepairState, State
from kompeten.foundation import words
from kompeten.people import queries as people
from kompeten.web.candidate import asking, labels, previewing
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Column, Slice, Tab, Tone

if TYPE_CHECKING:
    from kompeten.applications.models import Application, Collective, CollectiveRow

PAGE_SIZE = 25
FILTERS = {verdict.value: verdict for verdict in Verdict}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list as its page shows it; `href` is where something can be done about it."""

    name: str
    place: str
    word: Any
    tone: Tone
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    documents: str = ""
    href: str = ""
    action: Any = ""


@require_safe
def batch(request: Request, ref: str) -> HttpResponse:
    """Show one list: counts, progress, and its lines by page and verdict."""
    found = asking.there(queries.sponsored(request.actor).filter(ref=ref).first())
    counts = queries.collective_counts(found)
    wanted = FILTERS.get(request.GET.get("putusan", ""))
    rows = queries.collective_rows(found)
    if wanted:
        rows = rows.filter(verdict=wanted)
    number = counts.get(wanted, 0) if wanted else sum(counts.values())
    shown = Paginator(range(number), PAGE_SIZE).get_page(request.GET.get("halaman"))
    first = max(shown.start_index() - 1, 0)
    names = people.organization_names([found.organization_id], on=asking.today(request))
    context = {
        "collective": found,
        "office": names.get(found.organization_id, ""),
        "total": sum(counts.values()),
        "slices": previewing.verdict_slices(counts),
        "progress": _progress(found),
        "waiting": queries.repairs_by_list([ref]).get(ref, 0),
        "tabs": _tabs(request, counts, wanted),
        "columns": _columns(),
        "lines": _lines(list(rows[first : first + PAGE_SIZE])),
        "page": shown,
    }
    return page(request, "candidate/batch.html", context, part="lines")


def _progress(found: "Collective") -> list[Slice]:
    """Return how many people stand where, in the order of the way; states that nobody is in are left out."""
    counts = queries.collective_progress(found)
    return [
        Slice(STATE[state], counts[state], labels.APPLICATION_TONE[state])
        for state in State
        if counts.get(state)
    ]


def _tabs(request: Request, counts: dict[str, int], wanted: Verdict | None) -> list[Tab]:
    every = Tab(pgettext("lines", "All"), request.path, wanted is None, sum(counts.values()))
    return [every] + [
        Tab(VERDICT[v], f"{request.path}?putusan={v.value}", wanted is v, counts.get(v, 0))
        for v in Verdict
    ]


def _columns() -> list[Column]:
    return [Column(_("Person")), Column(_("How it stands")), Column("", "action")]


def _lines(rows: "list[CollectiveRow]") -> list[Line]:
    held = [a for row in rows if (a := _application(row)) is not None]
    files = queries.files(a.pk for a in held)
    return [_line(row, files) for row in rows]


def _line(row: "CollectiveRow", files: dict[int, dict[str, str]]) -> Line:
    place = _("%(sheet)s, row %(row)s") % {"sheet": row.sheet, "row": row.row}
    application = _application(row)
    if application is not None:
        return _applied(row, place, application, files.get(application.pk, {}))
    verdict = Verdict(row.verdict)
    reasons = [words.reason(code) for code in row.reasons]
    repair = getattr(row, "repair", None)
    if repair is not None and repair.state == RepairState.DROPPED:
        word = REPAIR_STATE[RepairState.DROPPED]
        return Line(name=row.name, place=place, word=word, tone=Tone.PLAIN)
    return Line(
        name=row.name,
        place=place,
        word=VERDICT[verdict],
        tone=labels.VERDICT_TONE[verdict],
        reasons=reasons,
        href=reverse("candidate:repair", args=[repair.ref]) if repair is not None else "",
        action=_("Mend"),
    )


def _applied(
    row: "CollectiveRow", place: str, application: "Application", held: dict[str, str]
) -> Line:
    state = State(application.state)
    writable = state in (State.DRAFT, State.RETURNED)
    asked = queries.documents_asked(application)
    total = len(asked.required) + len(asked.one_of)
    counted = {"done": total - len(asked.missing(held)), "total": total}
    page_name = "candidate:documents" if state is State.DRAFT else "candidate:application"
    return Line(
        name=row.name,
        place=place,
        word=STATE[state],
        tone=labels.APPLICATION_TONE[state],
        warnings=[words.reason(code) for code in row.warnings or ()] if writable else [],
        documents=_("%(done)s of %(total)s documents") % counted if writable else "",
        href=reverse(page_name, args=[application.ref]),
        action=_("Documents") if state is State.DRAFT else _("Open"),
    )


def _application(row: "CollectiveRow") -> "Application | None":
    """Return what became of the line: at once, or after it was mended."""
    repair = getattr(row, "repair", None)
    return row.application or (repair.application if repair is not None else None)
