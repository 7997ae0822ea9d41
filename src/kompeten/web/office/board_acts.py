"""What may be done with one candidate's seat? One button, one step; whoever comes second is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompeten.exams import actions, queries
from kompeten.exams.terms import WATCH
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.web.office import asking, board_entry, board_forms, door_forms
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import go

if TYPE_CHECKING:
    from kompeten.exams.models import Entry

# Somebody was faster, or the role is gone: no field could mend that.
BEYOND = frozenset(
    {
        "step.not_open",
        "role.not_held",
        "checkin.done",
        "checkin.not_noted",
        "doubt.open_already",
        "photo.none",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done with a seat: its form, the deed, and what is said afterwards.

    The deed answers False where the form now says why nothing was done.
    """

    name: str
    form: Any
    act: "Callable[[Request, Entry, Any], bool | None]"
    said: Callable[[], str]


@require_POST
@asking.only(WATCH)
def act(request: Request, ref: str) -> HttpResponse:
    """Take one step with a seat: `langkah` names the button pressed."""
    found = asking.there(queries.entry(ref, request.actor))
    step = STEPS.get(request.POST.get("langkah", ""))
    if step is None:
        return go(request, "office:entry", ref)
    form, status = _filled(step.form, request), 422
    if form.is_valid():
        try:
            done = step.act(request, found, form)
        except StepRefused as refusal:
            if BEYOND.intersection(refusal.reasons):
                raise
            _refuse(form, refusal)
        else:
            if done is not False:
                messages.success(request, step.said())
                return go(request, "office:entry", ref)
            status = 409
    return board_entry.show(request, found, {step.name: form}, status=status)


def _filled(form: Any, request: Request) -> Any:
    """Return the form filled in, with the photo where it asks for one."""
    takes_photo = issubclass(form, door_forms.Arrival)
    return form(request.POST, request.FILES) if takes_photo else form(request.POST)


def _refuse(form: Any, refusal: StepRefused) -> None:
    if isinstance(form, door_forms.Arrival):
        form.refuse(refusal)
    else:
        form.add_error(None, [words.reason(code) for code in refusal.reasons])


def _arrive(request: Request, found: "Entry", form: door_forms.Arrival) -> None:
    actions.check_in([found], **form.said(), by=request.actor, at=request.at)


def _take_back(request: Request, found: "Entry", form: door_forms.TakenBack) -> None:
    actions.withdraw_check_in(found, reason=form.reason(), by=request.actor, at=request.at)


def _dispose(request: Request, found: "Entry", form: door_forms.Pressed) -> None:
    actions.dispose_photos(found, by=request.actor, at=request.at)


def _doubt(request: Request, found: "Entry", form: door_forms.Doubtful) -> None:
    actions.doubt_identity(found, note=form.note(), by=request.actor, at=request.at)


def _interrupt(request: Request, found: "Entry", form: board_forms.Incident) -> None:
    actions.interrupt(found, reason=form.reason(), by=request.actor, at=request.at)


def _reseat(request: Request, found: "Entry", form: board_forms.Reseat) -> None:
    actions.reseat(found, extra_minutes=form.minutes(), by=request.actor, at=request.at)


def _give(request: Request, found: "Entry", form: board_forms.ExtraTime) -> bool:
    if form.refuse_if_moved(found.extra_minutes):
        return False
    said = form.cleaned_data
    minutes, reason = said["menit"], said["alasan"]
    actions.give_time([found], minutes=minutes, reason=reason, by=request.actor, at=request.at)
    return True


def _give_back(request: Request, found: "Entry", form: board_forms.Seen) -> bool:
    """Give exactly what the rule proposes now; the reason is its code, so that all can read it."""
    if form.refuse_if_moved(found.extra_minutes):
        return False
    back = board_entry.proposal(found, queries.facts(found))
    actions.give_time(
        [found], minutes=back.minutes, reason=back.reason, by=request.actor, at=request.at
    )
    return True


def _adjust(request: Request, found: "Entry", form: board_forms.Adjusted) -> None:
    actions.adjust(found, **form.said(), by=request.actor, at=request.at)


def _recover(request: Request, found: "Entry", form: board_forms.Seen) -> None:
    actions.recover([found], by=request.actor, at=request.at)


STEPS = {
    "hadir": Step("arrive", door_forms.Arrival, _arrive, lambda: _("Noted: the candidate came.")),
    "batal": Step(
        "taken_back",
        door_forms.TakenBack,
        _take_back,
        lambda: _("The check-in is taken back. It stays in the history."),
    ),
    "ragu": Step(
        "doubt",
        door_forms.Doubtful,
        _doubt,
        lambda: _("Noted. The exam goes on; somebody will settle it."),
    ),
    "hapusfoto": Step(
        "dispose",
        door_forms.Pressed,
        _dispose,
        lambda: _("The photos are deleted. That they were taken stays in the history."),
    ),
    "putus": Step(
        "interrupt", board_forms.Incident, _interrupt, lambda: _("Noted. Nothing is lost.")
    ),
    "kembali": Step("reseat", board_forms.Reseat, _reseat, lambda: _("The candidate can go on.")),
    "tambah": Step("give", board_forms.ExtraTime, _give, lambda: _("The time has been given.")),
    "balikkan": Step(
        "back", board_forms.Seen, _give_back, lambda: _("The time has been given back.")
    ),
    "sesuaikan": Step("adjust", board_forms.Adjusted, _adjust, lambda: _("Agreed and noted.")),
    "pulihkan": Step(
        "recover", board_forms.Seen, _recover, lambda: _("Taken as handed in. It will be scored.")
    ),
}
