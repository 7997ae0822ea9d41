"""Who is licensed, which organizations are there, and who holds which role?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kompeten.kernel.roles import UNGRANTED, Role
from kompeten.people import actions, labels, queries
from kompeten.people.terms import (
    SETTLERS,
    GrantRow,
    LicenceRow,
    OrganizationKind,
    OrganizationRow,
)
from kompeten.web.office import asking, nav, shown
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tab, Tone

READERS = frozenset({Role.COORDINATOR, Role.DIRECTOR, Role.REGISTRAR, Role.AUDITOR, Role.ADMIN})
ADMINS = frozenset({Role.ADMIN})
SOON_DAYS = 90  # a licence that ends within these days wants to be renewed

nav.offer(
    nav.Place(
        label=gettext_lazy("People"),
        route="office:people",
        icon="user-group",
        order=210,
        roles=READERS,
    )
)


class Search(forms.Form):
    """A part of a name, and one choice; the fields have the names that stand in the address."""

    cari = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=80)

    def text(self) -> str:
        """Return what to search for."""
        return self.cleaned_data["cari"] if self.is_valid() else ""


class Offices(Search):
    """Which organizations to list."""

    jenis = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            *((k.value, labels.ORGANIZATION_KIND[k]) for k in OrganizationKind),
        ],
    )


class Grants(Search):
    """Which roles to list; ended ones are asked for."""

    peran = forms.ChoiceField(
        label=gettext_lazy("Role"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            *((r.value, labels.ROLE[r]) for r in Role if r not in UNGRANTED),
        ],
    )
    lampau = forms.BooleanField(label=gettext_lazy("Ended roles too"), required=False)


@dataclass(frozen=True, slots=True)
class Licence:
    """An assessor with a licence, and what its last day asks for."""

    row: LicenceRow
    region: str
    word: Any
    tone: Tone


@dataclass(frozen=True, slots=True)
class Office:
    """An organization with the name it has now and the names it had."""

    row: OrganizationRow
    kind: Any
    region: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held or ended; `may_end` says whether whoever looks can end it."""

    row: GrantRow
    role: Any
    word: Any
    tone: Tone
    may_end: bool


@require_safe
@asking.only(READERS)
def assessors(request: Request) -> HttpResponse:
    """List the licences of assessors, the first to end first."""
    form = Search(request.GET)
    found = queries.licences(text=form.text())
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.licence_rows(found[start : start + asking.PAGE_SIZE])
    context = {
        "form": form,
        "licences": [_licence(row, on=asking.today(request)) for row in rows],
        "sheet": sheet,
        "columns": [_("Name"), _("Registration number"), _("Licence until")],
        "tabs": tabs(request, "office:people"),
    }
    return page(request, "office/people.html", context, part="rows")


@require_safe
@asking.only(READERS)
def offices(request: Request) -> HttpResponse:
    """List organizations with their names over time."""
    form = Offices(request.GET)
    kind = form.cleaned_data["jenis"] if form.is_valid() else ""
    found = queries.offices(text=form.text(), kind=kind)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.office_rows(found[start : start + asking.PAGE_SIZE])
    context = {
        "form": form,
        "offices": list(map(_office, rows)),
        "sheet": sheet,
        "columns": [_("Name"), _("Kind"), _("Region")],
        "tabs": tabs(request, "office:offices"),
    }
    return page(request, "office/people_offices.html", context, part="rows")


@require_safe
@asking.only(queries.SEES_GRANTS)
def grants(request: Request) -> HttpResponse:
    """List who holds which role, the newest first."""
    form = Grants(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    found = queries.grants(request.actor, text=form.text(), role=said.get("peran", ""))
    if not said.get("lampau"):
        found = queries.held_grants(found, at=request.at)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    page_of = found[start : start + asking.PAGE_SIZE]
    rows = queries.grant_rows(page_of, on=asking.today(request))
    context = {
        "form": form,
        "grants": _grants(request, rows),
        "sheet": sheet,
        "columns": [_("Name"), _("Role"), _("Term"), *_ends(request) * [""]],
        "ends": _ends(request),
        "tabs": tabs(request, "office:grants"),
    }
    return page(request, "office/people_grants.html", context, part="rows")


@require_POST
@asking.only(queries.SEES_GRANTS)
def end_grant(request: Request, key: int) -> HttpResponse:
    """End one role now."""
    found = asking.there(queries.granted(key, request.actor))
    actions.end_grant(found, by=request.actor, at=request.at)
    messages.success(request, _("The role has ended. It opens nothing from now on."))
    return go(request, "office:grants")


def tabs(request: Request, current: str) -> list[Tab]:
    """Return the parts of this place that are there for whoever looks."""
    names = {"office:people": _("Assessors"), "office:offices": _("Organizations")}
    if request.actor.may(queries.SEES_GRANTS):
        names["office:grants"] = _("Roles")
    if request.actor.may(SETTLERS):
        names["office:nik_claims"] = _("Disputed NIK")
    return [Tab(label, reverse(name), current=name == current) for name, label in names.items()]


def _licence(row: LicenceRow, *, on: date) -> Licence:
    left = (row.until - on).days
    word, tone = _("valid"), Tone.GOOD
    if left < 0:
        word, tone = _("ended"), Tone.BAD
    elif left <= SOON_DAYS:
        word, tone = _("ends soon"), Tone.WAIT
    return Licence(row, shown.region(row.region_code), word, tone)


def _office(row: OrganizationRow) -> Office:
    kind = labels.ORGANIZATION_KIND[row.kind]
    return Office(row, kind, shown.region(row.region_code) if row.region_code else "")


def _grants(request: Request, rows: Iterable[GrantRow]) -> list[Grant]:
    found = []
    for row in rows:
        held = row.since <= request.at and (row.until is None or row.until > request.at)
        mine = row.account_id == request.actor.account_id
        word, tone = (_("held"), Tone.GOOD) if held else (_("ended"), Tone.PLAIN)
        may_end = held and not mine and _ends(request)
        found.append(Grant(row, labels.ROLE[row.role], word, tone, may_end))
    return found


def _ends(request: Request) -> bool:
    return request.actor.may(ADMINS)
