"""How does a document look? Its pages as pictures of ours, never the file that came."""

from kompeten.applications.adapters import papers, portraits
from kompeten.applications.models import Document
from kompeten.applications.terms.application import PreviewUnavailable, Scan
from kompeten.foundation import files

PDF = "application/pdf"
_LAID = "p{page}-{edge}.jpg"


def preview(document: Document, page: int = 1) -> bytes:
    """Return a JPEG of one page, from 1, with at most 1600 pixels on its longer side. No query.

    Drawn once by a process that may be killed, and kept beside the file: 1 ms, else 20 to 300.

    :raises PreviewUnavailable: see there
    """
    if document.scan == Scan.INFECTED:
        raise PreviewUnavailable("infected")
    name = _LAID.format(page=page, edge=papers.EDGE)
    kept = files.beside(document.sha256, name)
    if kept is not None:
        return kept
    content = _content(document)
    try:
        drawn = papers.drawn(content, media_type=document.media_type, page=page)
    except papers.PaperRefused as refusal:
        raise PreviewUnavailable(refusal.code) from refusal
    files.keep_beside(document.sha256, name, drawn)
    return drawn


def page_count(document: Document) -> int:
    """Return how many pages `preview` can show; counted anew for documents from before it was kept. No query.

    :raises PreviewUnavailable: see there
    """
    if document.pages is not None:
        return document.pages
    if document.media_type != PDF:
        return 1
    try:
        return papers.count(_content(document))
    except papers.PaperRefused as refusal:
        raise PreviewUnavailable(refusal.code) from refusal


def portrait(sha256: str) -> bytes | None:
    """Return the portrait drawn when the photo stored under `sha256` came; None where none was. No query."""
    return portraits.of(sha256)


def _content(document: Document) -> bytes:
    try:
        return files.read(document.sha256)
    except FileNotFoundError as error:
        raise PreviewUnavailable("gone") from error
    except files.FileDamaged as error:
        raise PreviewUnavailable("damaged") from error
