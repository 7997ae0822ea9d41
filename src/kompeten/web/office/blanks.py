"""How many numbered sheets are there, what is printed next, and what became of each?"""

import random
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.certificates import actions, labels, queries
from kompeten.certificates.terms import STOCK_KEEPERS, BlankState
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people.terms import Roll
from kompeten.web.office import asking, nav, sending, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.blanks_forms import Print, Receive, Spoil
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Slice, Tab, Tone

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

READERS = queries.SEES_BLANKS
BATCH = 50  # certificates printed in one go
TONE = {BlankState.STOCK: Tone.INFO, BlankState.ISSUED: Tone.GOOD, BlankState.VOID: Tone.BAD}

nav.offer(
    nav.Place(
        label=gettext_lazy("Numbered sheets"),
        route="office:blanks",
        icon="printer",
        order=92,
        roles=READERS,
    ),
    nav.Inbox(
        name="blanks.print",
        label=gettext_lazy("Certificates to print"),
        hint=gettext_lazy("Note on which numbered sheet each one is printed."),
        place="office:blanks",
        route="office:blanks_print",
        roles=STOCK_KEEPERS,
        count=lambda request: queries.to_print_count(),
    ),
)


@require_safe
@asking.only(READERS)
def overview(request: Request) -> HttpResponse:
    """Show the stock, and sheets found by number, certificate or holder."""
    wanted = request.GET.get("cari", "").strip()[:80]
    state = request.GET.get("keadaan", "")
    found = queries.blanks(
        request.actor, text=wanted, state=state if state in set(BlankState) else ""
    )
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = list(found[start : start + asking.PAGE_SIZE])
    _note(request, [b.certificate for b in rows])
    counts = queries.blank_counts()
    waiting, stock = queries.to_print_count(), counts.get(BlankState.STOCK, 0)
    context = {
        "wanted": wanted,
        "state": state,
        "lines": [
            (b, labels.BLANK_STATE[BlankState(b.state)], TONE[BlankState(b.state)]) for b in rows
        ],
        "sheet": sheet,
        "any": bool(counts),
        "slices": _slices(counts),
        "tabs": _tabs(counts, state),
        "waiting": waiting,
        "short": max(waiting - stock, 0),
        "keeps": request.actor.may(STOCK_KEEPERS),
    }
    return page(request, "office/blanks.html", context, part="rows")


