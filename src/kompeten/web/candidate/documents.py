"""How are documents put in, replaced and looked at again? One card for each that is asked for."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.applications import actions, queries
from kompeten.applications.terms.application import DocumentRow, Scan, State, Step, UploadRefused
from kompeten.foundation import files, words
from kompeten.schemes.terms import DocumentKind
from kompeten.verification import labels as verification_labels
from kompeten.verification import queries as verification
from kompeten.verification.terms import Correction
from kompeten.web.candidate import asking, begin, budget, labels, recommending_lines, steps
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page, wants_fragment

if TYPE_CHECKING:
    from kompeten.applications.models import Application

MEGABYTE = 1_000_000
PAGE_KILOBYTES = 90  # of a photo after `shrink.js`, with what surrounds it on the line


@dataclass(frozen=True, slots=True)
class Card:
    """One document on the page: what is asked, the limits, the file put in, what is to be mended."""

    row: DocumentRow
    limits: str
    accept: str
    max_bytes: int
    group: str
    file_href: str
    error: str = ""
    correction: str = ""
    note: str = ""
    signing: "recommending_lines.Signing | None" = None

    @property
    def is_there(self) -> bool:
        """Say whether a file was put in, or a signature given by link."""
        return self.row.is_there


@require_safe
def documents(request: Request, ref: str) -> HttpResponse:
    """Show every document that the route asks for."""
    return _page(request, asking.application(request, ref))


@require_http_methods(["GET", "POST"])
def attach(request: Request, ref: str, code: str) -> HttpResponse:
    """Put in one document, or replace it; a refusal stands on its card and nothing else is lost.

    Whoever loads the page of a refusal again comes back to the card. Too many within an hour are
    refused in the same place, with 429.
    """
    application = asking.application(request, ref)
    kind = asking.there(queries.document_kinds(application).get(code))
    card = f"{steps.address(application, Step.DOCUMENTS)}#{code}"
    if request.method != "POST":
        return go(request, card)
    if budget.is_spent(request, application):
        answer = _page(request, application, {code: words.reason(budget.SPENT)}, status=429)
        answer["Retry-After"] = str(budget.RETRY_AFTER)
        return answer
    upload = _read(request.FILES.get("file"), kind)
    try:
        actions.attach(application, {code: upload}, by=request.actor, at=request.at)
    except UploadRefused as refusal:
        return _page(request, application, {code: words.reason(refusal.code)}, status=422)
    if wants_fragment(request):
        return _page(request, application)
    messages.success(request, labels.UPLOADED)
    return go(request, card)


@require_safe
def file(request: Request, ref: str, code: str) -> HttpResponse:
    """Send a document that was put in, to be saved and never run."""
    application = asking.application(request, ref)
    held = asking.there(queries.document(application, code))
    response = HttpResponse(files.read(held.sha256), content_type=held.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(held.label)}"
    response["Content-Security-Policy"] = "sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def missing(application: "Application") -> list[list[str]]:
    """Return the titles of what is missing; where several stand together, one of them is enough."""
    kinds = queries.document_kinds(application)
    asked = queries.documents_asked(application)
    language = asking.language()
    return [
        [kinds[code].title.of(language) for code in codes]
        for codes in asked.missing(queries.present_codes(application))
    ]


def _page(
    request: Request,
    application: "Application",
    errors: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    cards = _cards(request, application, errors or {})
    if request.actor.helped_by is not None:  # a file that is fetched stays on the helper's phone
        cards = [replace(card, file_href="") for card in cards]
    if not steps.is_own(request, application):  # what a verifier writes is for the person
        cards = [replace(card, note="") for card in cards]
    lacking = missing(application)
    context: dict[str, Any] = {
        "application": application,
        "own": [card for card in cards if card.row.required and not card.group],
        "groups": _groups(cards),
        "optional": [card for card in cards if not card.row.required],
        "missing": lacking,
        "kilobytes": len(lacking) * PAGE_KILOBYTES,
        "writable": application.state in steps.WRITABLE,
        "closed": begin.closed_route(request, application),
        "steps": steps.stops(request, application, Step.DOCUMENTS),
        "onward": steps.following(request, application, Step.DOCUMENTS),
    }
    return page(request, "candidate/documents.html", context, part="documents", status=status)


def _cards(request: Request, application: "Application", errors: dict[str, str]) -> list[Card]:
    kinds = queries.document_kinds(application)
    asked = queries.documents_asked(application)
    group_of = {code: name for name, codes in asked.one_of.items() for code in codes}
    wanted, signings = _corrections(application), recommending_lines.signings(request, application)
    return [
        Card(
            row=row,
            limits=_limits(kinds[row.code]),
            accept=",".join(kinds[row.code].media_types),
            max_bytes=kinds[row.code].max_bytes,
            group=group_of.get(row.code, ""),
            file_href=reverse("candidate:file", args=[application.ref, row.code]),
            error=errors.get(row.code, "") or _set_aside(row),
            correction=_fault(wanted.get(row.code)),
            note=wanted[row.code].note if row.code in wanted else "",
            signing=signings.get(row.code),
        )
        for row in queries.documents(application, language=asking.language())
    ]


def _groups(cards: list[Card]) -> list[list[Card]]:
    grouped: dict[str, list[Card]] = {}
    for card in cards:
        if card.group:
            grouped.setdefault(card.group, []).append(card)
    return list(grouped.values())


def _corrections(application: "Application") -> dict[str, Correction]:
    if application.state != State.RETURNED:
        return {}
    answer = verification.answer(application, language=asking.language())
    return {c.code: c for c in answer.corrections if c.code} if answer else {}


def _fault(correction: Correction | None) -> str:
    return verification_labels.fault(correction) if correction else ""


def _set_aside(row: DocumentRow) -> str:
    return str(words.reason("document.infected")) if row.scan == Scan.INFECTED else ""


def _limits(kind: DocumentKind) -> str:
    types = " / ".join(labels.MEDIA_TYPE[media] for media in kind.media_types)
    size = number_format(f"{kind.max_bytes / MEGABYTE:g}")
    return _("%(types)s, at most %(size)s MB") % {"types": types, "size": size}


def _read(upload: UploadedFile[bytes] | None, kind: DocumentKind) -> tuple[str, bytes]:
    """Return the name and the content; of a file that is too large no more than shows that it is."""
    if upload is None:
        return "", b""
    return upload.name or "", upload.read(kind.max_bytes + 1)
