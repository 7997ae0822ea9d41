"""How does a page look? Drawn by PDFium, without scripts and forms, no larger than asked. Runs apart."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from kompeten.applications.adapters.papers.refused import Refused
from kompeten.foundation import pictures

QUALITY = 72
ENLARGED = (
    4.0  # dots of a preview for each point of a page, at most: a stamp is not blown up to a poster
)


def count(content: bytes) -> int:
    """Return how many pages a PDF has. :raises Refused: `damaged`, `locked`"""
    with _opened(content) as paper:
        return len(paper)


def page(content: bytes, *, page: int, edge: int) -> bytes:
    """Return a JPEG of one page, counted from 1. :raises Refused: `damaged`, `locked`, `no_such_page`"""
    with _opened(content) as paper:
        if not 1 <= page <= len(paper):
            raise Refused("no_such_page")
        try:
            leaf = paper[page - 1]
            width, height = leaf.get_size()
            if not (width > 0 and height > 0):
                raise Refused("damaged")
            bitmap = leaf.render(
                scale=min(edge / max(width, height), ENLARGED),
                rev_byteorder=True,
                limit_image_cache=True,
            )
        except pypdfium2.PdfiumError as error:
            raise Refused("damaged") from error
        buffer = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(buffer, "JPEG", quality=QUALITY)
        return buffer.getvalue()


def picture(content: bytes, *, page: int, edge: int) -> bytes:
    """Return a JPEG of what a picture shows, its only page. :raises Refused: see `redrawn`"""
    if page != 1:
        raise Refused("no_such_page")
    try:
        return pictures.redrawn(content, edge=edge)
    except pictures.PictureRefused as refusal:
        raise Refused("damaged" if refusal.code == "empty" else refusal.code) from refusal


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        paper = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        locked = code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused("locked" if locked else "damaged") from error
    try:
        yield paper
    finally:
        paper.close()
