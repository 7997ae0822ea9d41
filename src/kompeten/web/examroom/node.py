"""How does a candidate sit down at an exam site? With a seat code, without an account or a line outside."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.exams.queries.packages import Bell
from kompeten.exams.terms.vault import Unreadable
from kompeten.foundation.limits import client, too_often, was_too_often
from kompeten.node import queries
from kompeten.regions import labels as region_labels
from kompeten.web.ui import problems
from kompeten.web.ui.http import page

if TYPE_CHECKING:
    from kompeten.node.terms import Load, Seat

COOKIE = "kursi"
HOURS_12 = 12 * 3600
A_YEAR = 365 * 24 * 3600
MOST_TRIES, IN_SECONDS = 20, 60
REFUSED = {Bell.NOT_OPENED: (409, "exam.not_started"), Bell.OVER: (410, "exam.window_is_over")}


class Request(HttpRequest):
    """A request as the middleware hands it on: with its instant."""

    at: datetime


@require_http_methods(["GET", "POST"])
def door(request: Request) -> HttpResponse:
    """Ask for the seat code and lead to the seat; a card's QR code brings it along, typed already."""
    said, status = "", 200
    typed = (request.POST.get("code") or request.GET.get("kode", ""))[:20]
    if request.method == "POST":
        # Only wrong tries count: behind one address there may be the whole room.
        wrong = f"door/{client(request)}"
        found = queries.seat(typed, at=request.at)
        if was_too_often(wrong, most=MOST_TRIES):
            said, status = _("That were many tries. Wait a minute, or ask the invigilator."), 429
        elif found:
            ref = found[1].held.attempt
            return _known(redirect("node_site:seat", ref), ref)
        else:
            too_often(wrong, most=MOST_TRIES, seconds=IN_SECONDS)
            said = _("This is no seat code of this room. Compare it sign by sign, please.")
            status = 422
    context = {"said": said, "typed": typed, "card": queries.card()}
    return page(request, "examroom/node_door.html", context, status=status)


@require_safe
def seat(request: Request, ref: str) -> HttpResponse:
    """Show whose seat it is and when the exam opens; from here the paper is one step."""
    load, held = _held(request, ref)
    opens, closes = queries.window(load)
    with timezone.override(ZoneInfo(load.sitting.zone)):
        context = {
            "seat": held,
            "sitting": load.sitting,
            "zone": region_labels.ZONE.get(load.sitting.zone, load.sitting.zone),
            "opens": instant(opens),
            "closes": instant(closes),
            "is_over": instant(closes) <= request.at,
        }
        return page(request, "examroom/node_seat.html", context)


@require_POST
def sit_down(request: Request, ref: str) -> HttpResponse:
    """Go from the door to the paper."""
    _load, held = _held(request, ref)
    return redirect("examroom:sheet", held.held.attempt)


@require_safe
def ticket(request: Request, ref: str) -> HttpResponse:
    """Give the device in the seat all it needs for the exam."""
    if request.get_signed_cookie(COOKIE, default="") != ref:
        return _json({"error": "seat"}, 403)
    load, held = _held(request, ref)
    return _json(queries.ticket(load, held, at=request.at))


@require_safe
def sheet(request: Request, ref: str) -> HttpResponse:
    """Give the opened paper to a device that cannot decrypt, which over plain http none can."""
    try:
        found = queries.sheet(ref, ticket=request.headers.get("X-Ticket", ""), at=request.at)
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


@require_safe
def package(request: HttpRequest, sitting: str, name: str) -> HttpResponse:
    """Send the encrypted paper under the name that its bytes have."""
    content = queries.package(sitting, name)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere; outside of the exam room there is nothing but its door."""
    if request.path.startswith("/ujian/"):
        return problems.not_found(request, exception)
    return HttpResponseNotFound(b"/ujian/", content_type="text/plain")


def _held(request: Request, ref: str) -> "tuple[Load, Seat]":
    """Return the seat this device sits in; another's looks like none."""
    found = queries.attempt(ref)
    if found is None or request.get_signed_cookie(COOKIE, default="") != ref:
        raise Http404
    return found


def _known(response: HttpResponse, ref: str) -> HttpResponse:
    response.set_signed_cookie(COOKIE, ref, max_age=HOURS_12, httponly=True, samesite="Lax")
    return response


def instant(milliseconds: int) -> datetime:
    """Return an instant as templates show it."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _json(said: dict[str, Any], status: int = 200) -> HttpResponse:
    made = JsonResponse(said, status=status)
    made["Cache-Control"] = "private, no-store"
    return made
