"""What does a candidate's own device fetch before and at the bell? Its ticket, and where it cannot
decrypt, the opened paper."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kompeten.exams import queries
from kompeten.exams.queries import packages
from kompeten.exams.queries.packages import Bell
from kompeten.exams.terms.vault import Unreadable
from kompeten.foundation.limits import too_often
from kompeten.kernel.actors import Actor

if TYPE_CHECKING:
    from datetime import datetime

    from kompeten.exams.models import Entry

MOST_SHEETS, IN_SECONDS = 30, 600
REFUSED = {Bell.NOT_OPENED: (409, "exam.not_started"), Bell.OVER: (410, "exam.window_is_over")}


class Request(HttpRequest):
    """A request as the middleware hands it on: with its actor and its instant."""

    actor: Actor
    at: "datetime"


@require_safe
def ticket(request: Request, ref: str) -> HttpResponse:
    """Give a candidate's device all it needs to sit the exam without a line; from seating on."""
    entry = _own(request, ref)
    handin = settings.PUBLIC_URL + reverse("hand_in_by_hand")
    said = packages.ticket(entry, handin=handin, at=request.at)
    return _json({"error": "closed"}, 410) if said is None else _json(said)


@require_safe
def sheet(request: Request, ref: str) -> HttpResponse:
    """Give the opened paper to a device that cannot decrypt: after the bell, once it opened by line."""
    entry = _own(request, ref)
    if too_often(f"sheet/{entry.ref}", most=MOST_SHEETS, seconds=IN_SECONDS):
        return _json({"error": "later"}, 429, {"Retry-After": "60"})
    text = request.headers.get("X-Ticket", "") or request.GET.get("t", "")
    try:
        found = packages.sheet(entry, ticket=text, at=request.at)
    except Unreadable as problem:
        return _json({"error": problem.code}, 403)
    if found.bell is Bell.EARLY:
        return _json({"wait": found.wait}, 425)
    if found.bell is not Bell.OPEN:
        status, code = REFUSED[found.bell]
        return _json({"error": code}, status)
    response = HttpResponse(found.content, content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    return response


def _own(request: Request, ref: str) -> "Entry":
    found = queries.own(ref, request.actor)
    if found is None:
        raise Http404
    return found


def _json(
    said: dict[str, object], status: int = 200, headers: dict[str, str] | None = None
) -> HttpResponse:
    made = JsonResponse(said, status=status, headers=headers)
    made["Cache-Control"] = "private, no-store"
    return made
