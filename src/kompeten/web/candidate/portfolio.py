"""How far is somebody's portfolio, what is missing, and how does it leave their hands?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.portfolios import actions, queries
from kompeten.portfolios.labels import DOSSIER_STATE, FILL, HINT
from kompeten.portfolios.terms import WRITABLE, DossierState, DossierView, Fill, ItemView, PartView
from kompeten.web.candidate import asking, labels
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.portfolios.models import Dossier

WHOLE = "semua"  # the group of an instrument that has no groups


@dataclass(frozen=True, slots=True)
class Line:
    """One place to write in, on the portfolio's page."""

    title: str
    href: str
    meta: Any
    word: Any
    tone: Tone


@dataclass(frozen=True, slots=True)
class Note:
    """Something said about one place: what to mend, what is missing, what may tell too much."""

    title: str
    text: Any
    href: str
    sample: str = ""


@require_safe
def portfolios(request: Request) -> HttpResponse:
    """List the person's portfolios; a single one is shown at once."""
    mine = queries.mine(request.actor)
    if len(mine) == 1:
        return go(request, "candidate:portfolio", mine[0].ref)
    lines = [
        {
            "ref": dossier.ref,
            "word": DOSSIER_STATE[DossierState(dossier.state)],
            "tone": labels.DOSSIER_TONE[DossierState(dossier.state)],
            "due_on": dossier.due_on,
            "is_open": dossier.state in WRITABLE,
        }
        for dossier in mine
    ]
    return page(request, "candidate/portfolios.html", {"lines": lines})


@require_safe
def portfolio(request: Request, ref: str) -> HttpResponse:
    """Show what is written and what is not."""
    return _page(request, own(request, ref))


@require_http_methods(["GET", "POST"])
def hand_in(request: Request, ref: str) -> HttpResponse:
    """Give the portfolio to its readers; what is missing is named and nothing is handed in."""
    dossier = own(request, ref)
    if request.method != "POST":  # the page of a refusal, loaded again
        return go(request, "candidate:portfolio", dossier.ref)
    try:
        actions.hand_in(dossier, by=request.actor, at=request.at)
    except StepRefused as refusal:
        if not asking.FORMAL.isdisjoint(refusal.reasons):
            raise
        return _page(request, dossier, refused=refusal.reasons, status=422)
    messages.success(request, labels.PORTFOLIO_HANDED_IN)
    return go(request, "candidate:portfolio", dossier.ref)


def own(request: Request, ref: str) -> "Dossier":
    """Return the person's own dossier, or there is no such page: readers have their own. One query."""
    mine = queries.mine(request.actor)
    return asking.there(next((dossier for dossier in mine if dossier.ref == ref), None))


def groups(view: DossierView) -> list[tuple[str, str, str, tuple[ItemView, ...]]]:
    """Return (code, title, guidance, items) of what is written together."""
    if not view.groups:
        return [(WHOLE, view.title, view.guidance, view.items)]
    return [
        (g.code, g.title, g.guidance, tuple(i for i in view.items if i.group == g.code))
        for g in view.groups
    ]


def item_address(view: DossierView, code: str) -> str:
    """Return where the answer to an item is written."""
    group = next(i.group for i in view.items if i.code == code) or WHOLE
    return f"{reverse('candidate:write', args=[view.ref, group])}#id_{code}"


def part_address(view: DossierView, code: str) -> str:
    """Return where a part of the curriculum vitae is filled in."""
    return reverse("candidate:vitae", args=[view.ref, code])


def _page(
    request: Request, dossier: "Dossier", *, refused: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    view = queries.view(dossier, language=asking.language())
    items = {i.code for i in view.items if i.required} | set(view.gaps.short)
    asked = len(items) + sum(part.required for part in view.parts)
    context = {
        "view": view,
        "word": DOSSIER_STATE[view.state],
        "tone": labels.DOSSIER_TONE[view.state],
        "writable": view.state in WRITABLE,
        "asked": asked,
        "done": asked - len(view.gaps.blank) - len(view.gaps.short) - len(view.gaps.parts),
        "groups": [_group_line(view, *group) for group in groups(view)],
        "parts": [_part_line(view, part) for part in view.parts],
        "returned": _returned(view),
        "gaps": _gaps(view),
        "hints": _hints(view),
        "refused": [words.reason(code) for code in refused],
    }
    return page(request, "candidate/portfolio.html", context, part="overview", status=status)


def _group_line(
    view: DossierView, code: str, title: str, guidance: str, items: tuple[ItemView, ...]
) -> Line:
    done = sum(item.fill is Fill.DONE for item in items)
    fill = _fill(done, len(items), started=any(item.words for item in items))
    counted = _("%(done)s of %(total)s answers complete") % {"done": done, "total": len(items)}
    href = reverse("candidate:write", args=[view.ref, code])
    return Line(title, href, counted, _word(fill), labels.FILL_TONE[fill])


def _part_line(view: DossierView, part: PartView) -> Line:
    fill = Fill.DONE if part.entries else Fill.BLANK
    if part.entries:
        meta = _("%(count)s entries") % {"count": len(part.entries)} if part.many else ""
    else:
        meta = _("asked of everybody") if part.required else _("if there is something to tell")
    title = f"{part.letter}. {part.title}"
    return Line(title, part_address(view, part.code), meta, _word(fill), labels.FILL_TONE[fill])


def _word(fill: Fill) -> Any:
    return labels.BEGUN if fill is Fill.SHORT else FILL[fill]


def _fill(done: int, total: int, *, started: bool) -> Fill:
    if done == total:
        return Fill.DONE
    return Fill.SHORT if started else Fill.BLANK


def _returned(view: DossierView) -> list[Note]:
    notes = [
        Note(p.title, p.returned, part_address(view, p.code)) for p in view.parts if p.returned
    ]
    return notes + [
        Note(_named(view, i), i.returned, item_address(view, i.code))
        for i in view.items
        if i.returned
    ]


def _gaps(view: DossierView) -> list[Note]:
    parts = {part.code: part for part in view.parts}
    items = {item.code: item for item in view.items}
    found = [
        Note(parts[code].title, labels.PART_EMPTY, part_address(view, code))
        for code in view.gaps.parts
    ]
    for code in view.gaps.blank:
        found.append(Note(_named(view, items[code]), FILL[Fill.BLANK], item_address(view, code)))
    for code in view.gaps.short:
        text = _("%(words)s of at least %(least)s words") % {
            "words": items[code].words,
            "least": items[code].min_words,
        }
        found.append(Note(_named(view, items[code]), text, item_address(view, code)))
    return found


def _hints(view: DossierView) -> list[Note]:
    items = {item.code: item for item in view.items}
    return [
        Note(_named(view, items[h.place]), HINT[h.code], item_address(view, h.place), h.sample)
        for h in view.hints
        if h.place in items
    ]


def _named(view: DossierView, item: ItemView) -> str:
    """Return the question with its group: two cases ask the same."""
    titles = {group.code: group.title for group in view.groups}
    return f"{titles[item.group]} · {item.prompt}" if item.group else item.prompt
