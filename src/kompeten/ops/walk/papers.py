"""Which documents do made-up people hand in? One sample sheet for each requirement, plainly marked."""

import io
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw

from kompeten.foundation import typeset
from kompeten.schemes.terms import DocumentKind

TEMPLATE = Path(__file__).with_name("sample.typ")


def sample(kind: DocumentKind, *, at: datetime) -> tuple[str, bytes]:
    """Return a file name and the content of a sample for `kind`."""
    if "application/pdf" in kind.media_types:
        return f"{kind.code}.pdf", _sheet(kind.title.id, kind.help.id, at)
    return f"{kind.code}.jpg", _portrait()


@lru_cache(maxsize=64)
def _sheet(title: str, text: str, at: datetime) -> bytes:
    return typeset.pdf(TEMPLATE, {"title": title, "text": text}, at=at)


@lru_cache(maxsize=1)
def _portrait() -> bytes:
    """Return a drawn portrait, 3 by 4, that is nobody's."""
    picture = Image.new("RGB", (354, 472), "#b5533c")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((107, 90, 247, 260), fill="#e6cbb0")
    draw.pieslice((37, 270, 317, 640), 180, 360, fill="#1f4b48")
    draw.text((140, 440), "CONTOH", fill="#ffffff")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
