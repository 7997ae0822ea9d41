"""What does a signed PDF say of its own signature, and what is attached to it?

One signature over every byte, as we make it, and after it nothing but time stamps, each over all
before it. Anything else that is appended, uncovered or ambiguous is refused by name; whoever fills a
gap in a signed file fills it with what the signature does not cover.

Source: ISO 32000-1, 12.8.1; "Shadow attacks" and "Incremental saving attacks" on PDF signatures
(Mladenov, Mainka et al., 2019 and 2021).
"""

import hashlib
import html
import itertools
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from kompeten.register.adapters import update
from kompeten.register.terms import Part, Refused

MAX_BYTES = 20_000_000
MAX_ATTACHMENT_BYTES = 1_000_000
MAX_STAMPS = 20

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_CONTENTS = re.compile(rb"/Contents\s*\Z")
_ATTACHMENT = re.compile(rb"<<[^\n]{0,400}?/EmbeddedFile[^\n]{0,400}>>\s*stream\r?\n")
_TITLE = re.compile(rb"<dc:title>\s*<rdf:Alt>\s*<rdf:li[^>]*>(.{0,2000}?)</rdf:li>", re.DOTALL)
_PHOTO = re.compile(
    rb"<</Length (\d{1,8})(?=[^\n]{0,400}/Subtype/Image)(?=[^\n]{0,400}/DCTDecode)[^\n]{0,400}>>\s*stream\r?\n"
)
_CLAIMED = re.compile(rb"/M\s*\(D:(\d{14})(?:Z|\+00'?00'?|([+-])(\d\d)'?(\d\d)'?)\)")
_EVIDENCE = re.compile(rb"<</Length (\d{1,6})>>\nstream\n(?=\x30[\x81-\x83])")


class Stamped(NamedTuple):
    """A time stamp, or a signature of others: the digest of all that it covers, and what is over it."""

    sha256: bytes
    token: bytes


class SignedPdf(NamedTuple):
    """What a PDF holds, before anything of it is believed.

    `sha256` is what the signature is over, `claimed` when the signer says it was made, `signed_sha256`
    (hexadecimal) the digest of the file as it was before any time stamp was appended. `photos` are
    the digests (hexadecimal) of the JPEGs that are drawn on its pages. `countersigned` is a signature
    of others over the whole file, behind all stamps.
    """

    sha256: bytes
    message: bytes
    title: str
    attachments: tuple[bytes, ...]
    claimed: datetime | None
    evidence: tuple[bytes, ...]
    stamps: tuple[Stamped, ...]
    signed_sha256: str
    photos: frozenset[str]
    countersigned: Stamped | None


class _Gap(NamedTuple):
    """Where a signature's brackets open and have closed, and where what it covers ends."""

    before: int
    after: int
    end: int


def read(pdf: bytes) -> SignedPdf:
    """Return signature, time stamps, title and attachments of `pdf`.

    :raises Refused: there is not one signature over the whole file, or more than stamps behind it
    """
    if len(pdf) > MAX_BYTES:
        raise Refused(Part.SIGNATURE, "file.too_large")
    signature, *stamps = _gaps(pdf)
    last = stamps[-1] if stamps else signature
    # A signature of others may stand last. Its update is theirs, and no byte behind it is free.
    foreign = stamps.pop() if stamps and not _is_stamp(pdf, last) else None
    for earlier, later in zip((signature, *stamps), stamps, strict=False):
        update.examine(pdf[: earlier.end], pdf[earlier.end : later.end])
    signed = pdf[: signature.end]
    title = _TITLE.search(signed)
    return SignedPdf(
        _digest(pdf, signature),
        _message(pdf[signature.before + 1 : signature.after - 1]),
        html.unescape(title[1].decode("utf-8", "replace")) if title else "",
        tuple(_stream(signed, found) for found in _ATTACHMENT.finditer(signed)),
        _claimed(signed, signature),
        tuple(_evidence(pdf)),
        tuple(
            Stamped(_digest(pdf, gap), _message(pdf[gap.before + 1 : gap.after - 1]))
            for gap in stamps
        ),
        hashlib.sha256(signed).hexdigest(),
        frozenset(_photos(signed)),
        _foreign(pdf, foreign) if foreign else None,
    )


