"""Which text do bytes hold? Decoded by their marks and by what fits, in the encodings of the field."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from kompeten.applications.terms import ListUnreadable

# What no text holds; a form feed, an escape and the end mark of DOS (1A) stand in old exports.
_CONTROLS = re.compile("[\0-\x08\x0e-\x19\x1c-\x1f]")
_NO_LISTS = (
    b"%PDF",
    b"{\\rtf",
    b"%!PS",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_LOOK_BYTES = 4096


def decode(content: bytes) -> str:
    """Return the text of a file, whatever program wrote it.

    A byte order mark decides; without one UTF-16 is known by its zero bytes, then UTF-8 where all of it
    is UTF-8, else the encoding a web page declares, else Windows-1252, as Excel saves a CSV here.

    :raises ListUnreadable: `file.not_a_spreadsheet`: this is no text
    """
    if content.startswith(_NO_LISTS):
        raise ListUnreadable("file.not_a_spreadsheet", content[:8].hex())
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROLS.search(text):
        raise ListUnreadable("file.not_a_spreadsheet", content[:8].hex())
    return text


def _decoded(content: bytes) -> str:
    if content.startswith(BOM_UTF8):
        return content[len(BOM_UTF8) :].decode("utf-8", "replace")
    if wide := _wide(content):
        return content.decode(wide, "replace").lstrip("\ufeff")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _in_one_byte(content)


def _wide(content: bytes) -> str:
    """Return which UTF-16 this is, or nothing: in Latin text every other byte is zero."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    look = content[: _LOOK_BYTES - _LOOK_BYTES % 2]
    even, odd = look[0::2].count(0), look[1::2].count(0)
    if len(look) >= 4 and max(even, odd) * 4 > len(look) and min(even, odd) == 0:
        return "utf-16-be" if even else "utf-16-le"
    return ""


def _in_one_byte(content: bytes) -> str:
    """Decode what is not UTF-8; five bytes that Windows-1252 leaves open become replacement signs."""
    declared = _DECLARED.search(content[:_LOOK_BYTES])
    encoding = declared[1].decode("ascii").lower() if declared else "cp1252"
    known = encoding if encoding in ("iso-8859-15", "windows-1250", "macintosh") else "cp1252"
    return content.decode(known, "replace")
