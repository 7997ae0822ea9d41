"""Where does somebody stand in the short steps of an application?"""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kompeten.applications import queries
from kompeten.applications.labels import STEP
from kompeten.applications.terms.application import State, Step
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.shapes import Stop, StopState

if TYPE_CHECKING:
    from kompeten.applications.models import Application

# A draft is opened with its scheme, so that all that follows can be kept at once.
ORDER = (Step.SCHEME, Step.IDENTITY, Step.PRACTICE, Step.DOCUMENTS, Step.REVIEW)
ROUTE_NAME = {
    Step.SCHEME: "candidate:path",
    Step.IDENTITY: "candidate:identity",
    Step.PRACTICE: "candidate:practice",
    Step.DOCUMENTS: "candidate:documents",
    Step.REVIEW: "candidate:hand_in",
}
WRITABLE = (State.DRAFT, State.RETURNED)


def address(application: "Application", step: Step) -> str:
    """Return where the step of the form stands."""
    return reverse(ROUTE_NAME[step], args=[application.ref])


def beginning() -> tuple[Stop, ...]:
    """Return the steps before there is a draft."""
    return tuple(
        Stop(STEP[step], StopState.NOW if step is Step.SCHEME else StopState.NEXT) for step in ORDER
    )


def stops(request: Request, application: "Application", here: Step | None) -> tuple[Stop, ...]:
    """Return the steps with what is done, and the one at hand: if None, the first not done. One query."""
    done = finished(application)
    order = [s for s in ORDER if s is not Step.IDENTITY or is_own(request, application)]
    now = here or next((step for step in order if step not in done), Step.REVIEW)
    return tuple(
        Stop(STEP[step], _state(step, now, done), href=address(application, step)) for step in order
    )


def way(request: Request, application: "Application") -> tuple[Stop, ...]:
    """Return the steps of a draft as a way: what is done may be changed, what is next may be gone on with."""
    return tuple(_signed(stop) for stop in stops(request, application, None))


def following(request: Request, application: "Application", step: Step) -> str:
    """Return the address of the step after this one, as this person sees them."""
    after = ORDER[ORDER.index(step) + 1]
    if after is Step.IDENTITY and not is_own(request, application):
        after = Step.PRACTICE
    return address(application, after)


def finished(application: "Application") -> frozenset[Step]:
    """Return the steps that have what they need; handing in checks again. One query."""
    person, done = application.person, {Step.SCHEME}
    if person.nik_index is not None and person.birth_on is not None and person.region_code:
        done.add(Step.IDENTITY)
    if application.statement.get("education"):
        done.add(Step.PRACTICE)
    if not queries.documents_asked(application).missing(queries.present_codes(application)):
        done.add(Step.DOCUMENTS)
    return frozenset(done)


def is_own(request: Request, application: "Application") -> bool:
    """Say whether this is the person's own application, and not one that their office filed."""
    return application.person_id == request.actor.person_id


def _signed(stop: Stop) -> Stop:
    if stop.state is StopState.NEXT:
        return replace(stop, href="")
    return replace(stop, action=_("Change") if stop.state is StopState.DONE else _("Go on"))


def _state(step: Step, here: Step, done: frozenset[Step]) -> StopState:
    if step is here:
        return StopState.NOW
    return StopState.DONE if step in done else StopState.NEXT
