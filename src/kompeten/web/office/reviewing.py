"""How does a verifier work on one application? The sheet, kept as one goes, and four ways to end it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.people import actions as people_actions
from kompeten.people.terms import Sight
from kompeten.verification import actions, queries
from kompeten.verification.terms import UNANSWERED, Ground, State
from kompeten.web.office import asking
from kompeten.web.office.asking import Request
from kompeten.web.office.review_page import Desk
from kompeten.web.office.verification import (
    READERS,
    VERIFIERS,
    address,
    finished,
    following,
    onward,
)
from kompeten.web.ui.http import go, page, wants_fragment

if TYPE_CHECKING:
    from kompeten.verification.models import Review

# These say that the page is out of date or not theirs; nothing on the sheet could mend them.
FORMAL = frozenset({"role.not_held", "step.not_open", "review.not_yours"})
COORDINATORS = frozenset({Role.COORDINATOR})
TEMPLATE = "office/verification_review.html"


@require_http_methods(["GET", "POST"])
@asking.only(READERS | queries.SETTLERS)
def review(request: Request, ref: str) -> HttpResponse:
    """Show one review, and take what its verifier says: `langkah` names the button pressed."""
    found = asking.there(queries.seen(ref, request.actor))
    if request.method == "POST":
        return _act(request, found, request.POST.get("langkah", ""))
    return page(request, TEMPLATE, Desk(request, found).context())


def _act(request: Request, found: "Review", step: str) -> HttpResponse:
    releases = step == "lepaskan"
    if not request.actor.may(VERIFIERS | COORDINATORS if releases else VERIFIERS):
        raise PermissionDenied
    if releases:
        return _release(request, found)
    if step in ENDS:
        return _end(request, found, step)
    return _save(request, found)


def _save(request: Request, found: "Review") -> HttpResponse:
    """Keep what is complete on the sheet; what is half said stays with whoever is saying it."""
    desk = Desk(request, found, request.POST)
    if news := desk.findings.news():
        actions.note(found, news, by=request.actor, at=request.at)
    if wants_fragment(request):
        return page(request, TEMPLATE, Desk(request, found).context(saved=True), part="progress")
    if desk.findings.errors:
        return page(request, TEMPLATE, desk.context(), status=422)
    messages.success(request, _("Your findings have been saved."))
    return go(request, address(request, "office:review", found.ref))


def _end(request: Request, found: "Review", step: str) -> HttpResponse:
    """Keep the sheet and answer the applicant; then the next file opens at once."""
    state, end, said = ENDS[step]
    if _is_answered(found, state) and found.verifier_id == request.actor.account_id:
        return _next(request)  # a second click: it was answered so a moment ago
    desk = Desk(request, found, request.POST)
    if not desk.is_valid():
        return page(request, TEMPLATE, desk.context(), status=422)
    try:
        if news := desk.findings.news():
            actions.note(found, news, by=request.actor, at=request.at)
        end(request, found, desk)
    except StepRefused as refusal:
        if not FORMAL.isdisjoint(refusal.reasons):
            raise
        # The sheet was kept all the same: it is read again.
        desk = Desk(request, found, request.POST)
        desk.refused = tuple(words.reason(code) for code in refusal.reasons)
        return page(request, TEMPLATE, desk.context(), status=422)
    if found.state in UNANSWERED:
        said = _waits
    messages.success(request, said() % {"name": found.application.person.name})
    return _next(request)


def _is_answered(found: "Review", state: State) -> bool:
    """Say whether this answer was given: told, or kept back for a second look, or one itself."""
    return found.state == state or (found.state != State.OPEN and found.answer == state)


def _waits() -> str:
    return _("Your answer on %(name)s is kept. It goes out once somebody else has looked.")


def _next(request: Request) -> HttpResponse:
    """Open the next file: for the desk's own script in this very answer, for others by a redirect."""
    if not wants_fragment(request):
        return onward(request)
    following_one = following(request)
    if following_one is None:
        return finished(request)
    person_id = following_one.application.person_id
    people_actions.note_access(
        person_id, sight=Sight.APPLICATION, by=request.actor, at=request.at
    )  # the address that is answered is that of the file before
    answer = page(request, TEMPLATE, Desk(request, following_one).context())
    answer["HX-Push-Url"] = address(request, "office:review", following_one.ref)
    return answer


def _release(request: Request, found: "Review") -> HttpResponse:
    actions.release(found, by=request.actor, at=request.at)
    messages.info(request, _("The application is back in the queue."))
    return go(request, address(request, "office:verification"))


def _pass(request: Request, found: "Review", desk: Desk) -> None:
    actions.find_eligible(found, by=request.actor, at=request.at)


def _return(request: Request, found: "Review", desk: Desk) -> None:
    remarks = desk.remarks.said()
    actions.return_for_correction(found, remarks=remarks, by=request.actor, at=request.at)


def _refuse(request: Request, found: "Review", desk: Desk) -> None:
    said = desk.refusal.cleaned_data
    grounds = [Ground(code) for code in said["alasan"]]
    actions.reject(found, grounds=grounds, note=said["penjelasan"], by=request.actor, at=request.at)


End = Callable[[Request, "Review", Desk], None]
ENDS: dict[str, tuple[State, End, Callable[[], str]]] = {
    "loloskan": (State.ELIGIBLE, _pass, lambda: _("%(name)s meets the requirements.")),
    "kembalikan": (State.RETURNED, _return, lambda: _("%(name)s can mend the application now.")),
    "tolak": (State.REJECTED, _refuse, lambda: _("The application of %(name)s was not accepted.")),
}
