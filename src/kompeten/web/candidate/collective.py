"""How does an office hand in a list? It is judged first, shown, and taken only when confirmed."""

import random
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.applications import actions, queries
from kompeten.applications.terms import ListUnreadable
from kompeten.foundation import words
from kompeten.people import queries as people
from kompeten.web.candidate import asking, labels, pending, previewing, staff
from kompeten.web.candidate.asking import Request
from kompeten.web.candidate.pending import Pending
from kompeten.web.ui.http import go, page
from kompeten.web.ui.problems import too_many

MOST_BYTES = 20_000_000
MOST_PASTED = 1_000_000
ACCEPTED = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.htm,.html"
PAGE_SIZE = 25
NEWEST = 3


class Sending(forms.Form):
    """A list, as a file or pasted, for which office, and how the office calls it."""

    organization = forms.TypedChoiceField(label=_("For which office"), coerce=int)
    label = forms.CharField(
        label=_("Name of the list"),
        help_text=_("So that you find it again, for example: Gelombang I Padang."),
        max_length=160,
    )
    file = forms.FileField(
        label=_("The list as a file"),
        help_text=_(
            "Excel (.xlsx, .xlsm, .xls), .ods, .csv or a table saved as a page, up to 20 MB, with at"
            " least NIK, name and birth date."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        required=False,
    )
    rows = forms.CharField(
        label=_("Or paste the rows"),
        help_text=_(
            "Copied out of a spreadsheet or a message: one person in each line, or one point in each"
            " line (Nama: …, NIK: …)."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        max_length=MOST_PASTED,
        required=False,
        strip=False,
    )

    def __init__(self, *args: Any, offices: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organization"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(offices.items())
        if len(offices) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = next(iter(offices))

    def clean(self) -> dict[str, Any]:
        """Ask for a file or for rows, not for both: one of them would be passed over in silence."""
        given = super().clean() or {}
        has_file, has_rows = bool(given.get("file")), bool((given.get("rows") or "").strip())
        if "file" not in self.errors and "rows" not in self.errors and has_file == has_rows:
            self.add_error("file", labels.LIST_TWICE if has_file else labels.LIST_MISSING)
        return given

    def content(self) -> bytes:
        """Return the list as bytes, pasted rows as UTF-8 text."""
        if file := self.cleaned_data["file"]:
            content: bytes = file.read(MOST_BYTES + 1)
            return content
        return str(self.cleaned_data["rows"]).encode()


@require_safe
def collectives(request: Request) -> HttpResponse:
    """List what the person's offices have sent, the newest first."""
    offices = _offices(request)
    lists = queries.sponsored(request.actor).order_by("-id")
    shown = Paginator(range(lists.count()), PAGE_SIZE).get_page(request.GET.get("halaman"))
    first = max(shown.start_index() - 1, 0)
    lines = _lines(lists[first : first + PAGE_SIZE], offices)
    return page(
        request,
        "candidate/collectives.html",
        {"lines": lines, "page": shown, "places": staff.places(request)},
    )


def newest(request: Request) -> list[dict[str, Any]]:
    """Return the newest lists for the first page. Four queries."""
    lists = queries.sponsored(request.actor).order_by("-id")
    return _lines(lists[:NEWEST], _offices(request))


@require_http_methods(["GET", "POST"])
def send(request: Request) -> HttpResponse:
    """Take a list in for a first look; nothing is written of anybody yet."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = Sending(*sent, offices=_offices(request))
    if request.method == "POST" and form.is_valid():
        office, content = form.cleaned_data["organization"], form.content()
        if pending.looks_too_often(office, most=settings.OPTIONS.list_looks_per_hour):
            return too_many(request)
        try:
            actions.judge(content, at=request.at, meanings=queries.list_meanings(office))
        except ListUnreadable as refusal:
            form.add_error("file" if form.files else "rows", words.reason(refusal.code))
        else:
            sha256 = actions.keep_sheet(content, at=request.at)
            label, account = form.cleaned_data["label"], request.actor.account
            return go(request, Pending(sha256, label, office, account).address("candidate:preview"))
    status = 422 if form.errors else 200
    return page(request, "candidate/send.html", {"form": form}, part="form", status=status)


@require_http_methods(["GET", "POST"])
def preview(request: Request) -> HttpResponse:
    """Show what would become of each line, and take the list when that is confirmed."""
    _offices(request)
    found = pending.of(request)
    if found is None:
        messages.warning(request, labels.LIST_EXPIRED)
        return go(request, "candidate:send")
    if request.method == "POST":
        return _take(request, found)
    if pending.looks_too_often(found.organization_id, most=settings.OPTIONS.list_looks_per_hour):
        return too_many(request)
    judged = actions.foresee(
        found.content(),
        organization_id=found.organization_id,
        at=request.at,
        meanings=found.said,
    )
    if not found.asked and (judged.unclear or judged.missing or judged.unsaid):
        return go(request, found.address("candidate:columns"))
    return page(
        request, "candidate/preview.html", previewing.shown(judged) | _seen_before(request, found)
    )


def _take(request: Request, found: Pending) -> HttpResponse:
    result = actions.receive_list(
        found.content(),
        label=found.label,
        organization_id=found.organization_id,
        by=request.actor,
        at=request.at,
        rng=random.SystemRandom(),
        meanings=found.said,
    )
    if not queries.sponsored(request.actor).filter(ref=result.ref).exists():
        messages.info(request, labels.LIST_ELSEWHERE)
        return go(request, "candidate:collectives")
    messages.success(request, labels.LIST_AGAIN if result.again else labels.LIST_TAKEN)
    return go(request, "candidate:batch", result.ref)


def _seen_before(request: Request, found: Pending) -> dict[str, Any]:
    before = queries.received_before(found.sha256)
    theirs = before is not None and before.organization_id in request.actor.organization_ids
    return {
        "pending": found,
        "reference": found.sign(),
        "columns_at": found.address("candidate:columns"),
        "before": before if theirs else None,
        "elsewhere": labels.LIST_ELSEWHERE if before and not theirs else "",
    }


def _offices(request: Request) -> dict[int, str]:
    """Return the offices the person is sponsor of, by key.

    :raises PermissionDenied: of none, or no longer
    """
    keys = request.actor.organization_ids
    if not asking.is_sponsor(request.actor) or not keys:
        raise PermissionDenied
    return people.organization_names(keys, on=asking.today(request))


def _lines(lists: Any, offices: dict[int, str]) -> list[dict[str, Any]]:
    rows = queries.collective_list(lists)
    waiting = queries.repairs_by_list(row.ref for row in rows)
    return [
        {
            "row": row,
            "office": offices.get(row.organization_id, ""),
            "people": sum(row.counts.values()),
            "waiting": waiting.get(row.ref, 0),
        }
        for row in rows
    ]
