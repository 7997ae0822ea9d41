"""Which pages of the office show what is kept of one person? Opening one leaves a trace that they can read.

The one place that knows: the face's addresses pass through `traced`, so no view can forget it, and a
test asks every address whether it stands here, lists people (`web.ui.listed`) or shows nobody's data.

Source: UU 27/2022, art. 32 (the person may see what was done with their data) and 31.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

from kompeten.applications import queries as applications
from kompeten.certificates import queries as certificates
from kompeten.decisions import queries as decisions
from kompeten.exams import queries as exams
from kompeten.people import actions as people_actions
from kompeten.people import queries as people
from kompeten.people.terms import Sight
from kompeten.portfolios import queries as portfolios
from kompeten.practicals import queries as practicals
from kompeten.verification import queries as verification
from kompeten.web.office.asking import Request

View = Callable[..., HttpResponse]
# Who stands on the page of a record, by its reference: one person, several, or nobody.
PersonOf = Callable[[str], "int | tuple[int, ...] | None"]
# What a page that could not be shown, or only led on, let nobody see. A step that was refused shows the
# page anew, so it stands below too.
SHOWN = frozenset({200, 409, 422})

OPENED: dict[str, tuple[Sight, PersonOf]] = {
    "application": (Sight.APPLICATION, applications.person_of),
    "review": (Sight.APPLICATION, verification.person_of),
    "document": (Sight.DOCUMENT, applications.person_of),
    "document_pages": (Sight.DOCUMENT, applications.person_of),
    "picture": (Sight.DOCUMENT, applications.person_of),
    "preview": (Sight.DOCUMENT, applications.person_of),
    "portfolio": (Sight.PORTFOLIO, portfolios.person_of),
    "reading": (Sight.PORTFOLIO, portfolios.read_person_of),
    "rating_portfolio": (Sight.PORTFOLIO, practicals.rated_person_of),
    "entry": (Sight.EXAM, exams.person_of),
    "entry_act": (Sight.EXAM, exams.person_of),
    "door": (Sight.EXAM, exams.person_of),
    "shot": (Sight.PHOTO, exams.person_of),
    "portrait": (Sight.PHOTO, exams.person_of),
    "slot": (Sight.PRACTICAL, practicals.person_of),
    "slot_end": (Sight.PRACTICAL, practicals.person_of),
    "rating": (Sight.PRACTICAL, practicals.rated_person_of),
    "decision": (Sight.DECISION, decisions.person_of),
    "certificate": (Sight.CERTIFICATE, certificates.person_of),
    "certificate_act": (Sight.CERTIFICATE, certificates.person_of),
    "certificate_again": (Sight.CERTIFICATE, certificates.person_of),
    "certificate_pdf": (Sight.CERTIFICATE, certificates.person_of),
    "erasure": (Sight.CERTIFICATE, certificates.person_of),
    "person_name": (Sight.IDENTITY, people.key_of),
    "nik_claim": (Sight.IDENTITY, people.parties_of),
}


def traced(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Return the addresses with those that show one person's data noting who opened it."""
    return [_traced(p) if isinstance(p, URLPattern) and p.name in OPENED else p for p in patterns]


def _traced(pattern: URLPattern) -> URLPattern:
    assert pattern.name is not None
    sight, person_of = OPENED[pattern.name]
    traced: URLPattern = path(
        str(pattern.pattern), _noting(pattern.callback, sight, person_of), name=pattern.name
    )
    return traced


def _noting(view: View, sight: Sight, person_of: PersonOf) -> View:
    """Return the view that notes afterwards whom it has shown. One query more than `note_access` for each."""

    @wraps(view)
    def noting(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code in SHOWN:
            found = person_of(kwargs["ref"])
            for person_id in found if isinstance(found, tuple) else (found,):
                if person_id is not None:
                    people_actions.note_access(
                        person_id, sight=sight, by=request.actor, at=request.at
                    )
        return response

    return noting
