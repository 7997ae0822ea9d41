"""How does what a laptop has kept come home? As a file: what was taken, what was set aside, and why."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.foundation import words
from kompeten.node import actions, queries
from kompeten.node.terms import TAKERS, Came, ParcelRefused, Unpacked
from kompeten.web.office import asking, hours
from kompeten.web.office.asking import Request
from kompeten.web.office.laptop_forms import PARCEL_MB, ParcelBrought
from kompeten.web.ui import bounds, labels
from kompeten.web.ui.http import go, page

SKEW_SECONDS = 60  # from here on the clock of a laptop is worth a word
bounds.widen(
    "office:parcel_take_in",
    megabytes=PARCEL_MB,
    said=labels.Words(
        gettext_lazy("This file is too large for a parcel"),
        gettext_lazy(
            "Nothing of it was taken in. Look whether it is the file that the laptop wrote. If it"
            " is, whoever looks after the server takes it in with “kompeten node unpack”."
        ),
        "paper",
    ),
)


@require_http_methods(["GET", "POST"])
@asking.only(TAKERS)
def take_in(request: Request) -> HttpResponse:
    """Take in a file that a laptop has given out, and lead to what became of it."""
    form = ParcelBrought()
    if request.method == "POST":
        form = ParcelBrought(request.POST, request.FILES)
        if form.is_valid() and (done := _taken(request, form)) is not None:
            if done.again:
                messages.info(request, _("This very file was here before. Nothing was done twice."))
            else:
                messages.success(request, _("The file is taken in."))
            return go(request, "office:parcel_came", done.digest)
    context = {"form": form}
    return page(request, "office/parcel_take_in.html", context, status=422 if form.errors else 200)


@require_safe
@asking.only(TAKERS)
def came(request: Request, digest: str) -> HttpResponse:
    """Show what became of one file."""
    found = asking.there(queries.came(digest, request.actor))
    context = {
        "came": found,
        "set_aside": [(words.reason(code), count) for code, count in found.refused.items()],
        "known": found.rows - found.fresh,
        "at": hours.moment(found.at, found.zone),
        "made": hours.moment(found.made_at, found.zone),
        "clock": _clock(found),
    }
    return page(request, "office/parcel_came.html", context)


def _taken(request: Request, form: ParcelBrought) -> Unpacked | None:
    """Return what became of the file; None where the form says why nothing was taken."""
    try:
        return actions.unpack(form.content(), by=request.actor, at=request.at)
    except ParcelRefused as refusal:
        form.refuse(refusal.code)
        return None


def _clock(found: Came) -> Any:
    """Return what there is to say of the laptop's clock, or nothing."""
    seconds = round((found.skew or 0) / 1000)
    if abs(seconds) < SKEW_SECONDS:
        return ""
    said = {"minutes": round(abs(seconds) / 60)}
    if seconds > 0:
        return _("It ran about %(minutes)d minutes ahead of the candidates' devices.") % said
    return _("It ran about %(minutes)d minutes behind the candidates' devices.") % said
