"""What is this file really? The content decides, never the name."""

import io
import re
import unicodedata
from typing import Protocol

from PIL import Image

from kompeten.applications.terms.application import UploadRefused

MAX_PIXELS = 60_000_000
MIN_SIDE = 200
"""Pixels of the shorter side; on a smaller picture of a card or a face nobody can read or know anything."""

# What every program writes that makes a PDF: numbered objects, pages (or a stream that packs them),
# and at the end where the table of objects stands. The file is not opened: its streams may unpack to
# a thousand times their size, and nothing here needs what they hold.
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_PAGES = re.compile(rb"/Type\s*/(?:Pages?|ObjStm)\b")
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_END_WITHIN = 2048
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
KNOWN = tuple(ending for endings in ENDINGS.values() for ending in endings)


class Kind(Protocol):
    """What a requirement takes: media types and the greatest size."""

    @property
    def media_types(self) -> tuple[str, ...]: ...

    @property
    def max_bytes(self) -> int: ...


def inspect(content: bytes, *, kind: Kind) -> str:
    """Return the media type found in `content`.

    :raises UploadRefused: `document.empty`, `document.too_large`, `document.wrong_type`,
        `document.damaged`, `document.too_small`
    """
    if not content:
        raise UploadRefused("document.empty")
    if len(content) > kind.max_bytes:
        raise UploadRefused("document.too_large")
    found = _media_type(content)
    if found is None or found not in kind.media_types:
        raise UploadRefused("document.wrong_type")
    return found


def label(name: str, *, media_type: str) -> str:
    """Return the user's file name as a label: no path, no control characters, at most 120 characters.

    It ends as its content does: a photo called `x.pdf` would not open where it is saved.
    """
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in bare if unicodedata.category(c)[0] != "C").strip()
    endings = ENDINGS[media_type]
    if plain.lower().endswith(endings):
        return plain[:120] if len(plain) <= 120 else plain[:115] + endings[0]
    stem = plain.rpartition(".")[0] if plain.lower().endswith(KNOWN) else plain
    return (stem[:115].strip() or "berkas") + endings[0]


def _media_type(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        _require_paper(content)
        return "application/pdf"
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture_type(content)
    return None


def _require_paper(content: bytes) -> None:
    """Refuse what only begins like a PDF, such as a web page with the five letters in front.

    :raises UploadRefused: `document.damaged`: the end is missing; `document.wrong_type`
    """
    if b"%%EOF" not in content[-_END_WITHIN:]:
        raise UploadRefused("document.damaged")
    if not all(mark.search(content) for mark in (_OBJECT, _PAGES, _END)):
        raise UploadRefused("document.wrong_type")


def _picture_type(content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UploadRefused("document.too_large")
            if min(picture.size) < MIN_SIDE:
                raise UploadRefused("document.too_small")
            if picture.format == "PNG":
                picture.verify()
                return "image/png"
            # Only reading a JPEG to its end shows that it has one; an eighth of its size is enough.
            picture.draft("L", (picture.width // 8, picture.height // 8))
            picture.load()
            return "image/jpeg"
    except Image.DecompressionBombError as error:  # Pillow's own limit, before ours is asked
        raise UploadRefused("document.too_large") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise UploadRefused("document.damaged") from error
