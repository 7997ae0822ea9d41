"""How is something appended to a PDF without touching a byte of it? An incremental update.

Written for what our own typesetter makes (classic cross-reference tables, plain objects) and what
was appended here before; anything else is refused.

Source: ISO 32000-1, 7.5.6 (incremental updates).
"""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

_TRAILER = re.compile(
    rb"trailer\s*<<(?P<entries>[^<]*(?:<[0-9a-f]{32}>)?[^<]*)>>\s*startxref\s+(?P<xref>\d+)"
    rb"\s+%%EOF\s*\Z",
    re.DOTALL,
)
_SECTION = re.compile(rb"(\d+) (\d+)\s*\n")
_PREVIOUS = re.compile(rb"/Prev (\d+)")
ROW_BYTES = 20


class UnknownPdf(Exception):
    """The file is not built the way our typesetter builds; it is not signed."""


class Opened(NamedTuple):
    """A PDF, and where the parts stand that an update touches."""

    content: bytes
    xref_at: int
    size: int
    root: int
    info: bytes
    first_id: bytes


class Appended(NamedTuple):
    """A PDF with an update, and where its new objects stand, by number.

    The first `begins` bytes are the file before, and `before` has hashed them.
    """

    content: bytes
    places: Mapping[int, int]
    begins: int
    before: "hashlib._Hash"

    def sha256(self, changed: bytes, until: int) -> "hashlib._Hash":
        """Return the hash of `changed[:until]`: this file, in which only the update was changed."""
        found = self.before.copy()
        found.update(memoryview(changed)[self.begins : until])
        return found


def opened(pdf: bytes) -> Opened:
    """Return what an update has to know of a file.

    :raises UnknownPdf: it is not of our typesetter
    """
    # The last bytes only: a search through the file would take longer than the signature.
    trailer = _TRAILER.search(pdf, max(0, len(pdf) - 512))
    if trailer is None:
        raise UnknownPdf("no plain trailer at the end")
    entries, xref_at = trailer["entries"], int(trailer["xref"])
    if not pdf.startswith(b"xref\n", xref_at):
        raise UnknownPdf("no classic cross-reference table")
    info = re.search(rb"/Info \d+ 0 R", entries)
    first_id = re.search(rb"/ID\s?\[(\(\S+?\)|<[0-9a-f]+>)", entries)
    if info is None or first_id is None:
        raise UnknownPdf("the trailer names no information or no identity")
    size, root = number(rb"/Size (\d+)", entries), number(rb"/Root (\d+) 0 R", entries)
    return Opened(pdf, xref_at, size, root, info[0], first_id[1])


def appended(file: Opened, objects: Mapping[int, bytes]) -> Appended:
    """Return the file with an update of these objects, by number; the file itself stays as it is."""
    content = file.content if file.content.endswith(b"\n") else file.content + b"\n"
    before = hashlib.sha256(content)
    parts, at_byte, places = [content], len(content), {}
    for key, body in objects.items():
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (key, body))
        places[key] = at_byte
        at_byte += len(parts[-1])
    parts.append(_table(file, places, at_byte, own_id=before.hexdigest()[:32]))
    return Appended(b"".join(parts), places, len(content), before)


def body(file: Opened, key: int) -> bytes:
    """Return the body of an object, as the latest update has it.

    :raises UnknownPdf: it is not where the tables say
    """
    at, head = _place(file, key), b"%d 0 obj" % key
    if not file.content.startswith(head, at):
        raise UnknownPdf(f"object {key} is not where the table says")
    return file.content[at + len(head) : file.content.index(b"endobj", at)].strip()


def extended(dictionary: bytes, entries: bytes) -> bytes:
    """Return a dictionary with more entries.

    :raises UnknownPdf: it is none
    """
    if not dictionary.endswith(b">>"):
        raise UnknownPdf("an object is no dictionary")
    return dictionary[:-2] + entries + b">>"


def number(pattern: bytes, where: bytes) -> int:
    """Return the number that a pattern finds. :raises UnknownPdf: it finds none"""
    found = re.search(pattern, where)
    if found is None:
        raise UnknownPdf(f"{pattern.decode()} is missing")
    return int(found[1])


def text(words: str) -> str:
    """Return words as a PDF string, whatever letters they have."""
    return "<feff" + words.encode("utf-16-be").hex() + ">"


def _place(file: Opened, key: int) -> int:
    """Return where an object stands by the tables, the latest first."""
    xref_at: int | None = file.xref_at
    while xref_at is not None:
        at = xref_at + len(b"xref\n")
        while section := _SECTION.match(file.content, at):
            first, count = int(section[1]), int(section[2])
            if first <= key < first + count:
                row = section.end() + ROW_BYTES * (key - first)
                return int(file.content[row : row + 10])
            at = section.end() + ROW_BYTES * count
        trailer = file.content[at : file.content.index(b"startxref", at)]
        previous = _PREVIOUS.search(trailer)
        xref_at = int(previous[1]) if previous and int(previous[1]) < xref_at else None
    raise UnknownPdf(f"object {key} stands in no table")


def _table(file: Opened, places: Mapping[int, int], at_byte: int, *, own_id: str) -> bytes:
    """Return cross-reference table and trailer of the update, one section for each object."""
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % (key, places[key]) for key in sorted(places))
    size = max(file.size, *(key + 1 for key in places))
    return (
        b"xref\n%strailer\n<</Size %d/Root %d 0 R%s" % (rows, size, file.root, file.info)
        + b"/ID[%s<%s>]/Prev %d>>\n" % (file.first_id, own_id.encode(), file.xref_at)
        + b"startxref\n%d\n%%%%EOF\n" % at_byte
    )
