"""What if one failure hits many? First who it is, then one confirmation; nobody is touched who went on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompeten.exams import actions, queries
from kompeten.exams.terms import WATCH
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.web.office import asking, hours
from kompeten.web.office.asking import Request
from kompeten.web.office.board_forms import CAUSES, Outage, cause
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from kompeten.exams.models import Entry, Sitting

NAMED = 60  # names shown at once; the rest are folded


@require_http_methods(["GET", "POST"])
@asking.only(WATCH)
def outage(request: Request, ref: str) -> HttpResponse:
    """Show whom an outage hit, and note it for exactly those who were shown and are still hit."""
    found = asking.there(queries.sitting(ref, request.actor))
    site = found.site.name if found.site else ""
    if request.method == "POST":
        form = Outage(request.POST, site=site)
        if not form.is_valid():
            return _page(request, found, form, None, status=422)
        return _confirm(request, found, form)
    if "siapa" not in request.GET:
        return _page(request, found, Outage(None, site=site), None)
    form = Outage(request.GET, site=site)
    if not form.is_valid():
        return _page(request, found, form, None, status=422)
    return _page(request, found, form, _hit(request, found, form))


def _confirm(request: Request, found: "Sitting", form: Outage) -> HttpResponse:
    actions.drain_all(at=request.at)  # nobody is called silent whose answers lie in the vault
    shown = set(request.POST.get("peserta", "").split())
    entries = [entry for entry in _hit(request, found, form) if entry.ref in shown]
    actions.interrupt_many(
        entries, reason=cause(form.cleaned_data["sebab"]), by=request.actor, at=request.at
    )
    if entries:
        told = ngettext(
            "The outage is noted for %(n)d candidate. Nothing is lost.",
            "The outage is noted for %(n)d candidates. Nothing is lost.",
            len(entries),
        )
        messages.success(request, told % {"n": len(entries)})
    if left := len(shown) - len(entries):
        told = ngettext(
            "%(n)d was left out: heard of again, handed in, or noted already.",
            "%(n)d were left out: heard of again, handed in, or noted already.",
            left,
        )
        messages.info(request, told % {"n": left})
    return go(request, "office:board", found.ref)


def _hit(request: Request, found: "Sitting", form: Outage) -> "list[Entry]":
    since = form.silent(request.at)
    if form.cleaned_data["siapa"] == Outage.SITE:
        return queries.affected(site_id=found.site_id)
    return queries.affected(sitting=found, silent_since=since)


def _page(
    request: Request,
    found: "Sitting",
    form: Outage,
    hit: "list[Entry] | None",
    *,
    status: int = 200,
) -> HttpResponse:
    names = _names(hit or ())
    note_list(request, Roll.SITTING, (entry.person_id for entry in hit or ()), about=found.ref)
    said = form.cleaned_data if hit is not None else {}
    context = {
        "sitting": found,
        "when": hours.when(found.opens_at, found.closes_at, found.zone),
        "now": hours.clock(request.at, found.zone),
        "zone": hours.zone_word(found.zone),
        "form": form,
        "causes": list(CAUSES.items()),
        "asked": hit is not None,
        "said": said,
        "cause": cause(said.get("sebab", "")),
        "count": len(names),
        "names": names[:NAMED],
        "more": names[NAMED:],
        "refs": " ".join(entry.ref for entry in hit or ()),
        "elsewhere": len({entry.sitting_id for entry in hit or ()} - {found.pk}),
    }
    return page(request, "office/board_outage.html", context, status=status)


def _names(entries: "Iterable[Entry]") -> list[str]:
    keys = [entry.person_id for entry in entries]
    found = people.persons(keys)
    return sorted(found[key].name for key in keys)
