"""What is in one case, and what becomes of its items? Written by one, approved by another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.itembank import actions, labels, queries
from kompeten.itembank.terms import CaseDetail, ItemDetail, ItemState
from kompeten.people import queries as people
from kompeten.schemes import labels as schemes
from kompeten.web.office import asking, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.itembank import KEEPERS, TONE, WRITERS
from kompeten.web.office.itembank_forms import Verdict
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.itembank.models import Item

TEMPLATE = "office/itembank_case.html"


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the case: its options with the right one marked, if the reader may know."""

    item: ItemDetail
    options: list[tuple[str, str, bool]]
    state: Any
    tone: Tone
    domain: Any
    difficulty: Any
    writer: str
    is_own: bool
    ticked: bool


@require_http_methods(["GET", "POST"])
@asking.only(KEEPERS)
def case(request: Request, ref: str) -> HttpResponse:
    """Show one case, and move its items: `langkah` names the button pressed."""
    found = asking.there(queries.case(ref, request.actor))
    if request.method != "POST":
        return _show(request, found)
    if not request.actor.may(WRITERS):
        raise PermissionDenied
    step = STEPS.get(request.POST.get("langkah", ""))
    return _show(request, found) if step is None else _act(request, found, step)


def _act(request: Request, found: CaseDetail, step: "Step") -> HttpResponse:
    items = _meant(request, found, step)
    form = Verdict(request.POST)
    if step.asks_which and not request.POST.getlist("butir"):
        refused = [_("Tick the items that are meant; nothing is retired by the dozen.")]
        return _show(request, found, form=form, refused=refused, status=422)
    note = form.note() if step.asks_why else ""
    if step.asks_why and form.errors:
        return _show(request, found, form=form, status=422)
    if not items:
        messages.info(request, _("Nothing to do: those items have moved on already."))
        return go(request, "office:case", found.ref)
    try:
        step.act(request, items, note)
    except StepRefused as refusal:
        refused = [words.reason(code) for code in refusal.reasons]
        return _show(request, found, form=form, refused=refused, status=409)
    messages.success(request, step.said(len(items)) % {"n": len(items)})
    return go(request, "office:case", found.ref)


def _meant(request: Request, found: CaseDetail, step: "Step") -> "list[Item]":
    """Return the items ticked, or all, as far as they stand where the step begins."""
    ticked = set(request.POST.getlist("butir"))
    fit = [
        item for item in queries.items_of(found.ref, request.actor) if item.state in step.sources
    ]
    chosen = [item for item in fit if item.ref in ticked] if ticked else fit
    if step.leaves_out_own and not ticked:
        return [item for item in chosen if item.writer_id != request.actor.account_id]
    return chosen


def _show(
    request: Request,
    found: CaseDetail,
    *,
    form: Verdict | None = None,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    names = people.account_labels(item.writer_id for item in found.items)
    ticked = set(request.POST.getlist("butir"))
    lines = [_line(request, item, names, ticked) for item in found.items]
    states = {line.item.state for line in lines}
    writes = request.actor.may(WRITERS)
    wanted = request.GET.get("riwayat", "")
    records = queries.items_of(found.ref, request.actor) if wanted else []
    told = next((item for item in records if item.ref == wanted), None)
    context = {
        "case": found,
        "lines": lines,
        "writes": writes,
        "submits": writes and ItemState.DRAFT in states,
        "reviews": writes
        and any(line.item.state == ItemState.IN_REVIEW and not line.is_own for line in lines),
        "waits": writes
        and any(line.item.state == ItemState.IN_REVIEW and line.is_own for line in lines),
        "form": form or Verdict(),
        "step": request.POST.get("langkah", ""),
        "refused": refused or [],
        "told": told,
        "story": stories.of("item", told.pk) if told else [],
    }
    return page(request, TEMPLATE, context, status=status)


def _line(request: Request, item: ItemDetail, names: dict[int, str], ticked: set[str]) -> Line:
    return Line(
        item=item,
        options=[(code, text, code == item.key) for code, text in item.options],
        state=labels.ITEM_STATE[ItemState(item.state)],
        tone=TONE[ItemState(item.state)],
        domain=schemes.DOMAIN[item.domain],
        difficulty=schemes.DIFFICULTY[item.difficulty],
        writer=names.get(item.writer_id, ""),
        is_own=item.writer_id == request.actor.account_id,
        ticked=item.ref in ticked,
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done with items: where they must stand, and what is said afterwards."""

    sources: frozenset[str]
    act: "Callable[[Request, list[Item], str], None]"
    said: Callable[[int], str]
    asks_why: bool = False
    asks_which: bool = False
    leaves_out_own: bool = False


def _submit(request: Request, items: "list[Item]", note: str) -> None:
    actions.submit(items, by=request.actor, at=request.at)


def _approve(request: Request, items: "list[Item]", note: str) -> None:
    actions.approve(items, by=request.actor, at=request.at)


def _send_back(request: Request, items: "list[Item]", note: str) -> None:
    actions.send_back(items, note=note, by=request.actor, at=request.at)


def _retire(request: Request, items: "list[Item]", note: str) -> None:
    actions.retire(items, reason=note, by=request.actor, at=request.at)


STEPS = {
    "ajukan": Step(
        frozenset({ItemState.DRAFT}),
        _submit,
        lambda n: ngettext(
            "%(n)d item handed over for review.", "%(n)d items handed over for review.", n
        ),
    ),
    "setujui": Step(
        frozenset({ItemState.IN_REVIEW}),
        _approve,
        lambda n: ngettext("%(n)d item approved.", "%(n)d items approved.", n),
        leaves_out_own=True,
    ),
    "kembalikan": Step(
        frozenset({ItemState.IN_REVIEW}),
        _send_back,
        lambda n: ngettext(
            "%(n)d item went back to its writer.", "%(n)d items went back to their writer.", n
        ),
        asks_why=True,
        leaves_out_own=True,
    ),
    "tarik": Step(
        frozenset({ItemState.DRAFT, ItemState.IN_REVIEW, ItemState.APPROVED}),
        _retire,
        lambda n: ngettext("%(n)d item retired.", "%(n)d items retired.", n),
        asks_why=True,
        asks_which=True,
    ),
}
