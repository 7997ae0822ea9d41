"""Which answer does a refusal get? One map for all pages.

| refusal | answer |
|---|---|
| role | to whoever looks: 404, as if it were not there; to whoever acts: 403 |
| guard, step not open | 409 with the reasons |
| stale record | 409, look again |
| bad input | 422 with the points |
| anything else | travels up and becomes a 500 with an incident number |
"""

import logging
import random
import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from kompeten.foundation import words
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel import refs
from kompeten.kernel.actors import STRANGER, Actor
from kompeten.web.ui import faces, labels
from kompeten.web.ui.http import page, wants_fragment

ROLE = "role.not_held"
LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
LAYOUTS = {
    "candidate": "ui/layout_candidate.html",
    "office": "ui/layout_office.html",
    "examroom": "ui/layout_exam.html",
}
log = logging.getLogger("kompeten.incidents")


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the page for a refusal; None if `error` is not one."""
    match error:
        case StepRefused() if ROLE in error.reasons:
            return forbidden(request)
        case StepRefused():
            return problem(request, 409, points=[words.reason(c) for c in error.reasons])
        case StaleRecord():
            return problem(request, 409, said=labels.STALE)
        case PermissionDenied():
            return forbidden(request)
        case ValidationError():
            return problem(request, 422, points=error.messages)
    return None


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody without the role: absent and forbidden look the same to whoever looks."""
    return problem(request, 404 if request.method in LOOKING else 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return problem(request, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who has tried too often."""
    return problem(request, 429)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old."""
    return problem(request, 403, said=labels.FORM_EXPIRED)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read, without trusting anything in it."""
    return _plain(400)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours with an incident number, under which the log keeps the whole story."""
    incident = refs.new(random.SystemRandom())
    log.error("incident %s at %s", incident, request.path, exc_info=sys.exc_info())
    return _plain(500, incident=incident)


def problem(
    request: HttpRequest,
    status: int,
    *,
    points: Sequence[Any] = (),
    said: labels.Words | None = None,
) -> HttpResponse:
    """Return the page of a problem in the layout of its face; htmx swaps it into the content."""
    face = _face(request)
    context = {
        "layout": LAYOUTS.get(face.name, "ui/layout_public.html"),
        "said": said or labels.PROBLEM[status],
        "points": points,
        "status": status,
        "before": _page_before(request),
        "home": face.prefix,
    }
    response = page(request, "ui/problem.html", context, part="problem", status=status)
    if wants_fragment(request):
        response["HX-Retarget"], response["HX-Reswap"] = "#isi", "innerHTML show:top"
    return response


def _face(request: HttpRequest) -> faces.Face:
    """Return the face whose frame a problem stands in: whom the office is shut to sees no office."""
    face = faces.of(request.path)
    actor: Actor = getattr(request, "actor", STRANGER)
    return faces.PUBLIC if face == faces.OFFICE and not actor.is_staff else face


def _page_before(request: HttpRequest) -> str:
    """Return the page a form was sent from, if it is one of ours."""
    referrer = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(
        referrer, {request.get_host()}, require_https=request.is_secure()
    )
    return referrer if ours and request.method not in LOOKING else ""


def _plain(status: int, *, incident: str = "") -> HttpResponse:
    """Return a page that asks neither the database nor the request: they may be what is broken."""
    context = {
        "said": labels.PROBLEM[status],
        "incident": incident,
        "status": status,
        "body_name": settings.OPTIONS.body_name,
    }
    return HttpResponse(render_to_string("ui/broken.html", context), status=status)
