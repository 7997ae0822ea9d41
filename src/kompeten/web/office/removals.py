"""Who asks that their data is erased? The officer sees what is held, what the law keeps, and answers."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.foundation import keeping, words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import actions, labels, queries
from kompeten.people.terms import DATA_KEEPERS, DATA_READERS, RemovalState, Roll
from kompeten.web.office import asking, nav, stories
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tab, Tone

if TYPE_CHECKING:
    from kompeten.people.models import RemovalRequest

TONE = {
    RemovalState.REQUESTED: Tone.WAIT,
    RemovalState.ANSWERED: Tone.GOOD,
    RemovalState.TAKEN_BACK: Tone.PLAIN,
}

stories.offer(labels.EVENT)
PLACE = nav.Place(
    label=gettext_lazy("Personal data"),
    route="office:removals",
    icon="shield-check",
    order=215,
    roles=DATA_READERS,
)
nav.offer(
    PLACE,
    nav.Inbox(
        name="removals",
        label=gettext_lazy("Requests to erase"),
        place="office:removals",
        route="office:removals",
        roles=DATA_KEEPERS,
        count=lambda request: queries.removals(request.actor, open_only=True).count(),
        hint=gettext_lazy("Say what is erased and what must stay, and why."),
    ),
)


class Answer(forms.Form):
    """Which kinds of record are erased, and what the officer adds."""

    hapus = forms.MultipleChoiceField(
        label=gettext_lazy("Erase"),
        help_text=gettext_lazy("What you tick is erased at once and cannot be brought back."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    catatan = forms.CharField(
        label=gettext_lazy("Note to the person"),
        help_text=gettext_lazy(
            "Needed if something stays that could be erased. The person reads it."
        ),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, erasable: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hapus"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = erasable

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the form.

        :raises StepRefused: no other words would mend it
        """
        if not all(code.startswith("removal.") for code in refusal.reasons):
            raise refusal
        for code in refusal.reasons:
            field = "catatan" if code == "removal.note_missing" else None
            self.add_error(field, words.reason(code))


@require_safe
@asking.only(DATA_READERS)
def index(request: Request) -> HttpResponse:
    """List the requests, those that wait first."""
    found = queries.removals(request.actor).order_by("-state", "id")
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.removal_rows(found[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.REMOVALS, (row.person_id for row in rows))
    context = {
        "lines": [
            {"row": row, "word": labels.REMOVAL_STATE[row.state], "tone": TONE[row.state]}
            for row in rows
        ],
        "columns": [_("Person"), _("Asked"), _("State")],
        "sheet": sheet,
        "tabs": tabs(request, "office:removals"),
    }
    return page(request, "office/removals.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(DATA_READERS)
def removal(request: Request, ref: str) -> HttpResponse:
    """Show one request with what is held, and answer it."""
    found = asking.there(queries.removal(ref, request.actor))
    is_open = found.state == RemovalState.REQUESTED and request.actor.may(DATA_KEEPERS)
    held = _held(found) if is_open else []
    erasable = [(line["name"], line["label"]) for line in held if not line["why"]]
    form = Answer(request.POST if request.method == "POST" else None, erasable=erasable)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer_removal(
                found, erase=said["hapus"], note=said["catatan"], by=request.actor, at=request.at
            )
        except StepRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Answered. The person reads it on their own page."))
            return go(request, "office:removals")
    (row,) = queries.removal_rows(queries.removals(request.actor).filter(pk=found.pk))
    note_list(request, Roll.REMOVALS, [row.person_id], about=ref)
    context = {
        "row": row,
        "word": labels.REMOVAL_STATE[row.state],
        "tone": TONE[row.state],
        "is_open": is_open,
        "held": held,
        "answer": answer_lines(row.answer),
        "form": form,
        "story": stories.of("removal", found.pk),
    }
    status = 422 if form.errors else 200
    return page(request, "office/removal.html", context, part="form", status=status)


def tabs(request: Request, current: str) -> list[Tab]:
    """Return the parts of this place."""
    names = {
        "office:removals": _("Requests to erase"),
        "office:breaches": _("Breaches"),
        "office:retention": _("How long data is kept"),
    }
    return [Tab(label, reverse(name), current=name == current) for name, label in names.items()]


def answer_lines(answer: Any) -> list[dict[str, Any]]:
    """Return what was answered of each kind, in the words of the kind and of the reason."""
    lines = []
    for kind in keeping.kinds():
        if kind.name in answer:
            code = answer[kind.name]
            lines.append({"label": kind.label, "why": words.reason(code) if code else ""})
    return lines


def _held(found: "RemovalRequest") -> list[dict[str, Any]]:
    """Return each kind of record that is held of the person, and why it has to stay, if it has."""
    lines = []
    for kind in keeping.kinds():
        if count := len(kind.records(found.person_id)):
            code = kind.stays(found.person_id)
            lines.append(
                {
                    "name": kind.name,
                    "label": f"{kind.label} ({count})",
                    "why": words.reason(code) if code else "",
                }
            )
    return lines
