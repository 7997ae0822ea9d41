"""What does each column of a list hold? Asked where its name is not known, once for each office."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kompeten.applications import actions, queries
from kompeten.applications.terms import Heading, Roster, Source
from kompeten.people import queries as people
from kompeten.web.candidate import asking, labels, pending, staff
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page

NEEDLESS, FORGET = "-", "?"
FIELDS = [(name, labels.LIST_FIELD[name]) for name in queries.LIST_FIELDS]
CHOICES = [(NEEDLESS, _("Not needed")), *FIELDS]
KEPT_CHOICES = [(FORGET, _("Ask me again")), *CHOICES]
LONGEST_PLACE = 80


class Naming(forms.Form):
    """A choice of field for each heading, and one answer for everybody where no column gives it."""

    def __init__(
        self,
        found: Sequence[Heading],
        unsaid: Iterable[str],
        *args: Any,
        said: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings = {f"kolom_{number}": heading for number, heading in enumerate(found)}
        for name, heading in self.headings.items():
            self.fields[name] = forms.ChoiceField(
                label=_label(heading),
                help_text=" · ".join(heading.samples),
                choices=CHOICES,
                initial=heading.field or heading.proposed or NEEDLESS,
            )
        for field in unsaid:
            self.fields[f"semua_{field}"] = _of_everybody(field, said.get(f"={field}", ""))

    def unknown(self) -> list[forms.BoundField]:
        """Return the questions about columns that nobody has spoken of."""
        asked = (Source.UNKNOWN, Source.CONTENT)
        return [self[name] for name, heading in self.headings.items() if heading.source in asked]

    def known(self) -> list[forms.BoundField]:
        """Return the columns that were understood, or spoken of before; each may be changed."""
        asked = (Source.UNKNOWN, Source.CONTENT)
        return [
            self[name] for name, heading in self.headings.items() if heading.source not in asked
        ]

    def of_everybody(self) -> list[forms.BoundField]:
        """Return the questions about what holds for all people of the list."""
        return [bound for bound in self if bound.name.startswith("semua_")]

    def clean(self) -> dict[str, Any]:
        """Refuse one field for two columns of a sheet: one of them would be passed over in silence."""
        given = super().clean() or {}
        taken: dict[tuple[str, str], str] = {}
        for name, heading in self.headings.items():
            chosen = given.get(name, NEEDLESS)
            if chosen == NEEDLESS:
                continue
            first = taken.setdefault((heading.sheet, chosen), name)
            if first != name and NEEDLESS not in (chosen, given.get(first)):
                self.add_error(name, labels.COLUMN_TAKEN)
        return given

    def meanings(self) -> dict[str, str]:
        """Return what was said beyond what the list itself says, by the key of the heading."""
        said = {
            heading.key: "" if chosen == NEEDLESS else chosen
            for name, heading in self.headings.items()
            if (chosen := self.cleaned_data[name]) != (heading.field or NEEDLESS)
            or heading.source in (Source.UNKNOWN, Source.CONTENT, Source.OFFICE)
        }
        for bound in self.of_everybody():
            said[f"={bound.name.removeprefix('semua_')}"] = self.cleaned_data[bound.name]
        return said


@require_http_methods(["GET", "POST"])
def columns(request: Request) -> HttpResponse:
    """Ask what the columns of a list hold; the answers hold for every list of the office."""
    found = pending.of(request)
    if found is None:
        messages.warning(request, labels.LIST_EXPIRED)
        return go(request, "candidate:send")
    kept = queries.list_meanings(found.organization_id)
    judged = actions.judge(found.content(), at=request.at, meanings=kept | found.said)
    sent = request.POST if request.method == "POST" else None
    form = Naming(_once(judged), _everybody(judged, found.said), sent, said=found.said)
    if request.method == "POST" and form.is_valid():
        said = form.meanings()
        actions.name_headings(found.organization_id, said, by=request.actor, at=request.at)
        of_this_list = {k: v for k, v in said.items() if not queries.holds_for_all_lists(k)}
        return go(request, found.with_said(of_this_list).address("candidate:preview"))
    context = {
        "form": form,
        "pending": found,
        "reference": found.sign(),
        "missing": [str(labels.LIST_FIELD[name]) for name in judged.missing],
        "skip_at": found.with_said({}).address("candidate:preview"),
    }
    status = 422 if form.errors else 200
    return page(request, "candidate/columns.html", context, part="form", status=status)


class Kept(forms.Form):
    """What an office has said of headings before, each changeable."""

    def __init__(self, meanings: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"judul_{number}": heading for number, heading in enumerate(meanings)}
        for name, heading in self.names.items():
            self.fields[name] = forms.ChoiceField(
                label=heading, choices=KEPT_CHOICES, initial=meanings[heading] or NEEDLESS
            )

    def meanings(self) -> dict[str, str | None]:
        """Return what is said now: a field, nothing needed, or None where it is to be forgotten."""
        said = {NEEDLESS: "", FORGET: None}
        return {
            heading: said.get(chosen, chosen)
            for name, heading in self.names.items()
            if (chosen := self.cleaned_data[name]) != self.fields[name].initial
        }


@require_http_methods(["GET", "POST"])
def remembered(request: Request) -> HttpResponse:
    """Show what an office has said of its headings, to be changed or forgotten."""
    names = _offices(request)
    office = _office(request, names)
    sent = request.POST if request.method == "POST" else None
    form = Kept(queries.list_meanings(office), sent)
    if request.method == "POST" and form.is_valid():
        actions.name_headings(office, form.meanings(), by=request.actor, at=request.at)
        messages.success(request, labels.COLUMNS_KEPT)
        return go(request, f"{request.path}?kantor={office}")
    context = {
        "form": form,
        "office": office,
        "offices": names.items() if len(names) > 1 else (),
        "office_name": names[office],
        "places": staff.places(request),
    }
    return page(request, "candidate/remembered.html", context, status=422 if form.errors else 200)


def _once(judged: Roster) -> list[Heading]:
    """Return each heading of the list once, however many sheets have it; empty columns are left out."""
    found: dict[str, Heading] = {}
    for heading in judged.headings:
        if heading.samples and heading.key and heading.field != "number":
            found.setdefault(heading.key, heading)
    return list(found.values())


def _everybody(judged: Roster, said: dict[str, str]) -> list[str]:
    before = {key.removeprefix("=") for key in said if key.startswith("=")}
    return [field for field in queries.said_of_everybody() if field in {*judged.unsaid, *before}]


def _label(heading: Heading) -> Any:
    if queries.holds_for_all_lists(heading.key):
        return heading.label
    return labels.COLUMN_NUMBER % {"number": heading.key.lstrip("#")}


def _of_everybody(field: str, initial: str) -> forms.Field:
    words = queries.said_of_everybody()[field]
    label, help_text = labels.LIST_FIELD[field], labels.EVERYBODY_HELP.get(field, "")
    if not words:
        return forms.CharField(
            label=label,
            help_text=help_text,
            initial=initial,
            required=False,
            max_length=LONGEST_PLACE,
        )
    choices = [("", _("Not the same for all")), *((word, word) for word in words)]
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=choices, initial=initial, required=False
    )


def _offices(request: Request) -> dict[int, str]:
    keys = request.actor.organization_ids
    if not asking.is_sponsor(request.actor) or not keys:
        raise PermissionDenied
    return people.organization_names(keys, on=asking.today(request))


def _office(request: Request, names: dict[int, str]) -> int:
    """Return the office that is asked about, else the first; one that is not theirs is not there."""
    asked = request.POST.get("kantor") or request.GET.get("kantor")
    found = [key for key in names if not asked or str(key) == asked]
    return asking.there(found[0] if found else None)
