"""What does somebody say of themselves? Identity, then education and practice."""

import random
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from kompeten.applications import actions, queries
from kompeten.applications.terms.application import Step
from kompeten.applications.terms.statement import Statement
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import queries as people
from kompeten.people.terms import ClaimState
from kompeten.schemes import labels as scheme_labels
from kompeten.web.candidate import asking, begin, experience, facts, forms, labels, steps
from kompeten.web.candidate.asking import Request
from kompeten.web.candidate.experience_forms import LetteredSpell, Practice
from kompeten.web.ui.http import go, page

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.people.models import Person

NIK_FIELDS = dict.fromkeys(("nik.length", "nik.taken", "nik.bound", "claim.exists"), "nik")


@require_http_methods(["GET", "POST"])
def identity(request: Request, ref: str) -> HttpResponse:
    """Ask who somebody is; only the person themselves can say."""
    application = asking.own_application(request, ref)
    person = application.person
    known = person.nik_index is not None
    form = forms.Identity(
        request.POST if request.method == "POST" else None,
        on=asking.today(request),
        nik_known=known,
        nik_bound=known and queries.binds_nik(application),
        helped=request.actor.helped_by is not None,
        initial=_said(person),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.introduce(
                application,
                **form.cleaned_data,
                by=request.actor,
                at=request.at,
                rng=random.SystemRandom(),
            )
        except StepRefused as refusal:
            form.clashed |= "nik.taken" in refusal.reasons
            asking.refuse(form, refusal, NIK_FIELDS)
        else:
            return go(request, steps.following(request, application, Step.IDENTITY))
    context = {
        "form": form,
        "application": application,
        "nik": facts.masked(people.nik_of(person.pk)),
        "claim": _claim(person.pk),
        "doubts": [words.reason(c) for c in people.nik_doubts(person, on=asking.today(request))],
        "steps": steps.stops(request, application, Step.IDENTITY),
    }
    status = 422 if form.errors else 200
    return page(request, "candidate/identity.html", context, part="form", status=status)


@require_http_methods(["GET", "POST"])
def practice(request: Request, ref: str) -> HttpResponse:
    """Ask for education and practice; rows come and go before anything is kept."""
    application = asking.application(request, ref)
    kept, on = Statement.of(application.statement), asking.today(request)
    sent = request.POST if request.method == "POST" else None
    form = Practice(sent, initial=experience.initial(kept))
    make = partial(LetteredSpell, on=on, papers=_papers(application))
    rows = experience.Rows(make, sent, told=experience.rows_of(kept))
    if rows.moves:
        form.unjudged()
    elif sent is not None and form.is_valid() and rows.is_valid():
        statement = form.stated(kept).with_spells(rows.spells())
        actions.revise(
            application, step=Step.PRACTICE, statement=statement, by=request.actor, at=request.at
        )
        return go(request, steps.following(request, application, Step.PRACTICE))
    said = kept if sent is None else kept.with_spells(rows.spells())
    context = {
        "form": form,
        "rows": rows,
        "counted": facts.counted(said, born_on=application.person.birth_on, on=on),
        "application": application,
        "closed": begin.closed_route(request, application),
        "steps": steps.stops(request, application, Step.PRACTICE),
    }
    is_wrong = sent is not None and not rows.moves
    return page(
        request, "candidate/practice.html", context, part="form", status=422 if is_wrong else 200
    )


def _papers(application: "Application") -> list[tuple[str, str]]:
    """Return the documents of the route, one of which holds the scan of a letter."""
    rows = queries.document_kinds(application).values()
    return [(kind.code, scheme_labels.local(kind.title)) for kind in rows]


def _claim(person_id: int) -> Any:
    """Return how the person's dispute over a NIK stands, in words; empty without one. One query."""
    found = people.last_claim(person_id)
    return labels.CLAIM[ClaimState(found.state)] if found is not None else ""


def _said(person: "Person") -> dict[str, Any]:
    names = [name for name in forms.Identity.base_fields if name not in facts.SEALED]
    return {name: getattr(person, name) for name in names}
