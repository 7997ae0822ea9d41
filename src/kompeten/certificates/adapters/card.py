"""How does a certificate become a card for the wallet of leather? Two of them on a sheet of A4, to be cut out."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import Content
from kompeten.foundation import qr, typeset

TEMPLATE = Path(__file__).parent / "sheet" / "card.typ"


def render(content: Content, *, qr_text: str, at: datetime) -> bytes:
    """Return the card as PDF, front and back; `at` is the document's date. The same input gives the same bytes."""
    return typeset.pdf(TEMPLATE, facts(content, qr_text), at=at)


def facts(content: Content, qr_text: str) -> dict[str, Any]:
    """Return what card.typ reads; the names are its own."""
    with translation.override("id"):
        until = date_format(content.valid_until, "j F Y")
    return {
        "heading": f"Kartu sertifikat {content.number}",
        "body": content.body.name,
        "holder": content.holder,
        "qualification": rules.qualification(content).title,
        "number": content.number,
        "validUntil": until,
        "scheme": f"{content.scheme.code}, versi {content.scheme.version}",
        "shortUrl": content.verify_url.partition("://")[2],
        "qr": qr.svg(qr_text),
        "demonstration": content.is_demonstration,
    }
