"""Is this archive safe to hand to the spreadsheet reader? Looked at before anything is parsed."""

import re
import struct
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from kompeten.applications.adapters import opendocument
from kompeten.applications.adapters.sprawl import laid_out_cells, shared_values, shown_text_bytes
from kompeten.applications.terms import ListUnreadable

_ENCRYPTED_FLAG = 0x1
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_SMALL_BYTES = 1_000_000
_WIDE_CHARACTERS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TEXTS = "xl/sharedstrings.xml"
_OPEN_DOCUMENT = "content.xml"
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)")
_TARGET = re.compile(rb"\sTarget\s*=\s*[\"']([^\"'<]*)[\"']")
_SHEET_ID = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*:id\s*=\s*[\"']([^\"'<]*)[\"']")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a list may hold. The national list (16,920 people) takes 2.4 MB, 19 MB unpacked."""

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 200_000_000
    times_unpacked: int = 250
    parts: int = 500
    cells: int = 4_000_000
    text_bytes: int = 200_000_000


def check(content: bytes, limits: Limits) -> None:
    """Refuse an archive that would be too much, or that is no workbook this house reads.

    :raises ListUnreadable: `file.zip_bomb`, `file.sprawling`, `file.encrypted`, `file.truncated`,
        `file.broken`, `file.old_format`, `file.not_a_spreadsheet`
    """
    parts = _parts(content, limits)
    if _OPEN_DOCUMENT in parts:
        _check_open_document(content, parts, limits)
        return
    sheets = _sheets(content, parts, limits)
    room, cells = limits.unpacked_bytes, limits.cells
    texts, values = b"", Counter[int]()
    for name, part in parts.items():
        body = _unpack(content, part, room)
        room -= len(body)
        if len(body) > _SMALL_BYTES and len(body) > limits.times_unpacked * part.compress_size:
            raise ListUnreadable("file.zip_bomb", f"{name}: {len(body)} bytes")
        if name.endswith((".xml", ".rels")) and _ENTITIES.search(body):
            raise ListUnreadable("file.broken", f"{name}: a document type of its own")
        if name == _TEXTS:
            texts = body
        elif name in sheets:
            cells -= laid_out_cells(_utf8(body, name))
            values += shared_values(body) if _TEXTS in parts else Counter()
        if cells < 0:
            raise ListUnreadable("file.sprawling", name)
    if shown_text_bytes(texts, values) > limits.text_bytes:
        raise ListUnreadable("file.zip_bomb", "shared texts")


def _check_open_document(content: bytes, parts: Mapping[str, ZipInfo], limits: Limits) -> None:
    """Refuse an OpenDocument file that is encrypted, no sheet, or would be too much laid out."""
    bodies: dict[str, bytes] = {}
    room = limits.unpacked_bytes
    for name in ("mimetype", "meta-inf/manifest.xml", _OPEN_DOCUMENT):
        bodies[name] = _unpack(content, parts[name], room) if name in parts else b""
        room -= len(bodies[name])
    if b"encryption-data" in bodies["meta-inf/manifest.xml"]:
        raise ListUnreadable("file.encrypted", "OpenDocument encryption")
    if not bodies["mimetype"].startswith(opendocument.MIME_TYPE):
        raise ListUnreadable("file.not_a_spreadsheet", "an OpenDocument file of another kind")
    body = bodies[_OPEN_DOCUMENT]
    packed = parts[_OPEN_DOCUMENT].compress_size
    if len(body) > _SMALL_BYTES and len(body) > limits.times_unpacked * packed:
        raise ListUnreadable("file.zip_bomb", f"content: {len(body)} bytes")
    if opendocument.laid_out_cells(_utf8(body, _OPEN_DOCUMENT)) > limits.cells:
        raise ListUnreadable("file.sprawling", _OPEN_DOCUMENT)


def _parts(content: bytes, limits: Limits) -> dict[str, ZipInfo]:
    """Return the parts by their name in small letters, as the reader looks them up."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            listed = archive.infolist()
    except (BadZipFile, ValueError, struct.error) as error:
        # The list of parts stands at the end, so a file cut short has lost it.
        raise ListUnreadable("file.truncated", str(error)) from error
    except NotImplementedError as error:
        raise ListUnreadable("file.broken", str(error)) from error
    if len(listed) > limits.parts:
        raise ListUnreadable("file.zip_bomb", f"{len(listed)} parts")
    if sum(part.file_size for part in listed) > limits.unpacked_bytes:
        raise ListUnreadable("file.zip_bomb", "unpacked size")
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in listed):
        raise ListUnreadable("file.encrypted", "zip encryption")
    parts = {part.filename.lower(): part for part in listed}
    if len(parts) < len(listed):
        raise ListUnreadable("file.broken", "two parts of one name")
    if "xl/workbook.bin" in parts:
        raise ListUnreadable("file.old_format", "binary workbook")
    if _WORKBOOK in parts and _OPEN_DOCUMENT in parts:
        # Measured as one and read as the other, it could hold anything.
        raise ListUnreadable("file.broken", "two documents in one archive")
    if _WORKBOOK not in parts and _OPEN_DOCUMENT not in parts:
        raise ListUnreadable("file.not_a_spreadsheet", "an archive without a workbook")
    return parts


def _sheets(content: bytes, parts: Mapping[str, ZipInfo], limits: Limits) -> set[str]:
    """Return the parts that the workbook names, sheets among them; none may be named twice.

    A workbook that shows one part as a thousand sheets would be read a thousand times.
    """
    if _RELATIONS not in parts:
        raise ListUnreadable("file.broken", "no list of sheets")
    relations = _unpack(content, parts[_RELATIONS], limits.unpacked_bytes)
    workbook = _unpack(content, parts[_WORKBOOK], limits.unpacked_bytes)
    named = [target.decode("utf-8", "replace").lower() for target in _TARGET.findall(relations)]
    identities = _SHEET_ID.findall(workbook)
    if len(named) > len(set(named)) or len(identities) > len(set(identities)):
        raise ListUnreadable("file.zip_bomb", "a sheet that is shown twice")
    if any("&" in name for name in named):
        raise ListUnreadable("file.broken", "a disguised name")
    return {
        name.lstrip("/") if name.startswith(("/xl/", "xl/")) else f"xl/{name}" for name in named
    }


def _utf8(body: bytes, name: str) -> bytes:
    if any(sign in body[:99] for sign in _WIDE_CHARACTERS):
        raise ListUnreadable("file.broken", f"{name}: not UTF-8")
    return body


def _unpack(content: bytes, part: ZipInfo, room: int) -> bytes:
    """Return the bytes of a part as its stream holds them; the size it claims may be a lie."""
    header = content[part.header_offset : part.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise ListUnreadable("file.broken", part.filename)
    _, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
    begin = part.header_offset + _LOCAL_HEADER.size + name_bytes + extra_bytes
    packed = content[begin : begin + part.compress_size]
    if part.compress_type == ZIP_STORED:
        body, whole = packed, len(packed) == part.compress_size
    elif part.compress_type == ZIP_DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            body = stream.decompress(packed, max(room, 0) + 1)
        except zlib.error as error:
            raise ListUnreadable("file.broken", f"{part.filename}: {error}") from error
        whole = stream.eof
    else:
        raise ListUnreadable("file.broken", f"{part.filename}: packed in an unusual way")
    if len(body) > room:
        raise ListUnreadable("file.zip_bomb", part.filename)
    if not whole:
        raise ListUnreadable("file.truncated", part.filename)
    return body
