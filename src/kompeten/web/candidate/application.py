"""Which applications has somebody made, and how does one of them stand?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kompeten.applications import queries
from kompeten.applications.labels import STATE
from kompeten.applications.terms.application import State, Step
from kompeten.kernel.workdays import Clock
from kompeten.schemes import labels as scheme_labels
from kompeten.verification import labels as verification_labels
from kompeten.verification import queries as verification
from kompeten.verification.terms import Correction, Topic
from kompeten.web.candidate import asking, facts, labels, steps
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.applications.models import Application

STEP_OF = {
    Topic.IDENTITY: Step.IDENTITY,
    Topic.EDUCATION: Step.PRACTICE,
    Topic.PRACTICE: Step.PRACTICE,
    Topic.ROUTE: Step.SCHEME,
}
LEAVABLE = (State.DRAFT, State.SUBMITTED, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Line:
    """One of somebody's own applications in their list."""

    ref: str
    title: str
    route: Any
    word: Any
    tone: Tone


@dataclass(frozen=True, slots=True)
class Mending:
    """One thing that a verifier asks to be mended, and where that is done."""

    about: Any
    fault: Any
    note: str
    href: str


@require_safe
def applications(request: Request) -> HttpResponse:
    """List the person's own applications, the newest first."""
    lines = [_line(found) for found in queries.mine(request.actor)]
    context = {"lines": lines, "may_begin": request.actor.person_id is not None}
    return page(request, "candidate/applications.html", context)


@require_safe
def application(request: Request, ref: str) -> HttpResponse:
    """Show how one application stands, and what to do about it."""
    found = asking.application(request, ref)
    answer = verification.answer(found, language=asking.language())
    returned = found.state == State.RETURNED and answer is not None
    is_own = steps.is_own(request, found)
    context = {
        "application": found,
        "line": _line(found),
        "answer": answer,
        "mendings": [_mending(found, c, is_own) for c in answer.corrections]
        if returned and answer
        else [],
        "grounds": [verification_labels.GROUND[g] for g in answer.grounds] if answer else [],
        "path": facts.path(found),
        "identity": facts.identity(found, is_own=is_own),
        "practice": facts.practice(found, on=asking.today(request)),
        "documents": queries.documents(found, language=asking.language()),
        "writable": found.state in steps.WRITABLE,
        "leavable": found.state in LEAVABLE and request.actor.helped_by is None,
        "is_own": is_own,
        "steps": steps.way(request, found) if found.state == State.DRAFT else (),
        "review": steps.address(found, Step.REVIEW),
        "promised": _promised(request, found),
        "status_code": queries.status_code_known(found, at=request.at),
    }
    return page(request, "candidate/application.html", context)


def _promised(request: Request, found: "Application") -> Clock | None:
    waits = found.state == State.SUBMITTED
    return verification.clock(found, at=request.at) if waits else None


def _line(found: "Application") -> Line:
    state = State(found.state)
    return Line(
        ref=found.ref,
        title=facts.scheme_title(found),
        route=scheme_labels.ROUTE.get(found.route, found.route),
        word=STATE[state],
        tone=labels.APPLICATION_TONE[state],
    )


def _mending(found: "Application", correction: Correction, is_own: bool) -> Mending:
    """Return one thing to mend; what a verifier writes is for the person, and not for their office."""
    if correction.code:
        href = f"{steps.address(found, Step.DOCUMENTS)}#{correction.code}"
        about: Any = correction.about
    else:
        topic = Topic(correction.about)
        href, about = steps.address(found, STEP_OF[topic]), verification_labels.TOPIC[topic]
    fault = verification_labels.fault(correction)
    return Mending(about=about, fault=fault, note=correction.note if is_own else "", href=href)