def _gaps(pdf: bytes) -> list[_Gap]:
    """Return the gaps of the signature and of the stamps behind it, in their order.

    :raises Refused: one does not cover all before it, or the last does not reach the end
    """
    ranges = _RANGE.findall(pdf)
    if not ranges:
        raise Refused(Part.SIGNATURE, "signature.missing")
    if pdf.count(b"/ByteRange") != len(ranges) or len(ranges) > 1 + MAX_STAMPS:
        raise Refused(Part.SIGNATURE, "signature.several")
    gaps = sorted((_gap(pdf, *map(int, found)) for found in ranges), key=lambda gap: gap.end)
    if gaps[-1].end < len(pdf):
        raise Refused(Part.SIGNATURE, "file.appended", f"{len(pdf) - gaps[-1].end} bytes")
    for earlier, later in itertools.pairwise(gaps):
        if not earlier.end <= later.before:
            raise Refused(Part.SIGNATURE, "signature.several")
    return gaps


def _gap(pdf: bytes, start: int, before: int, after: int, rest: int) -> _Gap:
    brackets = pdf[before : before + 1] + pdf[after - 1 : after]
    named = _CONTENTS.search(pdf, max(0, before - 32), before)
    if (
        start != 0
        or not before < after
        or after + rest > len(pdf)
        or brackets != b"<>"
        or not named
    ):
        raise Refused(Part.SIGNATURE, "signature.not_whole")
    return _Gap(before, after, after + rest)


def _is_stamp(pdf: bytes, gap: _Gap) -> bool:
    return b"/SubFilter/ETSI.RFC3161" in pdf[max(0, gap.before - 200) : gap.before]


def _foreign(pdf: bytes, gap: _Gap) -> Stamped:
    """Return a signature of others as it stands; how they write it is theirs, so its room may vary."""
    try:
        padded = bytes.fromhex(pdf[gap.before + 1 : gap.after - 1].decode("ascii"))
    except ValueError as error:
        raise Refused(Part.COUNTERSIGNATURE, "countersignature.broken") from error
    return Stamped(_digest(pdf, gap), padded[: _der_length(padded)])


def _digest(pdf: bytes, gap: _Gap) -> bytes:
    sha256 = hashlib.sha256(pdf[: gap.before])
    sha256.update(pdf[gap.after : gap.end])
    return sha256.digest()


def _claimed(signed: bytes, gap: _Gap) -> datetime | None:
    """Return the time that the signature's dictionary states, which the signature covers."""
    start = signed.rfind(b" obj", 0, gap.before)
    end = signed.find(b"endobj", gap.after)
    found = [
        *_CLAIMED.finditer(signed, start, gap.before),
        *_CLAIMED.finditer(signed, gap.after, end),
    ]
    if len(found) != 1:
        return None
    digits, sign, hours, minutes = (part.decode() if part else "" for part in found[0].groups())
    offset = f"{sign}{hours}{minutes}" if sign else "+0000"
    try:
        return datetime.strptime(digits + offset, "%Y%m%d%H%M%S%z").astimezone(UTC)
    except ValueError as error:
        raise Refused(Part.SIGNATURE, "signature.unreadable", "time") from error


def _evidence(pdf: bytes) -> list[bytes]:
    """Return the certificates and lists that came with the file; whether they are any good is not said."""
    return [pdf[f.end() : f.end() + int(f[1])] for f in _EVIDENCE.finditer(pdf)]


def _photos(signed: bytes) -> Iterator[str]:
    for found in _PHOTO.finditer(signed):
        jpeg = signed[found.end() : found.end() + int(found[1])]
        yield hashlib.sha256(jpeg).hexdigest()


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
