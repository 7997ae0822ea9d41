"""How does an application leave the applicant's hands, and how is it taken back?"""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from kompeten.applications import actions
from kompeten.applications.terms.application import Step
from kompeten.foundation.ledger import StepRefused
from kompeten.people import queries as people
from kompeten.people.labels import CONSENT
from kompeten.people.terms import CONSENT_VERSION, ConsentWay, Purpose
from kompeten.web.candidate import asking, begin, documents, facts, labels, steps
from kompeten.web.candidate.asking import Request
from kompeten.web.candidate.forms import HandIn
from kompeten.web.ui.helping.forms import Showing
from kompeten.web.ui.http import go, page

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.people.models import Consent

VERSION = CONSENT_VERSION[Purpose.CERTIFICATION]


@require_http_methods(["GET", "POST"])
def hand_in(request: Request, ref: str) -> HttpResponse:
    """Show all that was said once more, and hand it in."""
    application = asking.application(request, ref)
    is_own, given = steps.is_own(request, application), _consent(application)
    sent = request.POST if request.method == "POST" else None
    form = HandIn(sent, asks=is_own and given is None)
    proving = Showing(sent) if "consents" in form.fields and request.helping else None
    if request.method == "POST" and form.is_valid():
        try:
            way = _way(request, form, proving)
            actions.submit(application, **form.said(), way=way, by=request.actor, at=request.at)
        except StepRefused as refusal:
            asking.refuse(form, refusal, _fields(form))
        else:
            messages.success(request, labels.HANDED_IN)
            return go(request, "candidate:application", application.ref)
    done = steps.finished(application)
    context = {
        "form": form,
        "proving": proving,
        "application": application,
        "missing": documents.missing(application),
        "unsaid": [step for step in steps.ORDER[:3] if step not in done],
        "path": facts.path(application),
        "identity": facts.identity(application, is_own=is_own),
        "practice": facts.practice(application, on=asking.today(request)),
        "closed": begin.closed_route(request, application),
        "is_own": is_own,
        "given": given,
        "consent_version": VERSION,
        "consent_text": CONSENT[Purpose.CERTIFICATION, VERSION],
        "writable": application.state in steps.WRITABLE,
        "steps": steps.stops(request, application, Step.REVIEW),
    }
    status = 422 if form.errors else 200
    return page(request, "candidate/hand_in.html", context, part="form", status=status)


def _consent(application: "Application") -> "Consent | None":
    """Return what the person has agreed to in this application, or None. One query."""
    return people.consent_about(application.ref, Purpose.CERTIFICATION)


def _way(request: Request, form: HandIn, proving: Showing | None) -> ConsentWay:
    """Return by what the person shows that it is they who agree: their log-in, but at a helper's device.

    :raises StepRefused: `consent.helped`: what they show there is not enough
    """
    if proving is None or request.helping is None or not form.said()["consent"]:
        return ConsentWay.ACCOUNT
    if not proving.is_valid() or proving.is_empty():
        raise StepRefused("consent.helped", step="consent")
    way = actions.prove_helped(request.helping, proving.shown(), at=request.at)
    if way is None:
        raise StepRefused("consent.helped", step="consent")
    return way


def _fields(form: HandIn) -> dict[str, str]:
    """Return on which field a reason stands; an office has no box to tick in somebody's place."""
    own = dict.fromkeys(("consent.missing", "consent.outdated", "consent.helped"), "consents")
    return {"statement.not_agreed": "agreed"} | (own if "consents" in form.fields else {})


@require_POST
def withdraw(request: Request, ref: str) -> HttpResponse:
    """Take an application back before it is accepted."""
    application = asking.application(request, ref)
    actions.withdraw(application, by=request.actor, at=request.at)
    messages.success(request, labels.WITHDRAWN)
    return go(request, "candidate:application", application.ref)
