"""How does somebody ask for a recommendation, pass the link on, and see what became of it?

The person for themselves, or their office for one or for many people of a list.
"""

import random
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.applications import actions, queries
from kompeten.applications.terms.application import Step
from kompeten.applications.terms.invitation import LinkKind
from kompeten.applications.terms.recommending import (
    RecommendationState,
    RefereeState,
    Signatory,
)
from kompeten.foundation import shortlinks
from kompeten.foundation.ledger import StepRefused
from kompeten.notices import queries as notices
from kompeten.notices.terms import MessageKind, Placeholder
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.schemes.labels import RECOMMENDER
from kompeten.schemes.terms import Recommender
from kompeten.web.candidate import asking, steps
from kompeten.web.candidate.asking import Request
from kompeten.web.candidate.inviting import ways
from kompeten.web.candidate.recommending_forms import FIELD, Asking, AskingForMany
from kompeten.web.candidate.recommending_lines import Line, line, lines
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tab

if TYPE_CHECKING:
    from kompeten.applications.models import Application, Referee


@require_http_methods(["GET", "POST"])
def ask(request: Request, ref: str, kind: str) -> HttpResponse:
    """Ask somebody to recommend one applicant; show whom they were asked of before."""
    application = asking.application(request, ref)
    wanted = _kind(kind)
    if wanted not in queries.kinds_asked(application):
        raise Http404
    form = Asking(request.POST if request.method == "POST" else None, mails=queries.mails())
    if request.method == "POST" and form.is_valid():
        made = _ask(request, [application], wanted, form.signatory(), form)
        if made is not None:
            return go(request, "candidate:referee", made.ref)
    told = lines(request, application, wanted)
    context = {
        "application": application,
        "form": form,
        "kind": RECOMMENDER[wanted],
        "lines": told,
        "waits": any(line.is_waiting for line in told),
        "back": steps.address(application, Step.DOCUMENTS),
        "is_own": steps.is_own(request, application),
    }
    status = 422 if form.errors else 200
    return page(request, "candidate/recommend.html", context, part="form", status=status)


@require_http_methods(["GET", "POST"])
def ask_many(request: Request, ref: str, kind: str) -> HttpResponse:
    """Ask one signatory for several people of a list together; show whom the office has asked."""
    found = asking.there(queries.sponsored(request.actor).filter(ref=ref).first())
    wanted = _kind(kind)
    everybody = queries.lacking(found, wanted)
    lacking = {a.ref: a for a in everybody[: queries.MOST_AT_ONCE]}
    listed = (a.person_id for a in lacking.values())
    note_list(request, Roll.RECOMMENDATION, listed, about=ref)
    form = AskingForMany(
        request.POST if request.method == "POST" else None,
        mails=queries.mails(),
        people=[(a.ref, a.person.full_name) for a in lacking.values()],
    )
    if request.method == "POST" and form.is_valid():
        chosen = [lacking[one] for one in form.cleaned_data["orang"]]
        made = _ask(request, chosen, wanted, form.signatory(), form)
        if made is not None:
            return go(request, "candidate:referee", made.ref)
    context = {
        "collective": found,
        "form": form,
        "lacking": len(lacking),
        "later": len(everybody) - len(lacking),
        "kind": RECOMMENDER[wanted],
        "requests": queries.requests_for(found, wanted, request.actor),
        "tabs": [
            Tab(
                capfirst(str(RECOMMENDER[one])),
                reverse("candidate:recommend_many", args=[ref, one.value]),
                one is wanted,
            )
            for one in Recommender
        ],
    }
    status = 422 if form.errors else 200
    return page(request, "candidate/recommend_many.html", context, part="form", status=status)


