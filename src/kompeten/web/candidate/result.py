"""What did the committee decide, and on what does it rest? Said kindly, and whole."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kompeten.applications import queries as applications
from kompeten.certificates import queries as certificates
from kompeten.decisions import queries
from kompeten.decisions.terms import State
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, SchemeContent
from kompeten.web.candidate import asking, facts
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import page

if TYPE_CHECKING:
    from kompeten.decisions.models import Decision


@require_safe
def result(request: Request, ref: str) -> HttpResponse:
    """Show one decision on the person's own application, once it has been taken."""
    mine = {found.pk: found for found in applications.mine(request.actor)}
    decided = queries.of_applications(mine)
    decision = asking.there(next((d for d in decided.values() if d.ref == ref), None))
    asking.there(decision.decided_at)
    application = mine[decision.application_id]
    said = schemes.content(application.scheme_version_id)
    granted = decision.state == State.GRANTED
    held = certificates.of_applications([application.pk]).get(application.pk)
    context = {
        "decision": decision,
        "application": application,
        "title": facts.scheme_title(application),
        "granted": granted,
        "verdict": "K" if granted else "BK",
        "parts": [_part(said, means) for means in decision.sheet.content["means"]],
        "open_parts": [scheme_labels.COMPONENT[Component(code)] for code in decision.not_met],
        "decree": _decree(decision),
        "retake": said.retake,
        "appeal": said.appeal,
        "certificate": held if held is not None and held.published_at else None,
    }
    return page(request, "candidate/result.html", context)


def _part(said: SchemeContent, means: dict[str, Any]) -> dict[str, Any]:
    """Return one component: its share is rounded down, so that 69.9 never looks like 70."""
    component = Component(means["component"])
    return {
        "title": scheme_labels.COMPONENT[component],
        "verdict": "K" if means["competent"] else "BK",
        "percent": means["points"] * 100 // means["out_of"],
        "least": said.pass_percent(component),
    }


def _decree(decision: "Decision") -> Any:
    """Return the signed decree, or None while there is none."""
    decree = getattr(decision.meeting, "decree", None)
    return decree if decree is not None and decree.signed_at is not None else None
