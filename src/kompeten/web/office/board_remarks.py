"""What came in that a person should look at? Remarks to settle, and answers that two devices gave differently."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompeten.exams import actions, labels, queries
from kompeten.exams.terms import WATCH
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people.terms import Roll
from kompeten.web.office import asking, hours
from kompeten.web.office.asking import Request
from kompeten.web.office.board_forms import Looked
from kompeten.web.office.sittings import READERS
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from kompeten.exams.models import Remark

FIELD_CODE = "remark.no_note"


@require_safe
@asking.only(READERS)
def remarks(request: Request) -> HttpResponse:
    """Show what needs looking at, the oldest first."""
    return _page(request)


@require_POST
@asking.only(WATCH)
def settle(request: Request, key: int) -> HttpResponse:
    """Note what a person made of a remark."""
    found = asking.there(queries.remark(key, request.actor))
    form = Looked(request.POST)
    if not form.is_valid():
        return _page(request, {found.pk: form}, status=422)
    try:
        note = form.cleaned_data["catatan"]
        actions.settle_remark(found, note=note, by=request.actor, at=request.at)
    except StepRefused as refusal:
        if FIELD_CODE not in refusal.reasons:
            raise
        form.add_error("catatan", words.reason(FIELD_CODE))
        return _page(request, {found.pk: form}, status=422)
    messages.success(request, _("Settled. It stays in the history."))
    return go(request, "office:remarks")


@require_safe
@asking.only(READERS)
def conflicts(request: Request, ref: str) -> HttpResponse:
    """Show both answers side by side; which one is right stands nowhere here."""
    found = asking.there(queries.sitting(ref, request.actor))
    rows = queries.conflicts(found)
    note_list(request, Roll.SITTING, (row.person_id for row in rows), about=ref)
    context = {
        "sitting": found,
        "when": hours.when(found.opens_at, found.closes_at, found.zone),
        "people": [
            {"ref": entry_ref, "name": name, "rows": list(some)}
            for (entry_ref, name), some in groupby(rows, key=lambda r: (r.entry_ref, r.name))
        ],
        "columns": [_("Item"), _("Counts"), _("On the other device")],
    }
    return page(request, "office/board_conflicts.html", context)


def _page(
    request: Request, asked: "dict[int, Looked] | None" = None, *, status: int = 200
) -> HttpResponse:
    found = queries.remarks(request.actor)
    sheet = asking.slice_of(request, len(found))
    start = asking.offset(sheet)
    rows = found[start : start + asking.PAGE_SIZE]
    note_list(request, Roll.SITTING, (r.entry.person_id for r in rows if r.entry))
    context = {
        "remarks": [
            _remark(remark, (asked or {}).get(remark.pk) or Looked(auto_id=f"id_%s_{remark.pk}"))
            for remark in rows
        ],
        "sheet": sheet,
        "settles": request.actor.may(WATCH),
    }
    return page(request, "office/board_remarks.html", context, status=status)


def _remark(remark: "Remark", form: Looked) -> dict[str, Any]:
    entry = remark.entry
    zone = entry.sitting.zone if entry else "Asia/Jakarta"
    return {
        "key": remark.pk,
        "said": labels.REMARK.get(remark.code, remark.code),
        "note": remark.note,
        "attempt": remark.attempt,
        "name": entry.person.name if entry else "",
        "entry": entry.ref if entry else "",
        "sitting": entry.sitting.title if entry else "",
        "at": hours.moment(remark.noted_at, zone),
        "form": form,
    }
