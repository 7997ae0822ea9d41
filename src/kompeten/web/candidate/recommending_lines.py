"""How does what was asked of signatories stand, line by line and document by document?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from kompeten.applications import queries
from kompeten.applications.labels import RECOMMENDATION_STATE
from kompeten.applications.terms.recommending import AskedRow, RecommendationState
from kompeten.schemes.terms import Recommender
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.applications.models import Application

TONE = {
    RecommendationState.ASKED: Tone.WAIT,
    RecommendationState.GIVEN: Tone.GOOD,
    RecommendationState.DECLINED: Tone.PLAIN,
    RecommendationState.WITHDRAWN: Tone.PLAIN,
    RecommendationState.LAPSED: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One recommendation that was asked for, in words; `href` is its link's page for who asked."""

    row: AskedRow
    word: Any
    tone: Tone
    href: str

    @property
    def is_waiting(self) -> bool:
        """Say whether it can still be answered or taken back."""
        return self.row.state is RecommendationState.ASKED


@dataclass(frozen=True, slots=True)
class Signing:
    """How the signature by link stands for one document: whom was asked, and where to ask.

    Nobody is asked with a helper beside: then `href` is empty.
    """

    href: str
    line: Line | None


def lines(request: Request, application: "Application", kind: Recommender) -> list[Line]:
    """Return what was asked of this kind about an application, the newest first. Two queries."""
    rows = queries.asked_rows(queries.asked_about(application).filter(kind=kind.value))
    mine = set(queries.asked_by(request.actor).values_list("ref", flat=True)) if rows else set()
    return [line(request, row, is_mine=row.referee_ref in mine) for row in rows]


def signings(request: Request, application: "Application") -> dict[str, Signing]:
    """Return how signatures by link stand, by document code. One query, none where none are taken."""
    kinds = queries.kinds_asked(application)
    if not kinds:
        return {}
    newest: dict[Recommender, AskedRow] = {}
    for row in queries.asked_rows(queries.asked_about(application)):
        if row.state is not RecommendationState.WITHDRAWN:
            newest.setdefault(row.kind, row)
    return {
        queries.document_of(kind): Signing(
            href=""
            if request.actor.helped_by is not None
            else reverse("candidate:recommend", args=[application.ref, kind.value]),
            line=line(request, newest[kind]) if kind in newest else None,
        )
        for kind in kinds
    }


def line(request: Request, row: AskedRow, *, is_mine: bool = True) -> Line:
    """Return a line; one that waited longer than its link holds has lapsed, before the house says so."""
    state = row.state
    if state is RecommendationState.ASKED and row.ends_at <= request.at:
        state = RecommendationState.LAPSED
    href = reverse("candidate:referee", args=[row.referee_ref]) if is_mine else ""
    return Line(row, RECOMMENDATION_STATE[state], TONE[state], href)
