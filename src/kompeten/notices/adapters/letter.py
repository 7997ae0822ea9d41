"""How does a letter look on paper? One sheet a person, with a QR where to go, and the status code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format

from kompeten.applications import queries as applications
from kompeten.applications.terms.invitation import LinkKind
from kompeten.foundation import qr, shortlinks, typeset
from kompeten.notices.terms import Paper

TEMPLATE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class _Lead:
    """A short address as it is typed, and the QR that holds it; without a record both are empty."""

    link: str = ""
    qr: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    paper: Paper
    code: str
    status: _Lead
    invitation: _Lead


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
    return _Sheet(
        paper,
        applications.status_code(paper.application_ref) if paper.application_ref else "",
        _lead(LinkKind.STATUS, paper.application_ref),
        _lead(LinkKind.INVITATION, paper.invitation_ref),
    )


def _lead(kind: LinkKind, ref: str) -> _Lead:
    if not ref:
        return _Lead()
    link = shortlinks.address(kind, ref)
    return _Lead(link.partition("//")[2], qr.svg(link))