@require_http_methods(["GET", "POST"])
@asking.only(STOCK_KEEPERS)
def receive(request: Request) -> HttpResponse:
    """Take a delivery of sheets into the books."""
    form = Receive(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delivery = actions.receive_blanks(
                form.range(),
                note=form.cleaned_data["catatan"],
                by=request.actor,
                at=request.at,
                rng=random.SystemRandom(),
            )
        except StepRefused as refusal:
            if "role.not_held" in refusal.reasons:
                raise
            form.add_error(None, [words.reason(code) for code in refusal.reasons])
        else:
            count = delivery.last - delivery.first + 1
            said = ngettext("%(n)d sheet is in stock now.", "%(n)d sheets are in stock now.", count)
            messages.success(request, said % {"n": count})
            return go(request, "office:blanks")
    status = 422 if form.errors else 200
    return page(request, "office/blanks_receive.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@asking.only(STOCK_KEEPERS)
def to_print(request: Request) -> HttpResponse:
    """Show which certificates go onto which sheets, and note those that were printed."""
    form = Print(request.POST or None)
    if request.method != "POST":
        return _printing(request, form)
    ticked = asking.keys(request, "pilih")[:BATCH]
    waiting = {c.pk: c for c in queries.to_print().filter(pk__in=ticked)}
    if ticked and not waiting:  # a second click: they were printed a moment ago
        return go(request, "office:blanks_print")
    chosen = [waiting[key] for key in ticked if key in waiting]
    if not chosen:
        form.add_error(None, _("Tick at least one certificate."))
        return _printing(request, form)
    if form.is_valid():
        try:
            start = form.cleaned_data["mulai"]
            sheets = actions.issue_blanks(chosen, start=start, by=request.actor, at=request.at)
        except StepRefused as refusal:
            if "role.not_held" in refusal.reasons:
                raise
            form.add_error(None, [words.reason(code) for code in refusal.reasons])
        else:
            said = {"first": sheets[0].serial, "last": sheets[-1].serial, "n": len(sheets)}
            told = ngettext(
                "%(n)d certificate stands on sheets %(first)s to %(last)s.",
                "%(n)d certificates stand on sheets %(first)s to %(last)s.",
                len(sheets),
            )
            messages.success(request, told % said)
            return go(request, "office:blanks_print")
    return _printing(request, form, ticked=ticked)


@require_POST
@asking.only(STOCK_KEEPERS)
def print_file(request: Request) -> HttpResponse:
    """Send the ticked certificates as one file for the printer, in the order of the sheets they go onto."""
    ticked = asking.keys(request, "pilih")[:BATCH]
    waiting = {c.pk: c for c in queries.to_print().filter(pk__in=ticked)}
    if not waiting:
        messages.info(request, _("Tick at least one certificate."))
        return go(request, "office:blanks_print")
    content = queries.print_file(waiting[key] for key in ticked if key in waiting)
    _note(request, waiting.values(), is_file=True)
    name = f"cetak-{len(waiting)}-sertifikat.pdf"
    return sending.attachment(content, name=name, media_type="application/pdf")


@require_http_methods(["GET", "POST"])
@asking.only(READERS)
def sheet(request: Request, key: int) -> HttpResponse:
    """Show one sheet and its story, and write it off where it is spoiled."""
    found = asking.there(queries.blank(key, request.actor))
    form = Spoil(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if found.state == BlankState.VOID:  # a second click: it was written off a moment ago
            return go(request, "office:blank", key)
        if form.is_valid():
            reason = form.cleaned_data["alasan"]
            actions.void_blank(found, reason=reason, by=request.actor, at=request.at)
            messages.success(request, _("The sheet is void. It is never used again."))
            return go(request, "office:blank", key)
    _note(request, [found.certificate])
    state = BlankState(found.state)
    context = {
        "blank": found,
        "state": labels.BLANK_STATE[state],
        "tone": TONE[state],
        "voids": state is not BlankState.VOID and request.actor.may(STOCK_KEEPERS),
        "form": form,
        "story": stories.of("blank", found.pk),
    }
    status = 422 if form.errors else 200
    return page(request, "office/blank.html", context, status=status)


@require_safe
@asking.only(READERS)
def report(request: Request) -> HttpResponse:
    """Account for every number: by delivery, those that never came, and those that are void."""
    accounts = queries.account()
    void = queries.void_blanks()
    sheet = asking.slice_of(request, void.count())
    start = asking.offset(sheet)
    shown_void = list(void[start : start + asking.PAGE_SIZE])
    _note(request, [b.certificate for b in shown_void])
    context = {
        "accounts": accounts,
        "total": sum(a.range.count for _, a in accounts),
        "counts": queries.blank_counts(),
        "whole": all(a.is_whole for _, a in accounts),
        "gaps": queries.gaps(),
        "void": shown_void,
        "sheet": sheet,
        "columns": [
            _("Delivery"), _("Numbers"), _("Sheets"), _("In stock"), _("Printed on"), _("Void"),
        ],
    }  # fmt: skip
    return page(request, "office/blanks_report.html", context)


def _note(
    request: Request, named: "Iterable[Certificate | None]", *, is_file: bool = False
) -> None:
    keys = (certificate.person_id for certificate in named if certificate is not None)
    note_list(request, Roll.CERTIFICATES, keys, is_file=is_file)


def _printing(
    request: Request, form: Print, *, ticked: Sequence[int] | None = None
) -> HttpResponse:
    waiting = list(queries.to_print()[:BATCH])
    _note(request, waiting)
    sheets = list(queries.in_stock()[:BATCH])
    if sheets and not form.is_bound:
        form = Print(initial={"mulai": sheets[0].serial})
    context = {
        "form": form,
        "waiting": queries.to_print_count(),
        "stock": queries.blank_counts().get(BlankState.STOCK, 0),
        "lines": _lines(waiting, [s.serial for s in sheets], ticked),
    }
    status = 422 if form.errors else 200
    return page(request, "office/blanks_print.html", context, status=status)


def _lines(
    waiting: "Sequence[Certificate]", serials: Sequence[str], ticked: Sequence[int] | None
) -> list[tuple[Any, str, str, bool]]:
    """Return certificate, holder, the sheet it would go onto, and whether it is ticked."""
    return [
        (
            certificate,
            (certificate.content or {}).get("holder", ""),
            serial or "",
            certificate.pk in ticked if ticked is not None else serial is not None,
        )
        for certificate, serial in zip_longest(waiting, serials[: len(waiting)])
    ]


def _slices(counts: dict[str, int]) -> list[Slice]:
    return [
        Slice(labels.BLANK_STATE[state], counts[state], tone)
        for state, tone in TONE.items()
        if counts.get(state)
    ]


def _tabs(counts: dict[str, int], state: str) -> list[Tab]:
    here = reverse("office:blanks")
    parts = [Tab(_("All"), here, current=not state)]
    parts += [
        Tab(
            capfirst(labels.BLANK_STATE[one]),
            f"{here}?keadaan={one.value}",
            current=state == one.value,
            count=counts.get(one.value, 0),
        )
        for one in BlankState
    ]
    return parts
