"""How does somebody's file reach a reader? To be saved and never run, or drawn anew as a picture.

What applicants upload is never shown as it came: a file that is two things at once, a page with a
script in it or a picture that carries where it was taken does its harm in the reader's browser.
"""

from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from kompeten.foundation import pictures, words

PICTURES = frozenset({"image/jpeg", "image/png"})
EDGE = 1200  # pixels; enough to read an identity card on a screen


def attachment(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Return a file to be saved under `name`; the browser may neither open nor sniff it."""
    response = _sealed(content, media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def preview(content: bytes) -> HttpResponse:
    """Return a picture drawn anew as a JPEG of at most 1200 pixels, upright and without its metadata.

    :raises ValidationError: it cannot be drawn (`document.damaged`, `document.too_large`)
    """
    return picture(redrawn(content))


def picture(drawn: bytes) -> HttpResponse:
    """Return a picture that this house has drawn itself, to be looked at and kept by no browser."""
    response = _sealed(drawn, pictures.MEDIA_TYPE)
    response["Content-Disposition"] = "inline"
    return response


def redrawn(content: bytes) -> bytes:
    """Return a JPEG of what a JPEG or PNG shows; see `preview`."""
    try:
        return pictures.redrawn(content, edge=EDGE)
    except pictures.PictureRefused as refusal:
        code = "document.too_large" if refusal.code == "too_large" else "document.damaged"
        raise ValidationError(words.reason(code)) from refusal


def _sealed(content: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
