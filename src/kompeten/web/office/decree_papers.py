"""Which papers belong to a decree, and who may take which of them out of the house?

What only reads is a link; a list with personal data is a button, since it leaves a line in the ledger.
"""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import SealedKind
from kompeten.decisions import labels as words
from kompeten.decisions import queries
from kompeten.decisions.terms import RELEASERS, DecreeState
from kompeten.people.terms import Roll
from kompeten.reporting import actions
from kompeten.reporting import queries as reporting
from kompeten.web.office import asking, sending, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.decisions import READERS
from kompeten.web.office.decree_forms import Bnsp, Handover
from kompeten.web.ui.http import page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from kompeten.decisions.models import Decree

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@asking.only(READERS)
def papers(request: Request, ref: str) -> HttpResponse:
    """Show a decree's papers, the lists about its people, and who took which of them out."""
    return _show(request, _found(request, ref))


@require_safe
@asking.only(READERS)
def decree(request: Request, ref: str) -> HttpResponse:
    """Send the decree as PDF; before it is signed, a draft to be read."""
    found = _found(request, ref)
    _note(request, found, Roll.DECREE)
    if found.state == DecreeState.SIGNED:
        content = asking.there(certificates.sealed_paper(found, SealedKind.DECREE))
        return _pdf(content, f"SK-{found.number}")
    return _pdf(queries.decree_draft(found), f"rancangan-SK-{found.number}")


@require_safe
@asking.only(READERS)
def minutes(request: Request, ref: str) -> HttpResponse:
    """Send the minutes of the meeting as PDF."""
    found = _found(request, ref)
    content = asking.there(certificates.sealed_paper(found, SealedKind.MINUTES))
    _note(request, found, Roll.DECREE)
    return _pdf(content, f"berita-acara-{found.number}")


@require_POST
@asking.only(RELEASERS)
def bnsp(request: Request, ref: str) -> HttpResponse:
    """Send the list for BNSP as a spreadsheet, and write down that it left the house."""
    found = _signed(request, ref)
    form = Bnsp(request.POST)
    if not form.is_valid():
        return _show(request, found, bnsp=form)
    content = actions.bnsp_list(found, order=form.order(), by=request.actor, at=request.at)
    _note(request, found, Roll.BNSP)
    return sending.attachment(content, name=_named(f"BNSP-{found.number}.xlsx"), media_type=XLSX)


@require_POST
@asking.only(RELEASERS)
def handover(request: Request, ref: str) -> HttpResponse:
    """Send the handing-over list, and write down that it left the house."""
    found = _signed(request, ref)
    form = Handover(request.POST, parcels=reporting.parcels(found, at=request.at))
    if not form.is_valid():
        return _show(request, found, handover=form)
    content = actions.handover_list(found, **form.chosen(), by=request.actor, at=request.at)
    _note_handed(request, found, form)
    return _pdf(content, f"serah-terima-{found.number}")


@require_POST
@asking.only(RELEASERS)
def labels(request: Request, ref: str) -> HttpResponse:
    """Send address labels for the same certificates, and write down that they left the house."""
    found = _signed(request, ref)
    form = Handover(request.POST, parcels=reporting.parcels(found, at=request.at))
    if not form.is_valid():
        return _show(request, found, handover=form)
    skip = form.cleaned_data["lewati"] or 0
    content = actions.address_labels(
        found, **form.chosen(), skip=skip, by=request.actor, at=request.at
    )
    _note_handed(request, found, form)
    return _pdf(content, f"label-{found.number}")


def _note(request: Request, found: "Decree", roll: Roll) -> None:
    """Note that a paper which names all of a meeting left as a file. One query, and the trace."""
    named = queries.persons_in(found.meeting)
    note_list(request, roll, named, about=found.ref, is_file=True)


def _note_handed(request: Request, found: "Decree", form: Handover) -> None:
    """Note that a paper left which names those alone who are handed something, of the chosen parcels."""
    named = reporting.recipients(found, **form.chosen(), at=request.at)
    note_list(request, Roll.HANDOVER, named, about=found.ref, is_file=True)


def _found(request: Request, ref: str) -> "Decree":
    return asking.there(queries.decree(ref, request.actor))


def _signed(request: Request, ref: str) -> "Decree":
    """Return the decree; one that is not signed has no lists yet."""
    found = _found(request, ref)
    return asking.there(found if found.state == DecreeState.SIGNED else None)


def _show(
    request: Request, found: "Decree", *, bnsp: Bnsp | None = None, handover: Handover | None = None
) -> HttpResponse:
    signed = found.state == DecreeState.SIGNED
    releases = signed and request.actor.may(RELEASERS)
    parcels = reporting.parcels(found, at=request.at) if releases else ()
    counts = queries.counts(found.meeting)
    context = {
        "decree": found,
        "state": words.DECREE_STATE[DecreeState(found.state)],
        "signed": signed,
        "sealed": signed and certificates.is_sealed(found),
        "granted": counts.get("granted", 0),
        "deferred": counts.get("deferred", 0),
        "releases": releases,
        "bnsp": bnsp or Bnsp(),
        "handover": handover or Handover(parcels=parcels),
        "printed": sum(len(parcel.recipients) for parcel in parcels),
        "parcels": len(parcels),
        "unprinted": certificates.to_print(found).count() if releases else 0,
        "story": stories.of("decree", found.pk),
    }
    status = 422 if bnsp or handover else 200
    return page(request, "office/decree.html", context, status=status)


def _pdf(content: bytes, name: str) -> HttpResponse:
    return sending.attachment(content, name=_named(f"{name}.pdf"), media_type=PDF)


def _named(name: str) -> str:
    return name.replace("/", "-").replace(" ", "-")
