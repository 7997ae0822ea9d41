"""How does a letter look on paper? One sheet a person, with the status code and a QR to its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format

from kompeten.foundation import qr, shortlinks, typeset
from kompeten.notices.terms import LinkKind, Paper

TEMPLATE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class _Sheet:
    paper: Paper
    code: str
    link: str
    qr: str


@dataclass(frozen=True, slots=True)
class _Pages:
    body: str
    day: str
    demonstration: bool
    sheets: tuple[_Sheet, ...]


def pages(papers: Sequence[Paper], *, body: str, demonstration: bool, at: datetime) -> bytes:
    """Return letters of the body as one PDF, each on sheets of its own, in the order given."""
    day = date_format(timezone.localdate(at), "j F Y")
    sheets = tuple(_sheet(paper) for paper in papers)
    return typeset.pdf(TEMPLATE, _Pages(body, day, demonstration, sheets), at=at)


def _sheet(paper: Paper) -> _Sheet:
    link = shortlinks.address(LinkKind.STATUS, paper.application_ref)
    code = shortlinks.code_of(LinkKind.STATUS, paper.application_ref)
    return _Sheet(paper, shortlinks.spaced(code), link.partition("//")[2], qr.svg(link))
