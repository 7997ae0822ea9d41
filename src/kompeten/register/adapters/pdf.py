"""What does a signed PDF say of its own signature, and what is attached to it?

One signature over every byte, as we make it. Anything appended, uncovered or ambiguous is refused
by name; whoever fills a gap in a signed file fills it with what the signature does not cover.

Source: ISO 32000-1, 12.8.1; "Shadow attacks" and "Incremental saving attacks" on PDF signatures
(Mladenov, Mainka et al., 2019 and 2021).
"""

import hashlib
import html
import re
import zlib
from typing import NamedTuple

from kompeten.register.terms import Part, Refused

MAX_BYTES = 20_000_000
MAX_ATTACHMENT_BYTES = 1_000_000

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_CONTENTS = re.compile(rb"/Contents\s*\Z")
_ATTACHMENT = re.compile(rb"<<[^\n]{0,400}?/EmbeddedFile[^\n]{0,400}>>\s*stream\r?\n")
_TITLE = re.compile(rb"<dc:title>\s*<rdf:Alt>\s*<rdf:li[^>]*>(.{0,2000}?)</rdf:li>", re.DOTALL)


class SignedPdf(NamedTuple):
    """What a PDF holds, before anything of it is believed."""

    sha256: bytes
    message: bytes
    title: str
    attachments: tuple[bytes, ...]


def read(pdf: bytes) -> SignedPdf:
    """Return signature, title and attachments of `pdf`.

    :raises Refused: there is not exactly one signature over the whole file
    """
    if len(pdf) > MAX_BYTES:
        raise Refused(Part.SIGNATURE, "file.too_large")
    before, after = _gap(pdf)
    sha256 = hashlib.sha256(pdf[:before])
    sha256.update(pdf[after:])
    message = _message(pdf[before + 1 : after - 1])
    title = _TITLE.search(pdf)
    return SignedPdf(
        sha256.digest(),
        message,
        html.unescape(title[1].decode("utf-8", "replace")) if title else "",
        tuple(_stream(pdf, found) for found in _ATTACHMENT.finditer(pdf)),
    )


def _gap(pdf: bytes) -> tuple[int, int]:
    """Return where the signature's brackets open and where they have closed."""
    ranges = _RANGE.findall(pdf)
    if not ranges:
        raise Refused(Part.SIGNATURE, "signature.missing")
    if len(ranges) > 1 or pdf.count(b"/ByteRange") > 1:
        raise Refused(Part.SIGNATURE, "signature.several")
    start, before, after, rest = map(int, ranges[0])
    if after + rest < len(pdf):
        raise Refused(Part.SIGNATURE, "file.appended", f"{len(pdf) - after - rest} bytes")
    if start != 0 or after + rest != len(pdf) or not before < after:
        raise Refused(Part.SIGNATURE, "signature.not_whole")
    brackets = pdf[before : before + 1] + pdf[after - 1 : after]
    if brackets != b"<>" or not _CONTENTS.search(pdf, max(0, before - 32), before):
        raise Refused(Part.SIGNATURE, "signature.not_whole")
    return before, after


def _message(written: bytes) -> bytes:
    """Return the message in the gap: hexadecimal of one case, and nothing after it but zeros.

    The gap is the one place that the signature cannot cover, so no letter in it is free to vary.
    """
    try:
        padded = bytes.fromhex(written.decode("ascii"))
    except ValueError as error:
        raise Refused(Part.SIGNATURE, "signature.unreadable") from error
    length = _der_length(padded)
    plain = padded.hex().encode()
    if written not in (plain, plain.upper()) or any(padded[length:]):
        raise Refused(Part.SIGNATURE, "signature.unreadable", "padding")
    return padded[:length]


def _der_length(encoded: bytes) -> int:
    """Return how many bytes the first DER value takes, its head included."""
    if len(encoded) < 6 or encoded[0] != 0x30:
        raise Refused(Part.SIGNATURE, "signature.unreadable")
    first = encoded[1]
    if first < 0x80:
        return 2 + first
    count = first & 0x7F
    if not 1 <= count <= 3:
        raise Refused(Part.SIGNATURE, "signature.unreadable")
    return 2 + count + int.from_bytes(encoded[2 : 2 + count], "big")


def _stream(pdf: bytes, found: re.Match[bytes]) -> bytes:
    length = re.search(rb"/Length (\d{1,8})", found[0])
    if length is None:
        raise Refused(Part.AGREEMENT, "attachment.unreadable")
    raw = pdf[found.end() : found.end() + int(length[1])]
    if b"/FlateDecode" not in found[0]:
        return raw
    unpacked = zlib.decompressobj()
    try:
        content = unpacked.decompress(raw, MAX_ATTACHMENT_BYTES)
    except zlib.error as error:
        raise Refused(Part.AGREEMENT, "attachment.unreadable") from error
    if unpacked.unconsumed_tail:
        raise Refused(Part.AGREEMENT, "attachment.too_large")
    return content
