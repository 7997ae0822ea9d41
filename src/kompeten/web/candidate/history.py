"""What happened to an application? Its events as a story, told to the person whose it is."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kompeten.applications import queries
from kompeten.applications.labels import EVENT, STEP
from kompeten.applications.terms.application import Step
from kompeten.foundation import ledger
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.web.candidate import asking, facts, steps
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Happening, Tone

if TYPE_CHECKING:
    from kompeten.foundation.models import Event

TONE = {
    "recommendation.given": Tone.GOOD,
    "recommendation.lapsed": Tone.WAIT,
    "application.submitted": Tone.INFO,
    "application.quarantined": Tone.WAIT,
    "application.returned": Tone.WAIT,
    "application.accepted": Tone.GOOD,
    "application.rejected": Tone.BAD,
    "application.concluded": Tone.GOOD,
}
FILERS = frozenset({Role.APPLICANT, Role.SPONSOR})
YOU, HOUSE = _("You"), _("The system")
HELPED = _("%(who)s, with the help of %(helper)s")
SIGNATORY = _("Who was asked, by link")
OFFICE, APPLICANT, BODY = _("Your office"), _("The applicant"), _("The certification body")


@require_safe
def history(request: Request, ref: str) -> HttpResponse:
    """Tell the application's story, the newest first."""
    application = asking.application(request, ref)
    own = steps.is_own(request, application)
    asked = queries.asked_about(application).values_list("pk", flat=True)
    events = ledger.together({"application": [application.pk], "recommendation": asked})
    helpers = people.account_labels(e.helper_id for e in events if e.helper_id is not None)
    context = {
        "application": application,
        "title": facts.scheme_title(application),
        "happenings": list(_told(request, reversed(events), helpers, own=own)),
    }
    return page(request, "candidate/history.html", context)


def _told(
    request: Request, events: "Iterable[Event]", helpers: Mapping[int, str], *, own: bool
) -> Iterable[Happening]:
    for event in events:
        who = _who(request, event, own=own)
        if event.helper_id is not None:
            who = HELPED % {"who": who, "helper": helpers.get(event.helper_id, "")}
        yield Happening(
            title=EVENT.get(event.type, event.type),
            at=event.at,
            who=who,
            text=_text(event),
            tone=TONE.get(event.type, Tone.PLAIN),
        )


def _who(request: Request, event: "Event", *, own: bool) -> Any:
    """Say who did it as far as it matters: no officer's name stands in a candidate's story."""
    if event.helper_id is not None:
        return YOU if own else APPLICANT
    if event.actor_id is not None and event.actor_id == request.actor.account_id:
        return YOU
    if event.actor_role == Role.REFEREE:
        return SIGNATORY
    if event.actor_id is None:
        return HOUSE
    if event.actor_role in FILERS:
        return OFFICE if own else APPLICANT
    return BODY


def _text(event: "Event") -> Any:
    if event.type == "application.revised":
        return STEP.get(Step(event.facts["step"]), "")
    return ""