@require_safe
def referee(request: Request, ref: str) -> HttpResponse:
    """Show a link to who asked: the message to send, the code to tell by phone, who was answered."""
    found = asking.there(queries.referee(ref, request.actor))
    signatory = queries.signatory(found)
    told = [line(request, row) for row in queries.asked_rows(found.recommendations.all())]
    note_list(request, Roll.RECOMMENDATION, (line.row.person_id for line in told), about=ref)
    is_open = found.state == RefereeState.OPEN and found.ends_at > request.at
    waits = any(line.is_waiting for line in told)
    context: dict[str, Any] = {
        "found": found,
        **_back(found, told, is_own=found.organization_id is None),
        "may_answer": _is_asked(found),
        "signatory": signatory,
        "kind": RECOMMENDER[Recommender(found.kind)],
        "lines": told,
        "is_open": is_open and waits,
        "is_locked": found.state == RefereeState.LOCKED,
        "waits": waits,
        "may_ask_again": bool(signatory.name)
        and any(line.is_waiting or line.row.state is RecommendationState.LAPSED for line in told),
    }
    if is_open and waits:
        text = _message(request, found, signatory)
        subject = _("A recommendation is asked of you")
        context |= {
            "text": text,
            "ways": ways(text, signatory.phone, signatory.email, subject=subject),
            "code": "" if signatory.email else queries.told_code(found.ref),
        }
    return page(request, "candidate/referee.html", context)


@require_POST
def again(request: Request, ref: str) -> HttpResponse:
    """Open a new link to the same signatory, in place of the old one."""
    found = asking.there(queries.referee(ref, request.actor))
    made = actions.ask_again(found, by=request.actor, at=request.at, rng=random.SystemRandom())
    shortlinks.keep(LinkKind.RECOMMENDATION, [made.ref], ends_at=made.ends_at)
    return go(request, "candidate:referee", made.ref)


@require_POST
def take_back(request: Request, ref: str) -> HttpResponse:
    """Ask no longer for one recommendation."""
    found = asking.there(queries.recommendation(ref, request.actor))
    application, kind = found.application, found.kind
    actions.take_back(found, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. You can ask somebody else now."))
    if Recommender(kind) not in queries.kinds_asked(application):  # by another route it was
        return go(request, "candidate:documents", application.ref)
    return go(request, "candidate:recommend", application.ref, kind)


@require_POST
def take_back_all(request: Request, ref: str) -> HttpResponse:
    """Ask no longer for anything that a link still asks."""
    found = asking.there(queries.referee(ref, request.actor))
    actions.take_back_all(found, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. The link leads nowhere any more."))
    return go(request, "candidate:referee", ref)


def _ask(
    request: Request,
    applications: "list[Application]",
    kind: Recommender,
    signatory: Signatory,
    form: Asking,
) -> "Referee | None":
    """Open the link and its short address, or put the reasons on the form."""
    try:
        made = actions.ask(
            applications,
            kind=kind,
            signatory=signatory,
            by=request.actor,
            at=request.at,
            rng=random.SystemRandom(),
        )
    except StepRefused as refusal:
        asking.refuse(form, refusal, {c: f for c, f in FIELD.items() if f in form.fields})
        return None
    shortlinks.keep(LinkKind.RECOMMENDATION, [made.ref], ends_at=made.ends_at)
    return made


def _back(found: "Referee", told: list[Line], *, is_own: bool) -> dict[str, Any]:
    """Return where the page of a link leads back to: by another route nothing of the kind is asked any more."""
    if not is_own:
        return {"back": reverse("candidate:collectives"), "back_label": _("Our lists")}
    ref = told[0].row.application_ref
    if not _is_asked(found):
        return {"back": reverse("candidate:documents", args=[ref]), "back_label": _("Documents")}
    back = reverse("candidate:recommend", args=[ref, found.kind])
    return {"back": back, "back_label": _("Ask for a recommendation")}


def _is_asked(found: "Referee") -> bool:
    """Say whether the routes of all whom a link is about still ask for this kind."""
    rows = found.recommendations.select_related("application")
    kind = Recommender(found.kind)
    return all(kind in queries.kinds_asked(row.application) for row in rows)


def _message(request: Request, found: "Referee", signatory: Signatory) -> str:
    """Return the message as the body words it: who asks, where, until when."""
    if found.organization_id is not None:
        names = people.organization_names([found.organization_id], on=asking.today(request))
        asker = names.get(found.organization_id, "")
    else:
        asker = asking.person(request).full_name
    values = {
        Placeholder.NAME: signatory.name,
        Placeholder.OFFICE: asker,
        Placeholder.LINK: shortlinks.address(LinkKind.RECOMMENDATION, found.ref),
        Placeholder.DAY: date_format(localdate(found.ends_at), "DATE_FORMAT"),
    }
    return notices.message(MessageKind.RECOMMEND, asking.language(), values)


def _kind(said: str) -> Recommender:
    """Return whose recommendation is meant.

    :raises Http404: nobody's
    """
    if said not in set(Recommender):
        raise Http404
    return Recommender(said)
