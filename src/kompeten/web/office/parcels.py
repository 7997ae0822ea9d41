"""How does a sitting get to a laptop without internet, and what goes with it? One page for each sitting."""

import random
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompeten.exams import queries as exams
from kompeten.exams.queries import carrying
from kompeten.exams.terms import EntryState, SittingState
from kompeten.foundation import files
from kompeten.foundation.ledger import StepRefused
from kompeten.node import actions, labels, queries
from kompeten.node.terms import (
    MEDIA,
    PLANNERS,
    TAKERS,
    CardOrder,
    LaptopRow,
    NoteRow,
    ParcelRow,
)
from kompeten.people.terms import Roll
from kompeten.web.office import asking, hours, sending, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.laptop_forms import Packed, Printed
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting
    from kompeten.node.models import Parcel

RUNS = (SittingState.PLANNED, SittingState.OPEN)
SITS = (EntryState.SEATED, EntryState.STARTED)
KEPT_WHOLE = "identity"


@require_safe
@asking.only(TAKERS)
def parcels(request: Request, ref: str) -> HttpResponse:
    """Show what went out to laptops and what came back, and what goes with it on paper."""
    return _page(request, asking.there(exams.sitting(ref, request.actor)))


@require_POST
@asking.only(PLANNERS)
def pack(request: Request, ref: str) -> HttpResponse:
    """Pack the sitting for a laptop: again and again if need be, the newest counts there."""
    found = asking.there(exams.sitting(ref, request.actor))
    laptops, held = queries.laptops(request.actor), queries.parcels(found)
    form = _packed(request, laptops, held)
    if not form.is_valid():
        return _page(request, found, packed=form, status=422)
    if _was_packed(form, held):
        messages.info(request, _("It was packed a moment ago. The file stands below."))
        return go(request, "office:parcels", ref)
    laptop = asking.there(queries.laptop(form.cleaned_data["laptop"], request.actor))
    try:
        actions.pack(
            found,
            laptop,
            handin=settings.PUBLIC_URL + reverse("hand_in_by_hand"),
            house=settings.OPTIONS.body_name,
            by=request.actor,
            at=request.at,
            rng=random.SystemRandom(),
        )
    except StepRefused as refusal:
        form.refuse(refusal)
        return _page(request, found, packed=form, status=409)
    told = _("Packed for %(name)s. Download the file below.")
    messages.success(request, told % {"name": laptop.name})
    return go(request, "office:parcels", ref)


@require_safe
@asking.only(TAKERS)
def download(request: Request, ref: str) -> HttpResponseBase:
    """Send the file of a parcel as it was packed, piece by piece."""
    found = asking.there(queries.parcel(ref, request.actor))
    try:
        content = files.opened(found.digest)
    except FileNotFoundError:
        return asking.there(None)
    seated = exams.persons_in(found.sitting)
    note_list(request, Roll.SITTING, seated, about=found.sitting.ref, is_file=True)
    response = FileResponse(
        content, as_attachment=True, filename=file_name(found), content_type=MEDIA
    )
    # It is sealed, so nothing can be pressed out of it; as it is, a browser sees whether all came.
    response["Content-Encoding"] = KEPT_WHOLE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@asking.only(TAKERS)
def cards(request: Request, ref: str) -> HttpResponse:
    """Send seat cards for everybody who has a seat, to be cut apart."""
    return _printed(request, ref, door=False)


@require_safe
@asking.only(TAKERS)
def door(request: Request, ref: str) -> HttpResponse:
    """Send the list for the door: numbers and names, and no code."""
    return _printed(request, ref, door=True)


def file_name(parcel: "Parcel") -> str:
    """Return what the file of a parcel is called: for whom, of which day, and which of several it is.

    It is typed at the laptop, so it has no blank and no sign that a shell would read.
    """
    day = hours.there(parcel.sitting.opens_at, parcel.sitting.zone).date().isoformat()
    return f"{slugify(parcel.node.name) or 'laptop'}-{day}-{parcel.ref}.parsel"


def _printed(request: Request, ref: str, *, door: bool) -> HttpResponse:
    found = asking.there(exams.sitting(ref, request.actor))
    form = Printed(request.GET)
    if not form.is_valid():
        return _page(request, found, printed=form, status=422)
    cards = queries.seat_cards(found)
    if not cards:
        return asking.there(None)
    note_list(request, Roll.SITTING, carrying.seated_persons(found), about=ref, is_file=True)
    heading = queries.heading(found, address=form.cleaned_data["alamat"])
    if door:
        content, name = queries.door_pdf(cards, heading, at=request.at), "daftar-pintu"
    else:
        order = CardOrder(form.cleaned_data["urutan"])
        content = queries.cards_pdf(cards, heading, order=order, at=request.at)
        name = "kartu-kursi"
    return sending.attachment(content, name=f"{name}-{ref}.pdf", media_type="application/pdf")


def _page(
    request: Request,
    found: "Sitting",
    *,
    packed: Packed | None = None,
    printed: Printed | None = None,
    status: int = 200,
) -> HttpResponse:
    laptops, held = queries.laptops(request.actor), queries.parcels(found)
    counts = exams.counts(found)
    seats = sum(counts.get(state, 0) for state in SITS)
    runs = found.state in RUNS
    current = [row for row in held if not row.replaced]
    context = {
        "sitting": found,
        "when": hours.when(found.opens_at, found.closes_at, found.zone),
        "place": found.site.name if found.site else _("online"),
        "seats": seats,
        "plans": request.actor.may(PLANNERS),
        "packs": request.actor.may(PLANNERS) and runs and seats > 0,
        "over": not runs,
        "laptops": laptops,
        "form": packed or _packed(request, laptops, held),
        "printed": printed or Printed(auto_id="cetak_%s"),
        "rows": [_row(row, found) for row in held],
        "columns": [_("Laptop"), _("Packed"), _("Seats"), _("Came back"), ""],
        "several": len({row.node for row in held}) > 1,
        "moved": runs and any(row.seats != seats for row in current),
        "notes": [_note(row, found) for row in queries.noted(found)],
        "story": stories.together({"parcel": [row.key for row in held]}, zone=found.zone),
    }
    return page(request, "office/parcels.html", context, status=status)


def _packed(request: Request, laptops: list[LaptopRow], held: list[ParcelRow]) -> Packed:
    offered = [(row.ref, f"{row.name} ({row.ref})") for row in laptops]
    newest, before = (held[0].ref, held[0].node) if held else ("", "")
    return Packed(
        request.POST if request.method == "POST" else None,
        laptops=offered,
        newest=newest,
        before=before,
    )


def _was_packed(form: Packed, held: list[ParcelRow]) -> bool:
    """Say whether the same laptop got a parcel since the page was made: by a second click, as a rule."""
    newest = held[0] if held else None
    return (
        newest is not None
        and newest.ref != form.cleaned_data["sudah"]
        and newest.node == form.cleaned_data["laptop"]
    )


def _row(row: ParcelRow, sitting: "Sitting") -> dict[str, Any]:
    return {
        "row": row,
        "packed": hours.moment(row.packed_at, sitting.zone),
        "came": [(back, hours.moment(back.at, sitting.zone)) for back in row.came],
    }


def _note(row: NoteRow, sitting: "Sitting") -> dict[str, Any]:
    return {
        "what": labels.NOTE[row.kind],
        "why": str(row.said.get("text") or row.said.get("reason") or ""),
        "name": row.name,
        "at": hours.moment(row.at, sitting.zone),
    }
