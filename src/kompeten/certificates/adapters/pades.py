"""How does a typeset PDF become a signed one? By an appended update, PAdES baseline B-B.

Written for what our own typesetter makes (a classic cross-reference table, plain objects), and it
refuses anything else; pyHanko and pdfsig judge the result in the tests.

Source: ISO 32000-1, 12.8 (signatures) and 7.5.6 (incremental updates); ETSI EN 319 142-1.
"""

import hashlib
import re
from datetime import UTC, datetime
from typing import NamedTuple

from kompeten.certificates.adapters import cms
from kompeten.certificates.ports import Signer

# Room for the message: 1.3 kB with one certificate, the rest for longer chains.
RESERVED_BYTES = 3072

_TRAILER = re.compile(
    rb"trailer\s*<<(?P<entries>[^<]*)>>\s*startxref\s+(?P<xref>\d+)\s+%%EOF\s*\Z", re.DOTALL
)
_RANGE = b"[" + b"*" * 38 + b"]"


class UnknownPdf(Exception):
    """The file is not built the way our typesetter builds; it is not signed."""


class Words(NamedTuple):
    """What the signature says of itself to a PDF reader."""

    name: str
    reason: str
    place: str


class _File(NamedTuple):
    """Where the parts stand that a signature touches."""

    content: bytes
    xref_at: int
    size: int
    root: int
    info: bytes
    first_id: bytes


def sign(pdf: bytes, *, signer: Signer, words: Words, at: datetime) -> bytes:
    """Return `pdf` with an invisible signature over every byte of it.

    The signature field has no area and so stays out of the page and of its reading order (PDF/UA).

    :raises UnknownPdf: the file is not of our typesetter
    """
    unsigned, gap = _with_placeholder(_opened(pdf), words, at)
    after = gap + 2 * RESERVED_BYTES + 2
    ranges = f"[0 {gap} {after} {len(unsigned) - after}]".ljust(len(_RANGE)).encode()
    at_range = unsigned.rindex(_RANGE, 0, gap)
    unsigned = unsigned[:at_range] + ranges + unsigned[at_range + len(ranges) :]
    sha256 = hashlib.sha256(unsigned[:gap])
    sha256.update(unsigned[after:])
    message = cms.sign(sha256.digest(), signer=signer)
    if len(message) > RESERVED_BYTES:
        raise UnknownPdf(f"a signature of {len(message)} bytes finds no room")
    written = message.hex().encode().ljust(2 * RESERVED_BYTES, b"0")
    return b"".join((unsigned[:gap], b"<", written, b">", unsigned[after:]))


def _opened(pdf: bytes) -> _File:
    # The last bytes only: a search through the file would take longer than the signature.
    trailer = _TRAILER.search(pdf, max(0, len(pdf) - 512))
    if trailer is None:
        raise UnknownPdf("no plain trailer at the end")
    entries, xref_at = trailer["entries"], int(trailer["xref"])
    if not pdf.startswith(b"xref\n0 ", xref_at):
        raise UnknownPdf("no classic cross-reference table")
    info, first_id = re.search(rb"/Info \d+ 0 R", entries), re.search(rb"/ID\[(\(\S+?\))", entries)
    if info is None or first_id is None:
        raise UnknownPdf("the trailer names no information or no identity")
    size, root = _number(rb"/Size (\d+)", entries), _number(rb"/Root (\d+) 0 R", entries)
    return _File(pdf, xref_at, size, root, info[0], first_id[1])


def _with_placeholder(file: _File, words: Words, at: datetime) -> tuple[bytes, int]:
    """Return the file with its update, and where the signature's brackets open."""
    catalog = _object(file, file.root)
    pages = _object(file, _number(rb"/Pages (\d+) 0 R", catalog))
    first_page = _number(rb"/Kids\s*\[(\d+) 0 R", pages)
    field, value = file.size, file.size + 1
    form = f"/AcroForm<</Fields[{field} 0 R]/SigFlags 3>>".encode()
    extension = b"/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 1>>>>"
    objects = {
        file.root: _extended(catalog, form + extension),
        first_page: _annotated(_object(file, first_page), field),
        field: (
            f"<</Type/Annot/Subtype/Widget/FT/Sig/T(Tanda tangan)/TU{_text('Tanda tangan elektronik')}"
            f"/Rect[0 0 0 0]/F 132/P {first_page} 0 R/V {value} 0 R>>"
        ).encode(),
        value: _signature(words, at),
    }
    content = file.content.rstrip(b"\r\n") + b"\n"
    parts, at_byte, places = [content], len(content), {}
    for number, body in objects.items():
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        places[number] = at_byte
        at_byte += len(parts[-1])
    parts.append(_table(file, places, at_byte))
    joined = b"".join(parts)
    return joined, joined.index(b"/Contents<", places[value]) + len(b"/Contents")


def _signature(words: Words, at: datetime) -> bytes:
    return (
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
        + f"/Name{_text(words.name)}/Reason{_text(words.reason)}/Location{_text(words.place)}".encode()
        + at.astimezone(UTC).strftime("/M(D:%Y%m%d%H%M%SZ)").encode()
        + b"/ByteRange" + _RANGE
        + b"/Contents<" + b"0" * (2 * RESERVED_BYTES) + b">>>"
    )  # fmt: skip


def _table(file: _File, places: dict[int, int], at_byte: int) -> bytes:
    """Return cross-reference table and trailer of the update, one section for each object."""
    rows = b"".join(
        b"%d 1\n%010d 00000 n \n" % (number, places[number]) for number in sorted(places)
    )
    own_id = hashlib.sha256(file.content).hexdigest()[:32].encode()
    return (
        b"xref\n%strailer\n<</Size %d/Root %d 0 R%s" % (rows, max(places) + 1, file.root, file.info)
        + b"/ID[%s<%s>]/Prev %d>>\n" % (file.first_id, own_id, file.xref_at)
        + b"startxref\n%d\n%%%%EOF\n" % at_byte
    )


def _object(file: _File, number: int) -> bytes:
    """Return the body of an object by the table, which lists all objects from 0 in rows of 20 bytes."""
    start = file.content.index(b"\n", file.xref_at + 5) + 1 + 20 * number
    at = int(file.content[start : start + 10])
    head = b"%d 0 obj" % number
    if number >= file.size or not file.content.startswith(head, at):
        raise UnknownPdf(f"object {number} is not where the table says")
    return file.content[at + len(head) : file.content.index(b"endobj", at)].strip()


def _extended(dictionary: bytes, entries: bytes) -> bytes:
    if not dictionary.endswith(b">>"):
        raise UnknownPdf("the catalog is no dictionary")
    return dictionary[:-2] + entries + b">>"


def _annotated(page: bytes, field: int) -> bytes:
    reference = b"%d 0 R" % field
    if b"/Annots[" in page:
        return page.replace(b"/Annots[", b"/Annots[" + reference + b" ", 1)
    return _extended(page, b"/Annots[" + reference + b"]")


def _number(pattern: bytes, where: bytes) -> int:
    found = re.search(pattern, where)
    if found is None:
        raise UnknownPdf(f"{pattern.decode()} is missing")
    return int(found[1])


def _text(words: str) -> str:
    return "<feff" + words.encode("utf-16-be").hex() + ">"
