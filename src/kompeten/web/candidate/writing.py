"""How is a self-description written? In the candidate's own time, kept while they type, never lost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompeten.foundation import words
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.portfolios import actions, queries
from kompeten.portfolios.labels import HINT
from kompeten.portfolios.terms import WRITABLE, DossierView, ItemView
from kompeten.regions.labels import ZONE
from kompeten.web.candidate import asking, labels, portfolio
from kompeten.web.candidate.asking import Request
from kompeten.web.ui import labels as ui_labels
from kompeten.web.ui.http import go, page

ROWS = 9


class Answers(forms.Form):
    """One text for each item of a group, under the item's code."""

    def __init__(self, items: tuple[ItemView, ...], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={item.code: item.text for item in items})
        for item in items:
            self.fields[item.code] = forms.CharField(
                label=item.prompt,
                help_text=_help(item),
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={"rows": ROWS}),
            )

    @property
    def sent(self) -> dict[str, str]:
        """The texts that came with the request; a page may send one or all."""
        return {name: self.data[name] for name in self.fields if name in self.data}


@require_http_methods(["GET", "POST"])
def write(request: Request, ref: str, group: str) -> HttpResponse:
    """Show the items of a group to write in, and keep what is sent, from a button or while typing."""
    dossier = portfolio.own(request, ref)
    view = queries.view(dossier, language=asking.language())
    items = asking.there(next((g[3] for g in portfolio.groups(view) if g[0] == group), None))
    if request.method != "POST":
        return _page(request, view, group, Answers(items))
    form = Answers(items, request.POST)
    try:
        counts = actions.save(dossier, answers=form.sent, by=request.actor, at=request.at)
    except (StepRefused, StaleRecord) as refusal:
        return _refused(request, view, group, form, refusal)
    if _is_typing(request):
        return JsonResponse({"at": request.at.isoformat(), "words": counts})
    messages.success(request, labels.TEXT_KEPT)
    return go(request, _onward(request, view, group))


def _refused(
    request: Request, view: DossierView, group: str, form: Answers, refusal: Exception
) -> HttpResponse:
    """Say why nothing was kept, with every word still in its field."""
    stale = isinstance(refusal, StaleRecord)
    codes = refusal.reasons if isinstance(refusal, StepRefused) else ()
    reasons = [str(ui_labels.STALE.text)] if stale else [words.reason(code) for code in codes]
    status = 409 if stale or not asking.FORMAL.isdisjoint(codes) else 422
    if _is_typing(request):
        return JsonResponse({"reasons": reasons}, status=status)
    return _page(request, view, group, form, reasons=reasons, status=status)


def _page(
    request: Request,
    view: DossierView,
    group: str,
    form: Answers,
    *,
    reasons: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    code, title, guidance, items = next(g for g in portfolio.groups(view) if g[0] == group)
    context = {
        "view": view,
        "group": code,
        "title": title,
        "guidance": guidance,
        "form": form,
        "questions": [_question(view, item, form) for item in items],
        "writable": view.state in WRITABLE,
        "reasons": reasons or [],
        "following": _following(view, group),
    }
    return page(request, "candidate/write.html", context, status=status)


def _question(view: DossierView, item: ItemView, form: Answers) -> dict[str, Any]:
    return {
        "item": item,
        "bound": form[item.code],
        "words": item.min_words or item.full_score_words,
        "text": item.text,
        "saved_at": _clock(item.saved_at),
        "hints": [HINT[h.code] for h in view.hints if h.place == item.code],
    }


def _help(item: ItemView) -> str:
    if not item.full_score_words:
        return item.help
    more = _("With %(count)s words or more the answer can get the highest mark.")
    return f"{item.help} {more % {'count': item.full_score_words}}".strip()


def _is_typing(request: Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _onward(request: Request, view: DossierView, group: str) -> str:
    after = _following(view, group)
    if "onward" in request.POST and after:
        return after
    return reverse("candidate:portfolio", args=[view.ref])


def _following(view: DossierView, group: str) -> str:
    codes = [g[0] for g in portfolio.groups(view)]
    after = codes[codes.index(group) + 1 :]
    return reverse("candidate:write", args=[view.ref, after[0]]) if after else ""


def _clock(at: datetime | None) -> str:
    """Return when something was last kept, on the body's clock and with its name."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} {ZONE[timezone.get_default_timezone_name()]}"
