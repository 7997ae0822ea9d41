"""How does an office hand in a list? It is judged first, shown, and taken only when confirmed."""

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.applications import actions, queries
from kompeten.applications.labels import VERDICT
from kompeten.applications.terms import ListUnreadable, Roster, Row, Verdict
from kompeten.foundation import files, words
from kompeten.people import queries as people
from kompeten.web.candidate import asking, labels, staff
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Column, Slice, Tone

MOST_BYTES = 20_000_000
SALT = "candidate.collective"
KEPT_SECONDS = 24 * 3600
MEDIA_TYPE = "application/octet-stream"
SAMPLES = 12
REASONS = 8
PAGE_SIZE = 25
NEWEST = 3


@dataclass(frozen=True, slots=True)
class Pending:
    """A list that was sent and waits to be confirmed: kept by digest, named in a signed reference."""

    sha256: str
    label: str
    organization_id: int
    account_id: int

    def sign(self) -> str:
        """Return the reference that the page of the second step carries."""
        held = [self.sha256, self.label, self.organization_id, self.account_id]
        return signing.dumps(held, salt=SALT, compress=True)

    @classmethod
    def read(cls, reference: str) -> "Pending | None":
        """Return what the reference stands for; None when it is old or not ours."""
        try:
            return cls(*signing.loads(reference, salt=SALT, max_age=KEPT_SECONDS))
        except signing.BadSignature:
            return None


class Sending(forms.Form):
    """A workbook, for which office, and how the office calls it."""

    organization = forms.TypedChoiceField(label=_("For which office"), coerce=int)
    label = forms.CharField(
        label=_("Name of the list"),
        help_text=_("So that you find it again, for example: Gelombang I Padang."),
        max_length=160,
    )
    file = forms.FileField(
        label=_("The list"),
        help_text=_(
            "An Excel workbook (.xlsx) up to 20 MB, with at least NIK, name and birth date."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm"}),
    )

    def __init__(self, *args: Any, offices: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organization"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(offices.items())
        if len(offices) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = next(iter(offices))


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
    """Take a workbook in for a first look; nothing is written of anybody yet."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = Sending(*sent, offices=_offices(request))
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        try:
            actions.judge(content, at=request.at)
        except ListUnreadable as refusal:
            form.add_error("file", words.reason(refusal.code))
        else:
            pending = Pending(
                files.put(content, media_type=MEDIA_TYPE).sha256,
                form.cleaned_data["label"],
                form.cleaned_data["organization"],
                request.actor.account,
            )
            query = urlencode({"daftar": pending.sign()})
            return go(request, f"{reverse('candidate:preview')}?{query}")
    status = 422 if form.errors else 200
    return page(request, "candidate/send.html", {"form": form}, part="form", status=status)


@require_http_methods(["GET", "POST"])
def preview(request: Request) -> HttpResponse:
    """Show what would become of each line, and take the list when that is confirmed."""
    _offices(request)
    reference = (request.POST or request.GET).get("daftar", "")
    pending = Pending.read(reference)
    if pending is None or not _is_theirs(request, pending):
        messages.warning(request, labels.LIST_EXPIRED)
        return go(request, "candidate:send")
    content = files.read(pending.sha256)
    if request.method == "POST":
        result = actions.receive_list(
            content,
            label=pending.label,
            organization_id=pending.organization_id,
            by=request.actor,
            at=request.at,
            rng=random.SystemRandom(),
        )
        if not queries.sponsored(request.actor).filter(ref=result.ref).exists():
            messages.info(request, labels.LIST_ELSEWHERE)
            return go(request, "candidate:collectives")
        messages.success(request, labels.LIST_AGAIN if result.again else labels.LIST_TAKEN)
        return go(request, "candidate:batch", result.ref)
    judged = actions.foresee(content, at=request.at)
    before = queries.received_before(pending.sha256)
    theirs = before is not None and before.organization_id in request.actor.organization_ids
    context = _judged(judged) | {
        "pending": pending,
        "reference": reference,
        "before": before if theirs else None,
        "elsewhere": labels.LIST_ELSEWHERE if before and not theirs else "",
    }
    return page(request, "candidate/preview.html", context)


def verdict_slices(counts: dict[str, int] | Counter[Verdict]) -> list[Slice]:
    """Return the verdicts of a list as parts of one whole."""
    return [
        Slice(VERDICT[verdict], counts.get(verdict, 0), labels.VERDICT_TONE[verdict])
        for verdict in Verdict
    ]


def _judged(judged: Roster) -> dict[str, Any]:
    counts = Counter(row.verdict for row in judged.rows)
    bad = [row for row in judged.rows if row.verdict is Verdict.REPAIR]
    reasons = Counter(code for row in bad for code in row.reasons)
    warned = [row for row in judged.rows if row.verdict is Verdict.GOOD and row.entry.warnings]
    warnings = Counter(code for row in warned for code in row.entry.warnings)
    return {
        "total": len(judged.rows),
        "counts": {verdict.value: counts[verdict] for verdict in Verdict},
        "slices": verdict_slices(counts),
        "reasons": [Slice(words.reason(c), n, Tone.WAIT) for c, n in reasons.most_common(REASONS)],
        "samples": [_sample(row, row.reasons) for row in bad[:SAMPLES]],
        "columns": [Column(_("Person")), Column(_("Why it waits"))],
        "warned": len(warned),
        "warnings": [
            Slice(words.reason(c), n, Tone.INFO) for c, n in warnings.most_common(REASONS)
        ],
        "warned_samples": [_sample(row, row.entry.warnings) for row in warned[:SAMPLES]],
        "warned_columns": [Column(_("Person")), Column(_("What to look at"))],
        "more": max(len(bad) - SAMPLES, 0),
        "skipped": judged.skipped,
        "unread": judged.unread,
    }


def _sample(row: Row, codes: tuple[str, ...]) -> dict[str, Any]:
    said = [words.reason(code) for code in codes]
    return {"name": row.entry.name, "place": row.place, "reasons": said}


def _offices(request: Request) -> dict[int, str]:
    """Return the offices the person is sponsor of, by key.

    :raises PermissionDenied: of none, or no longer
    """
    keys = request.actor.organization_ids
    if not asking.is_sponsor(request.actor) or not keys:
        raise PermissionDenied
    return people.organization_names(keys, on=asking.today(request))


def _is_theirs(request: Request, pending: Pending) -> bool:
    own = pending.account_id == request.actor.account_id
    return own and pending.organization_id in request.actor.organization_ids


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
