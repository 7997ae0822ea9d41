"""What lies in the item bank? The stock by domain and difficulty, and its cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kompeten.itembank import labels, queries
from kompeten.itembank.queries.bank import SEES_BANK
from kompeten.itembank.queries.forms import SEES_FORMS
from kompeten.itembank.terms import CaseRow, ItemState
from kompeten.kernel.roles import Role
from kompeten.schemes import labels as schemes
from kompeten.schemes.terms import Difficulty, Domain
from kompeten.web.office import asking, nav, sending
from kompeten.web.office.asking import Request
from kompeten.web.office.itembank_forms import Shelf
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Slice, Tab, Tone

READERS = SEES_FORMS
KEEPERS = SEES_BANK
WRITERS = frozenset({Role.ITEM_WRITER})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TONE = {
    ItemState.APPROVED: Tone.GOOD,
    ItemState.IN_REVIEW: Tone.INFO,
    ItemState.DRAFT: Tone.WAIT,
    ItemState.RETIRED: Tone.PLAIN,
}
LIVE = (ItemState.APPROVED, ItemState.IN_REVIEW, ItemState.DRAFT)
GRADES = (Difficulty.EASY, Difficulty.MEDIUM, Difficulty.HARD)

nav.offer(
    nav.Place(
        label=gettext_lazy("Item bank"),
        route="office:itembank",
        icon="archive-box",
        order=45,
        roles=READERS,
    ),
    nav.Inbox(
        name="itembank.review",
        label=gettext_lazy("Items to review"),
        hint=gettext_lazy("Written by somebody else; only approved items come into a form."),
        place="office:itembank",
        route="office:itembank_review",
        roles=WRITERS,
        count=lambda request: queries.to_review(request.actor).count(),
    ),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the stock: approved items, what is on its way, and the share of the fullest cell."""

    approved: int
    waiting: int
    width: str


@dataclass(frozen=True, slots=True)
class StockRow:
    """One domain with its cells, the easy first."""

    domain: Any
    cells: list[Cell]
    total: int


@dataclass(frozen=True, slots=True)
class Line:
    """A case as the list shows it."""

    row: CaseRow
    states: list[tuple[Any, int, Tone]]


@require_safe
@asking.only(READERS)
def stock(request: Request) -> HttpResponse:
    """Show how much there is of what; whoever may not look into the bank is led to its forms."""
    if not request.actor.may(KEEPERS):
        return go(request, "office:forms")
    held = queries.stock(request.actor)
    context = {
        "rows": _rows(held),
        "grades": [schemes.DIFFICULTY[grade] for grade in GRADES],
        "totals": [_approved(held, grade=grade) for grade in GRADES],
        "total": _approved(held),
        "slices": [
            Slice(labels.ITEM_STATE[state], count, TONE[state])
            for state in LIVE
            if (count := sum(states.get(state, 0) for states in held.values()))
        ],
        "essays": queries.essays(request.actor).get(ItemState.APPROVED, 0),
        "writes": request.actor.may(WRITERS),
        "tabs": tabs(request, "office:itembank"),
    }
    return page(request, "office/itembank.html", context)


@require_safe
@asking.only(KEEPERS)
def cases(request: Request) -> HttpResponse:
    """Show the newest version of each case."""
    form = Shelf(request.GET)
    form.is_valid()
    said = form.cleaned_data
    found = _chosen(queries.cases(request.actor), said.get("cari", ""), said.get("keadaan", ""))
    sheet = asking.slice_of(request, len(found))
    start = asking.offset(sheet)
    context = {
        "form": form,
        "filtered": bool(said.get("cari") or said.get("keadaan")),
        "lines": [_line(row) for row in found[start : start + asking.PAGE_SIZE]],
        "sheet": sheet,
        "writes": request.actor.may(WRITERS),
        "tabs": tabs(request, "office:cases"),
    }
    return page(request, "office/itembank_cases.html", context, part="rows")


@require_safe
@asking.only(WRITERS)
def review(request: Request) -> HttpResponse:
    """Show the cases with items that the actor may review."""
    waiting: dict[str, tuple[str, str, int]] = {}
    for item in queries.to_review(request.actor):
        ref = item.case.ref
        count = waiting[ref][2] + 1 if ref in waiting else 1
        waiting[ref] = (item.case.code, item.case.vignette, count)
    context = {
        "waiting": [(ref, code, text, n) for ref, (code, text, n) in waiting.items()],
        "tabs": tabs(request, "office:itembank_review"),
    }
    return page(request, "office/itembank_review.html", context)


@require_safe
@asking.only(WRITERS)
def template(request: Request) -> HttpResponse:
    """Send the sheet that item writers fill in."""
    name = _("item-sheet.xlsx")
    return sending.attachment(queries.sheet_template(), name=name, media_type=XLSX)


def tabs(request: Request, current: str) -> list[Tab]:
    """Return the pages of the bank that are open to the actor, with the one at hand marked."""
    actor = request.actor
    names: dict[str, Any] = {}
    if actor.may(KEEPERS):
        names |= {"office:itembank": _("Stock"), "office:cases": _("Cases")}
    if actor.may(WRITERS):
        names |= {"office:itembank_review": _("To review"), "office:itembank_import": _("Import")}
    names["office:forms"] = _("Forms")
    counts = {"office:itembank_review": queries.to_review(actor).count()} if len(names) > 1 else {}
    return [
        Tab(word, reverse(name), current=name == current, count=counts.get(name) or None)
        for name, word in names.items()
    ]


def _rows(held: Mapping[tuple[str, str], Mapping[str, int]]) -> list[StockRow]:
    most = max((states.get(ItemState.APPROVED, 0) for states in held.values()), default=0) or 1
    return [
        StockRow(
            domain=schemes.DOMAIN[domain],
            cells=[_cell(held.get((domain, grade), {}), most) for grade in GRADES],
            total=_approved(held, domain=domain),
        )
        for domain in Domain
    ]


def _cell(states: Mapping[str, int], most: int) -> Cell:
    approved = states.get(ItemState.APPROVED, 0)
    waiting = states.get(ItemState.DRAFT, 0) + states.get(ItemState.IN_REVIEW, 0)
    return Cell(approved, waiting, f"{100 * approved // most}")


def _approved(
    held: Mapping[tuple[str, str], Mapping[str, int]], *, domain: str = "", grade: str = ""
) -> int:
    return sum(
        states.get(ItemState.APPROVED, 0)
        for (in_domain, in_grade), states in held.items()
        if domain in ("", in_domain) and grade in ("", in_grade)
    )


def _chosen(rows: list[CaseRow], text: str, state: str) -> list[CaseRow]:
    wanted = text.lower()
    return [
        row
        for row in rows
        if (not state or row.states.get(state))
        and (not wanted or wanted in row.code.lower() or wanted in row.vignette.lower())
    ]


def _line(row: CaseRow) -> Line:
    states = [
        (labels.ITEM_STATE[state], row.states[state], TONE[state])
        for state in LIVE
        if row.states.get(state)
    ]
    return Line(row, states)
