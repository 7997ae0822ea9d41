"""How is a credential put into a picture, and found in it again?

Source: Open Badges 3.0, "Baked Badge"; PNG (third edition), 11.3.3.4 iTXt; SVG 1.1.
"""

import re
import struct
import zlib
from collections.abc import Iterator

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
# After the keyword: a NUL, not compressed, method 0, no language tag, no translated keyword.
_HEAD = KEYWORD + b"\0\0\0\0\0"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_ROOT = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_BAKED = re.compile(
    rb"<openbadges:credential\b[^>]*?(?:verify=\"([^\"]+)\"[^>]*)?>(.*?)</openbadges:credential>",
    re.DOTALL,
)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


class NotBakeable(Exception):
    """The bytes are no picture of the kind asked for, or one that holds a credential already."""


def bake_png(picture: bytes, credential: str) -> bytes:
    """Return the PNG with the credential (JSON, or a compact JWS) as text chunk behind its header.

    :raises NotBakeable: no PNG, or one that was baked before
    """
    chunks = list(_chunks(picture))
    if any(_is_ours(kind, data) for kind, data in chunks):
        raise NotBakeable("the picture holds a credential already")
    header, *rest = chunks
    text = (b"iTXt", _HEAD + credential.encode())
    return PNG_SIGNATURE + b"".join(_chunk(*chunk) for chunk in (header, text, *rest))


def bake_svg(picture: bytes, credential: str) -> bytes:
    """Return the SVG with the credential (JSON, or a compact JWS) as first element of its root.

    :raises NotBakeable: no SVG, or one that was baked before
    """
    root = _ROOT.search(picture)
    if root is None or root[0].endswith(b"/>"):
        raise NotBakeable("this is no SVG")
    if _BAKED.search(picture):
        raise NotBakeable("the picture holds a credential already")
    opening = root[0][:-1] + f' xmlns:openbadges="{NAMESPACE}">'.encode()
    return picture[: root.start()] + opening + _element(credential) + picture[root.end() :]


def unbake(picture: bytes) -> str | None:
    """Return the credential that a PNG or SVG holds, or None; what lies behind it is not read.

    :raises NotBakeable: it begins like a PNG and is none, or what it holds is no text
    """
    found = _in_png(picture) if picture.startswith(PNG_SIGNATURE) else _in_svg(picture)
    try:
        return None if found is None else found.decode()
    except UnicodeDecodeError as error:
        raise NotBakeable("what the picture holds is no text") from error


def is_badge(data: bytes) -> bool:
    """Say whether bytes are a picture that holds a credential."""
    if not data.startswith((PNG_SIGNATURE, b"<svg", b"<?xml")):
        return False
    try:
        return bool(unbake(data))
    except NotBakeable:
        return False


def _in_png(picture: bytes) -> bytes | None:
    found = next((data for kind, data in _chunks(picture) if _is_ours(kind, data)), None)
    return None if found is None else found[len(_HEAD) :]


def _in_svg(picture: bytes) -> bytes | None:
    baked = _BAKED.search(picture)
    if baked is None:
        return None
    return bytes(baked[1] or b"".join(_CDATA.findall(baked[2])))


def _element(credential: str) -> bytes:
    if not credential.lstrip().startswith("{"):
        return f'<openbadges:credential verify="{credential}"></openbadges:credential>'.encode()
    # The end mark of a CDATA section cannot stand in one: it is parted between two.
    body = credential.replace("]]>", "]]]]><![CDATA[>")
    return f"<openbadges:credential><![CDATA[{body}]]></openbadges:credential>".encode()


def _is_ours(kind: bytes, data: bytes) -> bool:
    return kind == b"iTXt" and data.startswith(_HEAD)


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give kind and data of each chunk.

    :raises NotBakeable: a chunk is cut off, or its checksum does not hold
    """
    if not picture.startswith(PNG_SIGNATURE):
        raise NotBakeable("this is no PNG")
    at = len(PNG_SIGNATURE)
    while at < len(picture):
        try:
            (size,) = struct.unpack_from(">I", picture, at)
            (check,) = struct.unpack_from(">I", picture, at + 8 + size)
        except struct.error as error:
            raise NotBakeable("the PNG is cut off") from error
        kind, data = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]
        if zlib.crc32(kind + data) != check:
            raise NotBakeable("a checksum of the PNG does not hold")
        yield kind, data
        at += 12 + size


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
