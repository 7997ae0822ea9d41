"""What does an invigilator see at an exam site? An address for the wall, and a calm board behind a PIN."""

import hmac
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.foundation import words
from kompeten.foundation.limits import client, too_often
from kompeten.node import actions, labels, queries
from kompeten.node.terms import CardOrder, NoteKind, ParcelRefused, Standing
from kompeten.regions import labels as region_labels
from kompeten.web.examroom.node import instant
from kompeten.web.ui.http import page

if TYPE_CHECKING:
    from datetime import datetime

    from kompeten.node.terms import Load, SeatRow

COOKIE = "pengawas"
HOURS_12 = 12 * 3600
MOST_TRIES, IN_SECONDS = 10, 300
TONES = {
    Standing.NOT_STARTED: "plain",
    Standing.WORKING: "info",
    Standing.SILENT: "wait",
    Standing.TROUBLE: "wait",
    Standing.HANDED_IN: "good",
}
FIRST = (Standing.TROUBLE, Standing.SILENT)  # those who may need somebody stand at the top
_board = queries.Board()


class Request(HttpRequest):
    """A request as the middleware hands it on: with its instant."""

    at: "datetime"


@require_safe
def wall(request: Request) -> HttpResponse:
    """Show what everybody in the room needs: the address, the time, how many are in. No name."""
    load = queries.due(at=request.at)
    context: dict[str, Any] = {"address": settings.PUBLIC_URL, "card": queries.card()}
    if load is None:
        return page(request, "examroom/node_wall.html", context, part="now")
    with timezone.override(ZoneInfo(load.sitting.zone)):
        rows = _board.rows(load, at=request.at)
        context |= _sitting(load, request) | {"inside": _inside(rows), "count": len(rows)}
        return page(request, "examroom/node_wall.html", context, part="now")


@require_safe
def board(request: Request) -> HttpResponse:
    """Show every seat of the sitting that is due; those who may need somebody first."""
    return _board_page(request)


@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """Ask for the PIN that was printed when the laptop began to serve."""
    said, status = "", 200
    if request.method == "POST":
        if too_often(f"pin/{client(request)}", most=MOST_TRIES, seconds=IN_SECONDS):
            said, status = _("That were many tries. Wait five minutes."), 429
        elif _fits(request.POST.get("pin", "")):
            response = redirect("node_site:board")
            response.set_signed_cookie(
                COOKIE, queries.pin(), max_age=HOURS_12, httponly=True, samesite="Lax"
            )
            return response
        else:
            said, status = _("This is not the PIN. It stands on the laptop's screen."), 422
    return page(request, "examroom/node_enter.html", {"said": said}, status=status)


@require_POST
def open_by_hand(request: Request) -> HttpResponse:
    """Open the sitting that is due, with a reason that travels back with the answers."""
    load = queries.due(at=request.at)
    if not _inside_room(request) or load is None:
        return redirect("node_site:board")
    try:
        actions.open_by_hand(load, reason=request.POST.get("reason", ""), at=request.at)
    except ParcelRefused as refusal:
        return _board_page(request, said=words.reason(refusal.code), status=409)
    return redirect("node_site:board")


@require_POST
def note(request: Request) -> HttpResponse:
    """Note an incident in a few words; it travels back with the answers."""
    text = request.POST.get("text", "").strip()[:300]
    if not _inside_room(request) or not text:
        return redirect("node_site:board")
    load = queries.due(at=request.at)
    sitting = load.sitting.ref if load else ""
    actions.note(
        NoteKind.INCIDENT,
        at=request.at,
        sitting=sitting,
        text=text,
        seat=request.POST.get("seat", "")[:10],
    )
    return redirect("node_site:board")


@require_safe
def cards(request: Request) -> HttpResponse:
    """Give out the seat cards of the sitting that is due, with this room's address on them."""
    load = queries.due(at=request.at)
    if not _inside_room(request) or load is None:
        return redirect("node_site:board")
    order = CardOrder.CODE if request.GET.get("urutan") == CardOrder.CODE else CardOrder.NAME
    heading = queries.heading_here(load)
    content = queries.cards_pdf(queries.seat_cards_here(load), heading, order=order, at=request.at)
    return _paper(content, "kartu-kursi.pdf")


@require_safe
def door_list(request: Request) -> HttpResponse:
    """Give out the list for the door: numbers and names, and no code."""
    load = queries.due(at=request.at)
    if not _inside_room(request) or load is None:
        return redirect("node_site:board")
    heading = queries.heading_here(load)
    content = queries.door_pdf(queries.seat_cards_here(load), heading, at=request.at)
    return _paper(content, "daftar-pintu.pdf")


def _paper(content: bytes, name: str) -> HttpResponse:
    # To be saved and printed from there: a policy as strict as ours keeps a browser's viewer from it.
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _board_page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    if not _inside_room(request):
        return redirect("node_site:enter")
    load = queries.due(at=request.at)
    if load is None:
        return page(request, "examroom/node_board.html", {"said": said}, part="seats")
    with timezone.override(ZoneInfo(load.sitting.zone)):
        rows = _board.rows(load, at=request.at)
        counts = queries.progress(rows)
        context = _sitting(load, request) | {
            "said": said,
            "counts": [(labels.STANDING[s], counts[s], TONES[s]) for s in Standing],
            "rows": [_row(row, request) for row in _calm(rows)],
            "copy": settings.OPTIONS.site_copy,
            "copy_away": queries.copy_is_away(),
        }
        return page(request, "examroom/node_board.html", context, part="seats", status=status)


def _sitting(load: "Load", request: Request) -> dict[str, Any]:
    opens, closes = queries.window(load)
    now = request.at.timestamp() * 1000
    return {
        "load": load,
        "sitting": load.sitting,
        "zone": region_labels.ZONE.get(load.sitting.zone, load.sitting.zone),
        "opens": instant(opens),
        "closes": instant(closes),
        "now": request.at,
        "is_open": opens <= now < closes,
        "items": load.sitting.items,
    }


def _row(row: "SeatRow", request: Request) -> dict[str, Any]:
    silent = (request.at.timestamp() * 1000 - row.last) / 60_000 if row.last else 0
    return {
        "row": row,
        "word": labels.STANDING[row.standing],
        "tone": TONES[row.standing],
        "minutes": int(silent),
        "is_silent": row.standing is Standing.SILENT,
        "last": instant(row.last) if row.last else None,
    }


def _calm(rows: "list[SeatRow]") -> "list[SeatRow]":
    return sorted(rows, key=lambda row: row.standing not in FIRST)


def _inside(rows: "list[SeatRow]") -> int:
    return sum(row.standing is not Standing.NOT_STARTED for row in rows)


def _fits(pin: str | None) -> bool:
    known = queries.pin()
    return bool(known and pin) and hmac.compare_digest((pin or "").strip().encode(), known.encode())


def _inside_room(request: Request) -> bool:
    return _fits(request.get_signed_cookie(COOKIE, default="", max_age=HOURS_12))
