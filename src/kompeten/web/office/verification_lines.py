"""How do an application of the queue and a review stand on a page, each in one line?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kompeten.foundation import words
from kompeten.people import queries as people
from kompeten.verification import labels, queries
from kompeten.verification.terms import InboxRow, ReviewRow, State
from kompeten.web.office import shown
from kompeten.web.office.asking import Request
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kompeten.verification.models import Review


@dataclass(frozen=True, slots=True)
class Line:
    """An application of the queue as the page shows it."""

    row: InboxRow
    region: str
    scheme: str
    route: Any
    age: str
    barred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A review as the page shows it; `age` is how long its applicant has waited."""

    row: ReviewRow
    region: str
    scheme: str
    state: Any
    tone: Tone
    age: str
    verifier: str = ""


def of_queue(request: Request, rows: Iterable[InboxRow], titles: dict[str, str]) -> list[Line]:
    """Return applications of the queue as lines; `titles` are those of schemes, by code. No query."""
    lines = []
    for row in rows:
        lines.append(
            Line(
                row=row,
                region=shown.region(row.region_code),
                scheme=titles.get(row.scheme_code, row.scheme_code),
                route=shown.route(row.route),
                age=shown.age(row.submitted_at, at=request.at),
                barred=tuple(words.reason(code) for code in row.barred),
            )
        )
    return lines


def of_reviews(request: Request, found: "QuerySet[Review]", titles: dict[str, str]) -> list[Held]:
    """Return reviews as lines with whose they are; `titles` are those of schemes, by code."""
    rows = queries.rows(found)
    verifiers = dict(found.values_list("ref", "verifier_id"))
    names = people.account_labels(verifiers.values())
    return [
        Held(
            row=row,
            region=shown.region(row.region_code),
            scheme=titles.get(row.scheme_code, row.scheme_code),
            state=labels.STATE[State(row.state)],
            tone=shown.REVIEW_TONE[State(row.state)],
            age=shown.age(row.submitted_at, at=request.at),
            verifier=names.get(verifiers.get(row.ref, 0), ""),
        )
        for row in rows
    ]
