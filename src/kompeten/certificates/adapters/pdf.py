"""How does a content become a sheet of paper? Typeset, archival (PDF/A-3a), accessible (PDF/UA-1)."""

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from kompeten.certificates.adapters import credential
from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import Content
from kompeten.foundation import pictures as pictures_of
from kompeten.foundation import qr

_SHEET = Path(__file__).parent / "sheet"
_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


# What the typesetter says of a sign that its typeface lacks.
MISSING_GLYPH = "could not be displayed"

# A typesetter serves one thread at a time and refuses a second; each waits for its turn.
_TURN = Lock()


def render(
    content: Content,
    *,
    credential_json: bytes,
    qr_text: str,
    key_id: bytes,
    at: datetime,
    photo: bytes = b"",
    provisional: bool = False,
) -> bytes:
    """Return the sheet as PDF with the credential attached; the same input gives the same bytes.

    `key_id` is printed, so that a reader decades from now knows which key to look for. `at`, in
    whole seconds, becomes the document's date. `photo` is a JPEG of three to four, or nothing;
    `provisional` prints that the national signature is on its way. About 10 ms, and 100 ms more for
    the first sheet of a process.
    """
    facts = _facts(content, qr_text, key_id, credential_json)
    source = _source(facts | {"photo": _picture(photo), "provisional": provisional})
    with _TURN:
        made = _compiler().compile(
            input=source,
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            timestamp=at.replace(microsecond=0),
        )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter returned no document")
    return made


def pictures(
    content: Content,
    *,
    qr_text: str,
    key_id: bytes,
    ppi: int = 144,
    photo: bytes = b"",
    provisional: bool = False,
) -> list[bytes]:
    """Return the pages as PNG, to be looked at."""
    facts = _facts(content, qr_text, key_id, b"{}")
    source = _source(facts | {"photo": _picture(photo), "provisional": provisional})
    with _TURN:
        made = _compiler().compile(input=source, format="png", ppi=ppi)
    if made is None:
        raise TypeError("the typesetter returned no picture")
    return made if isinstance(made, list) else [made]


def undrawable(text: str) -> str:
    """Return the signs of `text` that the typeface of the sheet lacks, in their order; empty when none.

    The typesetter itself is asked, once for each sign in the life of a process (2 ms); not for
    plain ASCII, which a test asks for.
    """
    if text.isascii():
        return ""
    signs = (sign for sign in dict.fromkeys(text) if not sign.isascii())
    return "".join(sign for sign in signs if not _is_drawable(sign))


def flaws(printed: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the parts with a sign that the typeface lacks, as codes; see `rules.printed`."""
    return tuple(
        f"content.unprintable:{part}"
        for part, texts in printed.items()
        if any(undrawable(text) for text in texts)
    )


@cache
def _is_drawable(sign: str) -> bool:
    probe = f'#import "certificate.typ": faces\n#faces("\\u{{{ord(sign):x}}}")\n'.encode()
    try:
        with _TURN:
            _compiler().compile(input=probe, format="pdf", pdf_standards=["a-3a", "ua-1"])
    except typst.TypstError as error:
        if MISSING_GLYPH in str(error):
            return False
        raise
    return True


# The facts stand in the source itself instead of `sys.inputs`: with other inputs the typesetter
# would take the whole library for changed and forget the computed line work of every sheet
# (35 ms instead of 1 ms for it, measured 2026-11).
def _source(facts: dict[str, Any]) -> bytes:
    text = json.dumps(facts, ensure_ascii=False).replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "certificate.typ": sheet\n#sheet(json(bytes("{text}")))\n'.encode()


@cache
def _compiler() -> typst.Compiler:
    # Only the fonts within the wheel, so that a sheet looks the same wherever it is made.
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(root=str(_SHEET), font_paths=fonts, ignore_system_fonts=True)


def _facts(content: Content, qr_text: str, key_id: bytes, credential_json: bytes) -> dict[str, Any]:
    """Return what certificate.typ reads; the names are its own."""
    named = rules.qualification(content)
    return {
        "heading": f"Sertifikat Kompetensi {content.number}, {content.holder}",
        "keywords": [content.number, content.ref],
        "number": content.number,
        "ref": content.ref,
        "replaces": content.replaces,
        "holder": content.holder,
        "qualification": {"title": named.title, "titleEn": named.title_en},
        "scheme": {
            "title": content.scheme.title,
            "titleEn": content.scheme.title_en,
            "code": content.scheme.code,
            "version": content.scheme.version,
        },
        "programme": {
            "title": content.programme.title if content.programme else "",
            "titleEn": content.programme.title_en if content.programme else "",
        },
        "units": [
            {"code": unit.code, "title": unit.title, "titleEn": unit.title_en}
            for unit in content.units
        ],
        "decree": {"number": content.decree.number, "on": _day(content.decree.on)},
        "legalBasis": content.legal_basis,
        "body": {"name": content.body.name, "nameEn": content.body.name_en},
        "signatory": {
            "name": content.signatory.name,
            "post": content.signatory.post,
            "postEn": content.signatory.post_en,
        },
        "place": content.place,
        "signedOn": _day(content.signed_on),
        "validFrom": _day(content.valid_from),
        "validUntil": _day(content.valid_until),
        "verifyUrl": content.verify_url,
        "shortUrl": content.verify_url.partition("://")[2],
        "keyId": key_id.hex(" ", 2),
        "demonstration": content.is_demonstration,
        "qr": qr.svg(qr_text),
        "attachment": {
            "name": credential.FILE_NAME,
            "text": credential_json.decode(),
            "media": credential.MEDIA_TYPE,
            "description": f"Kredensial digital sertifikat {content.number}",
        },
    }


def _picture(jpeg: bytes) -> str:
    """Return a JPEG as an SVG around it, which is text and may stand among the facts; "" for none."""
    if not jpeg:
        return ""
    text = base64.b64encode(jpeg).decode()
    width, height = pictures_of.PORTRAIT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{text}"/></svg>'
    )


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
