"""Which letters are to be printed, for those whom no mail reaches? By region or list, or one alone."""

import re
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kompeten.applications import queries as applications
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.notices import actions, labels, queries
from kompeten.notices.terms import PaperKind, PaperPart
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.regions import queries as regions
from kompeten.web.office import asking, nav
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.listed import note_list

PRINTERS = frozenset({Role.COORDINATOR, Role.REGISTRAR})
SHOWN = 25
COLUMNS = (_("Person"), _("Letter"), _("Written on"))
REF = r"[0-9A-Za-z]{0,10}"

nav.offer(
    nav.Place(
        label=_("Letters to print"),
        route="office:letters",
        icon="printer",
        order=93,
        roles=PRINTERS,
    )
)


class Narrow(forms.Form):
    """Which letters are meant."""

    jenis = forms.ChoiceField(
        label=_("Letter"), choices=[(kind.value, labels.PAPER_KIND[kind]) for kind in PaperKind]
    )
    provinsi = forms.ChoiceField(label=_("Province"), required=False)
    daftar = forms.ChoiceField(label=_("List"), required=False)
    permohonan = forms.RegexField(
        REF, label=_("Application"), required=False, help_text=_("For one letter alone.")
    )
    ulang = forms.BooleanField(
        label=_("Those too that were printed or mailed already"), required=False
    )

    def __init__(
        self, data: Any, *, provinces: list[tuple[str, str]], lists: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        for name, choices in (("provinsi", provinces), ("daftar", lists)):
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *choices]

    def part(self) -> PaperPart:
        """Return what was asked for."""
        said = self.cleaned_data
        return PaperPart(
            kind=PaperKind(said["jenis"]),
            region=said["provinsi"],
            list_ref=said["daftar"],
            application_ref=said["permohonan"].upper(),
            again=said["ulang"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@asking.only(PRINTERS)
def index(request: Request) -> HttpResponse:
    """Show which letters are meant; a POST prints the next ones and notes them."""
    is_print = request.method == "POST"
    form = _form(request, request.POST if is_print else request.GET or None)
    refusal = ""
    if is_print and form.is_valid():
        printed = queries.to_print(request.actor, form.part())[: queries.MOST_PAPERS]
        keys = list(printed.values_list("person_id", flat=True))
        try:
            made = actions.print_letters(form.part(), by=request.actor, at=request.at)
        except StepRefused as refused:
            refusal = " ".join(words.reason(code) for code in refused.reasons)
        else:
            note_list(request, Roll.LETTERS, keys, is_file=True)
            return _file(request, form.part(), made)
    part = form.part() if form.is_bound and form.is_valid() else PaperPart(PaperKind.RETURNED)
    context = {"form": form, "refusal": refusal} | _meant(request, part)
    return page(request, "office/letters.html", context, status=422 if is_print else 200)


def _form(request: Request, data: Any) -> Narrow:
    on = asking.today(request)
    provinces = [(row.code, row.name) for row in regions.provinces(on=on)]
    said = data or {"jenis": PaperKind.RETURNED.value}
    return Narrow(said, provinces=provinces, lists=_lists(request))


def _lists(request: Request) -> list[tuple[str, str]]:
    """Return the lists that the actor may see, the newest first, with who sent them. Two queries."""
    found = applications.list_names(request.actor)
    offices = people.organization_names(
        {row.organization_id for row in found}, on=asking.today(request)
    )
    return [
        (row.ref, f"{row.label} · {offices.get(row.organization_id, '')}".removesuffix(" · "))
        for row in found
    ]


def _meant(request: Request, part: PaperPart) -> dict[str, Any]:
    """Return how many letters are meant, and the first of them. Three queries."""
    found = queries.to_print(request.actor, part)
    rows = list(found[:SHOWN])
    names = people.persons(row.person_id for row in rows)
    note_list(request, Roll.LETTERS, names)
    return {
        "count": found.count(),
        "most": queries.MOST_PAPERS,
        "columns": COLUMNS,
        "lines": [(names[row.person_id].full_name, row.subject, row.written_at) for row in rows],
        "part": part,
    }


def _file(request: Request, part: PaperPart, made: bytes) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    where = re.sub(r"[^0-9A-Za-z]+", "", part.region + part.list_ref + part.application_ref)
    name = "-".join(
        x for x in ("surat", part.kind.value, where, f"{asking.today(request):%Y%m%d}") if x
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
