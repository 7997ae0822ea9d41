"""How does somebody's file reach a reader? To be saved and never run, or drawn anew as a picture.

What applicants upload is never shown as it came: a file that is two things at once, a page with a
script in it or a picture that carries where it was taken does its harm in the reader's browser.
"""

import io
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from PIL import Image, ImageOps

from kompeten.foundation import words

PICTURES = frozenset({"image/jpeg", "image/png"})
EDGE = 1200  # pixels; enough to read an identity card on a screen
MAX_PIXELS = 60_000_000
QUALITY = 82


def attachment(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Return a file to be saved under `name`; the browser may neither open nor sniff it."""
    response = _sealed(content, media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def preview(content: bytes) -> HttpResponse:
    """Return a picture drawn anew as a JPEG of at most 1200 pixels, upright and without its metadata.

    :raises ValidationError: it cannot be drawn (`document.damaged`, `document.too_large`)
    """
    response = _sealed(redrawn(content), "image/jpeg")
    response["Content-Disposition"] = "inline"
    return response


def redrawn(content: bytes) -> bytes:
    """Return a JPEG of what a JPEG or PNG shows; see `preview`."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(words.reason("document.too_large"))
            # A JPEG is read at an eighth of its size where that is enough: 12 ms instead of 200.
            picture.draft("RGB", (EDGE, EDGE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((EDGE, EDGE))
            return _jpeg(upright)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(words.reason("document.damaged")) from error


def _jpeg(picture: Image.Image) -> bytes:
    flat = picture.convert("RGBA") if picture.has_transparency_data else picture.convert("RGB")
    if flat.mode == "RGBA":
        paper = Image.new("RGB", flat.size, "white")
        paper.paste(flat, mask=flat.getchannel("A"))
        flat = paper
    buffer = io.BytesIO()
    flat.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def _sealed(content: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
