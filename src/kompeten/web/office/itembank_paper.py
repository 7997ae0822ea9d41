"""How do items come in from files, and how do forms come out? Whole, or not at all."""

import random
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.foundation import words
from kompeten.itembank import actions, queries
from kompeten.itembank.terms import (
    ASSEMBLERS,
    BankInvalid,
    FormDetail,
    FormImpossible,
    ImportResult,
    Shortage,
)
from kompeten.schemes import labels as schemes
from kompeten.schemes import queries as scheme_queries
from kompeten.schemes.terms import Blueprint, Domain
from kompeten.web.office import asking
from kompeten.web.office.asking import Request
from kompeten.web.office.itembank import GRADES, READERS, WRITERS, tabs
from kompeten.web.office.itembank_forms import SEED_MOST, Assemble, Upload
from kompeten.web.ui.http import go, page

SHOWN_PROBLEMS = 200
CASES = 6  # on one page of a form: some twenty items, as much as a slow line carries at once
ARCHIVE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how workbooks begin, new and old


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing to mend in a file: where, what, and the word it is about."""

    place: str
    words: str
    detail: str


@dataclass(frozen=True, slots=True)
class Made:
    """One row of a form's make-up: a domain, its items by difficulty, how many and how many wanted."""

    domain: Any
    cells: list[int]
    total: int
    wanted: int


@require_http_methods(["GET", "POST"])
@asking.only(WRITERS)
def take_in(request: Request) -> HttpResponse:
    """Take in a file of items; everything wrong with it is listed, and then nothing is taken in."""
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    complaints: list[Complaint] = []
    if request.method == "POST" and form.is_valid():
        try:
            taken = _read(request, form.cleaned_data["berkas"])
        except BankInvalid as invalid:
            complaints = [
                Complaint(_place(p.line), words.reason(p.code), p.detail) for p in invalid.problems
            ]
        else:
            messages.success(request, _summary(taken))
            return go(request, "office:cases")
    context = {
        "form": form,
        "complaints": complaints[:SHOWN_PROBLEMS],
        "count": len(complaints),
        "columns": [_("Place"), _("What to mend")],
        "tabs": tabs(request, "office:itembank_import"),
    }
    status = 422 if complaints or form.errors else 200
    return page(request, "office/itembank_import.html", context, status=status)


@require_safe
@asking.only(READERS)
def forms(request: Request) -> HttpResponse:
    """Show the forms that were assembled, the newest first."""
    found = queries.forms(request.actor)
    sheet = asking.slice_of(request, len(found))
    start = asking.offset(sheet)
    context = {
        "rows": found[start : start + asking.PAGE_SIZE],
        "sheet": sheet,
        "assembles": request.actor.may(ASSEMBLERS),
        "tabs": tabs(request, "office:forms"),
    }
    return page(request, "office/itembank_forms.html", context)


@require_safe
@asking.only(READERS)
def form(request: Request, ref: str) -> HttpResponse:
    """Show one form: its make-up, and its texts to item writers."""
    found = asking.there(queries.form(ref, request.actor))
    sheet = asking.slice_of(request, len(found.cases), size=CASES)
    start = asking.offset(sheet)
    context = {
        "form": found,
        "cases": found.cases[start : start + CASES],
        "sheet": sheet,
        "made": _make_up(found),
        "grades": [schemes.DIFFICULTY[grade] for grade in GRADES],
        "totals": [sum(found.by_cell.get((d, g), 0) for d in Domain) for g in GRADES],
        "choice": sum(found.by_cell.values()),
        "wanted": [found.blueprint.per_difficulty.get(g, 0) for g in GRADES],
    }
    return page(request, "office/itembank_form.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(ASSEMBLERS)
def assemble(request: Request) -> HttpResponse:
    """Put a form together to a scheme's blueprint, or say where the bank is short."""
    blueprints = _blueprints(request)
    rng = random.SystemRandom()
    asked = Assemble(
        request.POST or None,
        schemes=[(code, title) for code, (title, _blueprint) in blueprints.items()],
        seed=rng.randrange(SEED_MOST),
    )
    shortages: list[str] = []
    if request.method == "POST" and asked.is_valid():
        said = asked.cleaned_data
        known = [r for r in queries.forms(request.actor) if r.seed == said["benih"]]
        if known:  # a second click: it was put together so a moment ago
            return go(request, "office:form", known[0].ref)
        try:
            made = actions.assemble(
                blueprints[said["skema"]][1],
                seed=said["benih"],
                title=said["judul"],
                by=request.actor,
                at=request.at,
                rng=rng,
            )
        except FormImpossible as impossible:
            shortages = [_short(shortage) for shortage in impossible.shortages]
        else:
            messages.success(request, _("The form is assembled. Its items can no longer change."))
            return go(request, "office:form", made.ref)
    context = {"form": asked, "shortages": shortages}
    status = 422 if shortages or asked.errors else 200
    return page(request, "office/itembank_assemble.html", context, status=status)


def _read(request: Request, file: UploadedFile[Any]) -> ImportResult:
    """Take in a file by what it is, whatever it is called."""
    content = file.read()
    by_sheet = content[:4] in (ARCHIVE, OLD_OFFICE)
    read = actions.import_sheet if by_sheet else actions.import_gift
    return read(content, by=request.actor, at=request.at, rng=random.SystemRandom())


def _place(line: int) -> str:
    return _("line %(n)d") % {"n": line} if line else _("the file")


def _summary(taken: ImportResult) -> str:
    said = _(
        "%(cases)d cases with %(items)d items: %(fresh)d new, %(changed)d changed, "
        "%(unchanged)d known already."
    )
    return said % {
        "cases": taken.cases,
        "items": taken.items,
        "fresh": taken.fresh,
        "changed": taken.changed,
        "unchanged": taken.unchanged,
    }


def _make_up(found: FormDetail) -> list[Made]:
    wanted = found.blueprint.per_domain
    return [
        Made(
            schemes.DOMAIN[domain],
            cells := [found.by_cell.get((domain, grade), 0) for grade in GRADES],
            sum(cells),
            wanted.get(domain, 0),
        )
        for domain in Domain
    ]


def _blueprints(request: Request) -> dict[str, tuple[str, Blueprint]]:
    """Return the blueprints of the schemes in force with their titles, by scheme. At most two queries."""
    newest = {
        row.scheme_code: row.id
        for row in reversed(scheme_queries.in_force(on=asking.today(request)))
    }
    said = scheme_queries.contents(newest.values())
    return {
        code: (schemes.local(said[key].title), said[key].cognitive.blueprint)
        for code, key in sorted(newest.items())
    }


def _short(shortage: Shortage) -> str:
    """Return where the bank is short, in words."""
    parts = []
    if shortage.domain:
        parts.append(str(schemes.DOMAIN[Domain(shortage.domain)]))
    if shortage.code == "bank.short_essays":
        parts.append(_("Essays"))
    if shortage.difficulty:
        parts.append(str(schemes.DIFFICULTY[shortage.difficulty]))
    place = ", ".join(parts) or _("the bank as a whole")
    if shortage.need:
        said = _("%(place)s: %(have)d approved of %(need)d needed.")
        return said % {"place": place, "have": shortage.have, "need": shortage.need}
    return f"{place}: {words.reason(shortage.code)}"
