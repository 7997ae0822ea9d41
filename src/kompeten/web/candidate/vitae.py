"""How is the curriculum vitae filled in? Part by part, each with as many entries as there are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kompeten.foundation import words
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.portfolios import actions, queries
from kompeten.portfolios.terms import WRITABLE, DossierView, EntriesInvalid, PartView, Problem
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes.terms import AnswerField, FieldKind
from kompeten.web.candidate import asking, labels, portfolio
from kompeten.web.candidate.asking import Request
from kompeten.web.ui import labels as ui_labels
from kompeten.web.ui.fields import CHOOSE
from kompeten.web.ui.http import go, page

MOST_SENT = 101  # one more than a part may hold, so that the room can say so
Texts = Mapping[str, str]


class Entry(forms.Form):
    """One entry of a part; the room judges it, and says what is wrong with which field."""

    def __init__(
        self, part: PartView, texts: Texts, *, number: int, problems: Sequence[Problem] = ()
    ) -> None:
        super().__init__(initial=dict(texts), prefix=str(number))
        self.number = number
        self.asked = {field.code: field for field in part.fields}
        for field in part.fields:
            self.fields[field.code] = _field(field)
        wrong: dict[str, list[str]] = defaultdict(list)
        for problem in problems:
            wrong[problem.field].append(words.reason(problem.code))
        self.general = wrong.pop("", [])
        self._errors = ErrorDict({name: self.error_class(said) for name, said in wrong.items()})

    def questions(self) -> Iterator[tuple[forms.BoundField, bool]]:
        """Give each field with whether it may stay empty."""
        for bound in self:
            yield bound, not self.asked[bound.name].required


@require_http_methods(["GET", "POST"])
def vitae(request: Request, ref: str, part: str) -> HttpResponse:
    """Show one part, add and remove entries, and keep it."""
    dossier = portfolio.own(request, ref)
    view = queries.view(dossier, language=asking.language())
    asked = asking.there(next((p for p in view.parts if p.code == part), None))
    if request.method != "POST":
        return _page(request, view, asked, asked.entries or ({},))
    entries = _sent(request.POST, asked)
    if "add" in request.POST:
        return _page(request, view, asked, [*entries, {}])
    if (gone := request.POST.get("remove", "")).isdigit():
        left = [entry for place, entry in enumerate(entries) if place != int(gone)]
        return _page(request, view, asked, left or [{}])
    try:
        actions.save_cv(dossier, parts={part: entries}, by=request.actor, at=request.at)
    except EntriesInvalid as invalid:
        return _page(request, view, asked, entries, problems=invalid.problems, status=422)
    except (StepRefused, StaleRecord) as refusal:
        return _page(request, view, asked, entries, reasons=_reasons(refusal), status=409)
    messages.success(request, labels.PART_KEPT)
    return go(request, _onward(request, view, asked))


def _page(
    request: Request,
    view: DossierView,
    part: PartView,
    entries: Sequence[Texts],
    *,
    problems: Sequence[Problem] = (),
    reasons: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    shown = [
        Entry(part, texts, number=n, problems=[p for p in problems if p.entry == n])
        for n, texts in enumerate(entries)
    ]
    context = {
        "view": view,
        "part": part,
        "entries": shown,
        "reasons": reasons,
        "writable": view.state in WRITABLE,
        "is_last": _following(view, part) == "",
        "number": view.parts.index(part) + 1,
    }
    return page(request, "candidate/vitae.html", context, part="form", status=status)


def _sent(post: QueryDict, part: PartView) -> list[Texts]:
    """Return the entries as they were sent; `entries` says how many the page had."""
    told = post.get("entries", "")
    count = min(int(told), MOST_SENT) if told.isdigit() else 1
    return [
        {field.code: post.get(f"{place}-{field.code}", "") for field in part.fields}
        for place in range(count)
    ]


def _reasons(refusal: Exception) -> list[str]:
    if isinstance(refusal, StepRefused):
        return [words.reason(code) for code in refusal.reasons]
    return [str(ui_labels.STALE.text)]


def _onward(request: Request, view: DossierView, part: PartView) -> str:
    after = _following(view, part)
    if "onward" in request.POST and after:
        return after
    return reverse("candidate:portfolio", args=[view.ref])


def _following(view: DossierView, part: PartView) -> str:
    after = view.parts[view.parts.index(part) + 1 :]
    return portfolio.part_address(view, after[0].code) if after else ""


def _field(asked: AnswerField) -> forms.Field:
    label = scheme_labels.local(asked.label)
    if asked.kind is FieldKind.CHOICE:
        named = [(choice.code, scheme_labels.local(choice.title)) for choice in asked.choices]
        return forms.ChoiceField(label=label, required=False, choices=[("", CHOOSE), *named])
    return forms.CharField(label=label, required=False, widget=_widget(asked.kind))


def _widget(kind: FieldKind) -> forms.Widget:
    match kind:
        case FieldKind.LONG_TEXT:
            return forms.Textarea(attrs={"rows": 4})
        case FieldKind.DATE:
            return forms.DateInput()
        case FieldKind.YEAR | FieldKind.NUMBER:
            return forms.TextInput(attrs={"inputmode": "decimal"})
        case _:
            return forms.TextInput()
