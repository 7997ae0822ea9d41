"""Who stands there? One candidate at the door: two faces to compare, a photo, one tap, and the next."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.exams import actions, labels, queries
from kompeten.exams.terms import WATCH, Arrival, EntryState
from kompeten.foundation.ledger import StepRefused
from kompeten.people import queries as people
from kompeten.web.office import asking, door_forms, hours, sending, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.board_lines import TAKES_TIME
from kompeten.web.office.sittings import PAST, READERS
from kompeten.web.ui.http import go, page

if TYPE_CHECKING:
    from kompeten.exams.models import Entry

BEYOND = frozenset({"role.not_held", "step.not_open"})
DONE = "checkin.done"
THEN = "lalu"


@require_http_methods(["GET", "POST"])
@asking.only(WATCH)
def door(request: Request, ref: str) -> HttpResponse:
    """Note that one candidate came, with a photo or without, and go on to the next."""
    found = asking.there(queries.entry(ref, request.actor))
    if request.method != "POST":
        # Most queue and come in no order, so the search follows unless somebody walks along the rows.
        form = door_forms.Arrival(
            initial={THEN: request.GET.get(THEN, door_forms.Arrival.BY_SEARCH)}
        )
        return _page(request, found, form)
    form = door_forms.Arrival(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        actions.check_in([found], **form.said(), by=request.actor, at=request.at)
    except StepRefused as refusal:
        if BEYOND.intersection(refusal.reasons):
            raise
        if DONE not in refusal.reasons:
            form.refuse(refusal)
            return _page(request, found, form, status=422)
        # A second tap, or a second person at the door: it is noted, and the queue goes on.
        messages.info(request, _("%(name)s is noted already.") % {"name": found.person.name})
    else:
        messages.success(request, _("Noted: %(name)s came.") % {"name": found.person.name})
    return _on(request, found, form.cleaned_data[THEN])


@require_safe
@asking.only(READERS)
def shot(request: Request, ref: str) -> HttpResponse:
    """Show the photo of the check-in that stands."""
    found = asking.there(queries.entry(ref, request.actor))
    return sending.picture(asking.there(queries.photo(found)))


@require_safe
@asking.only(READERS)
def portrait(request: Request, ref: str) -> HttpResponse:
    """Show the portrait handed in with the application, drawn anew."""
    found = asking.there(queries.entry(ref, request.actor))
    return sending.preview(asking.there(queries.portrait(found)))


def identity(found: "Entry") -> dict[str, Any]:
    """Return what a page shows of who this is: both pictures, how it was seen, and what was doubted."""
    doubts = [
        {
            "note": remark.note,
            "at": hours.clock(remark.noted_at, found.sitting.zone),
            "made": made,
        }
        for remark, made in queries.doubts(found)
    ]
    return {
        "portrait": reverse("office:portrait", args=[found.ref])
        if queries.has_portrait(found)
        else "",
        "shot": reverse("office:shot", args=[found.ref]) if found.photo else "",
        "seen": _seen(queries.arrival(found)),
        "doubts": doubts,
        "doubted": any(not doubt["made"] for doubt in doubts),
    }


def _seen(one: Arrival | None) -> str:
    if one is None:
        return ""
    said = [str(labels.IDENTITY[one.way])]
    if one.without:
        said.append(_("without a photo: %(why)s") % {"why": labels.NO_PHOTO[one.without]})
    elif one.photo:
        said.append(_("with a photo"))
    return " – ".join(filter(None, (", ".join(said), one.note)))


def _on(request: Request, found: "Entry", then: str) -> HttpResponse:
    """Go on to the next by name, or to the search with the next by name at its top."""
    if then == door_forms.Arrival.BY_LIST:
        following = queries.next_to_come(found.sitting, after=found)
        if following is not None:
            query = urlencode({THEN: then})
            return go(request, f"{reverse('office:door', args=[following.ref])}?{query}")
    query = urlencode({"setelah": found.ref})
    return go(request, f"{reverse('office:arrivals', args=[found.sitting.ref])}?{query}")


def _page(
    request: Request, found: "Entry", form: door_forms.Arrival, *, status: int = 200
) -> HttpResponse:
    sitting, state = found.sitting, EntryState(found.state)
    person = people.persons([found.person_id])[found.person_id]
    came = found.checked_in_at
    context = {
        "entry": found,
        "sitting": sitting,
        "person": person,
        "told_by": f"{found.application.ref} · {shown.region(person.region_code)}",
        "form": form,
        "arrives": state in TAKES_TIME and sitting.state not in PAST and came is None,
        "came": hours.clock(came, sitting.zone) if came else "",
        "zone": hours.zone_word(sitting.zone),
        "here": reverse("office:door", args=[found.ref]),
        "doubt": door_forms.Doubtful(auto_id="id_doubt_%s"),
        "doubt_causes": list(door_forms.DOUBTS.items()),
    }
    return page(request, "office/door.html", context | identity(found), status=status)
