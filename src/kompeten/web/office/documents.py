"""How does the office look at a document? As pictures of its pages; the file itself is only to be saved."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from kompeten.applications import labels, queries
from kompeten.applications.terms.application import DocumentRow, PreviewUnavailable, Scan
from kompeten.foundation import files, words
from kompeten.verification import queries as verification
from kompeten.web.office import asking, sending
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.applications.models import Application, Document

READERS = queries.SEES_ALL | verification.SETTLERS
SCAN_TONE = {Scan.CLEAN: Tone.GOOD, Scan.INFECTED: Tone.BAD, Scan.NOT_SCANNED: Tone.WAIT}


@require_safe
@asking.only(READERS)
def look(request: Request, ref: str, code: str) -> HttpResponse:
    """Show the pages of a document, each drawn when it comes into sight."""
    application, held = _held(request, ref, code)
    pages, refused = 0, ""
    try:
        pages = queries.page_count(held)
    except PreviewUnavailable as unavailable:
        refused = str(words.reason(f"preview.{unavailable.code}"))
    context = {
        "application": application,
        "document": held,
        "title": _title(application, code),
        "pages": range(1, pages + 1),
        "refused": refused,
        "scan": labels.SCAN[Scan(held.scan)],
        "scan_tone": SCAN_TONE[Scan(held.scan)],
    }
    return page(request, "office/document.html", context)


@require_safe
@asking.only(READERS)
def document(request: Request, ref: str, code: str) -> HttpResponse:
    """Send a document that was put in, to be saved and never run."""
    _, held = _held(request, ref, code)
    content = files.read(held.sha256)
    return sending.attachment(content, name=held.label, media_type=held.media_type)


@require_safe
@asking.only(READERS)
def picture(request: Request, ref: str, code: str, number: int = 1) -> HttpResponse:
    """Show a page of a document that was put in, drawn by us."""
    _, held = _held(request, ref, code)
    try:
        return sending.picture(queries.preview(held, number))
    except PreviewUnavailable as unavailable:
        raise Http404(unavailable.code) from unavailable


def listed(application: "Application") -> list[tuple[DocumentRow, str, Tone]]:
    """Return what was put in and what is still missing, each with a word on its scan where it matters.

    Of several documents that do, one is enough.
    """
    rows = queries.documents(application, language=asking.language())
    held = [row.code for row in rows if row.is_there]
    missing = {
        code for codes in queries.documents_asked(application).missing(held) for code in codes
    }
    return [
        (row, _worth_saying(row), SCAN_TONE[row.scan])
        for row in rows
        if row.is_there or row.code in missing or row.scan == Scan.INFECTED
    ]


def _worth_saying(row: DocumentRow) -> str:
    """Return a word on the scan of a document, unless there is none or all is well with it."""
    says = row.scan == Scan.INFECTED or (row.sha256 and row.scan != Scan.CLEAN)
    return str(labels.SCAN[row.scan]) if says else ""


def _held(request: Request, ref: str, code: str) -> "tuple[Application, Document]":
    found = queries.own(ref, request.actor) or verification.in_dispute(ref, request.actor)
    application = asking.there(found)
    return application, asking.there(queries.document(application, code))


def _title(application: "Application", code: str) -> str:
    kind = queries.document_kinds(application).get(code)
    return kind.title.of(asking.language()) if kind else code
