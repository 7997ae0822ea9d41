"""What is this file really, and what of it is kept? The content decides, never the name."""

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from kompeten.applications.adapters import papers
from kompeten.applications.terms.application import UploadRefused

PDF = "application/pdf"
BEGINS = {b"%PDF-": PDF, b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
SMALL = 256_000  # bytes of a file that is remembered for a while
_END_WITHIN = 2048  # bytes at the end of a PDF in which its end has to be marked
ENDINGS = {
    PDF: (".pdf",),
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


@dataclass(frozen=True, slots=True)
class Kept:
    """What of an upload is stored, and the digest of what came."""

    content: bytes
    media_type: str
    pages: int
    sent_sha256: str


def inspect(content: bytes, *, kind: Kind) -> str:
    """Return the media type that `content` claims by how it begins; it is not opened.

    :raises UploadRefused: `document.empty`, `document.too_large`, `document.wrong_type`,
        `document.damaged`: a PDF without its end
    """
    if not content:
        raise UploadRefused("document.empty")
    if len(content) > kind.max_bytes:
        raise UploadRefused("document.too_large")
    found = next((media for begin, media in BEGINS.items() if content.startswith(begin)), "")
    if found not in kind.media_types:
        raise UploadRefused("document.wrong_type")
    # A reader mends a PDF that was cut off, without the pages that did not arrive.
    if found == PDF and b"%%EOF" not in content[-_END_WITHIN:]:
        raise UploadRefused("document.damaged")
    return found


def cleaned(content: bytes, *, media_type: str, kind: Kind) -> Kept:
    """Return what may be kept of an upload, as `papers.cleaned` says; it is opened in a process apart.

    :raises UploadRefused: `document.damaged`, `.wrong_type`, `.too_large`, `.too_small`, `.locked`,
        `.too_many_pages`, `.too_heavy`, `.busy`
    """
    clean = _again if len(content) <= SMALL else papers.cleaned
    try:
        kept, found, pages = clean(content, media_type=media_type, wanted=kind.media_types)
    except papers.PaperRefused as refusal:
        raise UploadRefused(f"document.{refusal.code}") from refusal
    return Kept(kept, found, pages, digest(content))


@lru_cache(maxsize=32)
def _again(content: bytes, *, media_type: str, wanted: tuple[str, ...]) -> tuple[bytes, str, int]:
    """Clean a small file, and know it when it comes again: an office puts one letter in for many."""
    return papers.cleaned(content, media_type=media_type, wanted=wanted)


def digest(content: bytes) -> str:
    """Return the hexadecimal SHA-256 of what came."""
    return hashlib.sha256(content).hexdigest()


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
