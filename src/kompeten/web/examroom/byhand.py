"""How does anybody bring answers that have no line? On one page, without log-in: the tag says whose they are.

The QR code on a candidate's device leads here. What stands behind the `#` of its address is sent by
no browser of itself; `brought.js` puts it into the form.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kompeten.exams.actions import handins
from kompeten.exams.terms.vault import Unreadable, Via
from kompeten.foundation.limits import client, too_often
from kompeten.kernel.actors import STRANGER
from kompeten.web.ui import problems
from kompeten.web.ui.brought import Brought, Receipt
from kompeten.web.ui.http import page

if TYPE_CHECKING:
    from kompeten.kernel.actors import Actor

# A whole hall stands behind one address; whoever guesses would need ten thousand million years.
MOST, MOST_WRONG, IN_SECONDS = 1200, 200, 600


class Request(HttpRequest):
    """A request as the middleware hands it on: with its actor and its instant."""

    actor: "Actor"
    at: datetime


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Request) -> HttpResponse:
    """Take answers in by code, frames or file, and show the receipt."""
    form, receipt = Brought(), None
    if request.method == "POST":
        if _is_flood(request, "all", MOST):
            return problems.too_many(request)
        form = Brought(request.POST, request.FILES)
        receipt = _receipt(request, form) if form.is_valid() else None
    if form.errors and _is_flood(request, "wrong", MOST_WRONG):
        return problems.too_many(request)
    context = {"form": form, "receipt": receipt}
    response = page(request, "examroom/bring.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _receipt(request: Request, form: Brought) -> Receipt | None:
    via = Via.QR if form.cleaned_data["lewat"] else None
    try:
        taken = handins.receive(form.sent(), by=STRANGER, via=via, at=request.at)
    except Unreadable as problem:
        form.refuse(problem.code)
        return None
    told = (taken.words, taken.answered, taken.received, taken.receipts)
    return Receipt(*told, owed=taken.owed)


def _is_flood(request: Request, what: str, most: int) -> bool:
    place = f"serah/{what}/{client(request)}"
    return too_often(place, most=most, seconds=IN_SECONDS)
