"""How does somebody begin? With a scheme, then a route; that opens a draft which is kept."""

import random
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.applications import actions, queries
from kompeten.applications.terms.application import OPEN, Step
from kompeten.foundation import words
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Eligibility, Facts, Known, Route, SchemeContent
from kompeten.verification import queries as verification
from kompeten.web.candidate import asking, carrying, steps
from kompeten.web.candidate.asking import Request
from kompeten.web.candidate.forms import Path
from kompeten.web.candidate.labels import ROUTE_TONE
from kompeten.web.ui.http import go, page

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.people.models import Person


@require_safe
def choose(request: Request) -> HttpResponse:
    """Show the schemes that can be applied for, by profession."""
    asking.person(request)
    offered = schemes.known(on=asking.today(request))
    running = {a.scheme_code: a.ref for a in queries.mine(request.actor) if a.state in OPEN}
    context = {
        "professions": list(_by_profession(offered, running)),
        "steps": steps.beginning(),
    }
    return page(request, "candidate/choose.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: Request, code: str) -> HttpResponse:
    """Ask for the route under a scheme, and open a draft."""
    person = asking.person(request)
    on = asking.today(request)
    version = asking.there(schemes.current(code, on=on))
    said = schemes.content(version.id)
    brought = carrying.brought(request, at=request.at)
    routes = schemes.eligible(version.id, _known(person, brought), on=on)
    form = _form(request, said, routes, initial={"route": request.GET.get("jalur", "")})
    form.offer(brought.at if brought else None)
    if request.method == "POST" and form.is_valid():
        taken = brought if form.cleaned_data.get("brings") else None
        try:
            # So that a refusal by the table leaves nothing behind, whatever stands around it.
            with transaction.atomic():
                application = actions.open_application(
                    person.pk,
                    version=version,
                    route=Route(form.cleaned_data["route"]),
                    program=form.cleaned_data["program"],
                    by=request.actor,
                    at=request.at,
                    rng=random.SystemRandom(),
                    statement=taken.statement if taken else None,
                    born_on=taken.born_on if taken else None,
                )
        except IntegrityError:
            form.add_error(None, words.reason("application.exists"))
        else:
            answer = go(request, steps.following(request, application, Step.SCHEME))
            carrying.drop(answer)
            return answer
    context = {"form": form, "title": scheme_labels.local(said.title), "steps": steps.beginning()}
    return _answer(request, form, context)


@require_http_methods(["GET", "POST"])
def path(request: Request, ref: str) -> HttpResponse:
    """Let somebody change the route of a draft, seeing which routes stand open."""
    application = asking.application(request, ref)
    said = schemes.content(application.scheme_version_id)
    routes = verification.routes(application, on=asking.today(request))
    kept = {"route": application.route, "program": application.program}
    form = _form(request, said, routes, initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.revise(
            application,
            step=Step.SCHEME,
            route=form.cleaned_data["route"],
            program=form.cleaned_data["program"],
            by=request.actor,
            at=request.at,
        )
        return go(request, steps.following(request, application, Step.SCHEME))
    context = {
        "form": form,
        "application": application,
        "title": scheme_labels.local(said.title),
        "steps": steps.stops(request, application, Step.SCHEME),
    }
    return _answer(request, form, context)


def closed_route(request: Request, application: "Application") -> list[str]:
    """Return why the chosen route seems closed, in words; empty when it stands open."""
    routes = verification.routes(application, on=asking.today(request))
    return [scheme_labels.reason(found) for found in routes[Route(application.route)].unmet]


def _known(person: "Person", brought: carrying.Brought | None) -> Facts:
    """Return what is known before there is a draft: the birth date, and what the self-check brought."""
    if brought is None:
        return Facts(born_on=person.birth_on)
    born_on = person.birth_on or brought.born_on
    return verification.facts(brought.statement, born_on=born_on)


def _answer(request: Request, form: Path, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, "candidate/path.html", context, part="form", status=status)


def _form(
    request: Request,
    said: SchemeContent,
    routes: dict[Route, Eligibility],
    initial: dict[str, str] | None = None,
) -> Path:
    choices = [(found.route.value, _card(said, found)) for found in routes.values()]
    return Path(
        request.POST if request.method == "POST" else None,
        routes=choices,
        programs=said.programs,
        initial=initial or {},
    )


def _card(said: SchemeContent, found: Eligibility) -> SafeString:
    """Return what a route asks of this person and how it assesses, as the words beside its button."""
    context = {
        "title": scheme_labels.ROUTE[found.route],
        "help": scheme_labels.ROUTE_HELP[found.route],
        "verdict": scheme_labels.VERDICT[found.verdict],
        "tone": ROUTE_TONE[found.verdict],
        "components": [
            str(scheme_labels.COMPONENT[part]) for part in said.routes[found.route].components
        ],
        "unmet": [scheme_labels.reason(reason) for reason in found.unmet],
        "unknown": [scheme_labels.reason(reason) for reason in found.unknown],
    }
    return mark_safe(render_to_string("candidate/route.html", context))  # noqa: S308 (escaped there)


def _by_profession(
    offered: tuple[Known, ...], running: dict[str, str]
) -> Iterator[tuple[Any, list[dict[str, str]]]]:
    """Give each profession with its schemes by level, and the application that runs for each, if any."""
    order = list(scheme_labels.PROFESSION)
    levels = list(scheme_labels.LEVEL)

    def place(known: Known) -> tuple[int, int]:
        level = levels.index(known.level) if known.level else -1
        return order.index(known.profession), level

    for profession, group in groupby(sorted(offered, key=place), key=lambda k: k.profession):
        cards = [
            {
                "code": known.scheme_code,
                "title": scheme_labels.local(known.title),
                "running": running.get(known.scheme_code, ""),
            }
            for known in group
        ]
        yield scheme_labels.PROFESSION[profession], cards
