"""Who came, and how was that seen? Ticked at the door by a person, many at a time."""

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompeten.exams import actions, labels, queries
from kompeten.exams.terms import WATCH, BoardRow, EntryState
from kompeten.foundation.ledger import StepRefused
from kompeten.people.terms import Roll
from kompeten.web.office import asking, board_lines
from kompeten.web.office.asking import Request
from kompeten.web.office.board import ROWS
from kompeten.web.office.board_lines import TAKES_TIME
from kompeten.web.office.door_forms import Ticked
from kompeten.web.office.sittings import PAST
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting

ROLE = "role.not_held"


@require_http_methods(["GET", "POST"])
@asking.only(WATCH)
def arrivals(request: Request, ref: str) -> HttpResponse:
    """Show who is not noted as come yet, and note those ticked."""
    found = asking.there(queries.sitting(ref, request.actor))
    if request.method != "POST":
        return _page(request, found, Ticked())
    form = Ticked(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        _note(request, found, form)
    except StepRefused as refusal:
        if ROLE in refusal.reasons:
            raise
        form.refuse(refusal)
        return _page(request, found, form, status=422)
    return go(request, "office:arrivals", ref)


def _note(request: Request, found: "Sitting", form: Ticked) -> None:
    """Note those ticked who are not noted yet; say so where somebody else was faster."""
    ticked = set(request.POST.getlist("peserta")[:ROWS])
    held = list(queries.in_states(*TAKES_TIME).filter(sitting=found, ref__in=ticked).order_by("id"))
    entries = [entry for entry in held if entry.checked_in_at is None]
    actions.check_in(entries, **form.said(), by=request.actor, at=request.at)
    if entries:
        told = ngettext("%(n)d candidate came.", "%(n)d candidates came.", len(entries))
        messages.success(request, told % {"n": len(entries)})
    if before := len(ticked) - len(entries):
        told = ngettext(
            "%(n)d of those ticked was noted before by somebody, or has handed in.",
            "%(n)d of those ticked were noted before by somebody, or have handed in.",
            before,
        )
        messages.info(request, told % {"n": before})
    if not ticked:
        messages.info(request, _("Nobody was ticked."))


def _page(request: Request, found: "Sitting", form: Ticked, *, status: int = 200) -> HttpResponse:
    rows = queries.board(found)
    wanted = request.GET.get("cari", "").strip()[:80]
    missing = [row for row in rows if board_lines.is_missing(row)]
    chosen = [row for row in missing if board_lines.fits(row, wanted)]
    named = Counter(row.name for row in rows)
    sheet = asking.slice_of(request, len(chosen), size=ROWS)
    start = asking.offset(sheet)
    listed = chosen[start : start + ROWS]
    following = _following(rows, request.GET.get("setelah", ""))
    named_here = [*listed, following] if following else listed
    note_list(request, Roll.SITTING, (row.person_id for row in named_here), about=found.ref)
    context = {
        "sitting": found,
        "form": form,
        "people": [_person(row, namesakes=named[row.name] > 1) for row in listed],
        "ticked": set(request.POST.getlist("peserta")),
        "sheet": sheet,
        "wanted": wanted,
        "came": sum(row.checked_in_at is not None for row in rows),
        "seats": len(rows),
        "open": found.state not in PAST,
        "following": following,
        "here": reverse("office:arrivals", args=[found.ref]),
    }
    return page(request, "office/board_arrivals.html", context, part="rows", status=status)


def _following(rows: list[BoardRow], ref: str) -> BoardRow | None:
    """Return who is next by name after the one just noted and is missing; nobody without one."""
    place = next((n for n, row in enumerate(rows) if row.ref == ref), None)
    if place is None:
        return None
    return next(filter(board_lines.is_missing, rows[place + 1 :] + rows[:place]), None)


def _person(row: BoardRow, *, namesakes: bool) -> dict[str, object]:
    """Return one line; whoever shares a name is told apart by the number of the application."""
    began = str(labels.ENTRY_STATE[EntryState.STARTED]) if row.state == EntryState.STARTED else ""
    number = row.application_ref if namesakes else ""
    return {"ref": row.ref, "name": row.name, "note": " · ".join(filter(None, (number, began)))}
