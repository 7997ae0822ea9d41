"""Who is asking, and for what of their own? What is not theirs is not there."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from kompeten.applications import queries as applications
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people_actions
from kompeten.people import queries as people
from kompeten.people.terms import Sight

if TYPE_CHECKING:
    from kompeten.applications.models import Application, Help
    from kompeten.people.models import Person

T = TypeVar("T")
# These say that the page is out of date or not theirs; no field of a form could mend them.
FORMAL = frozenset({"role.not_held", "step.not_open"})


class Request(HttpRequest):
    """A request as the middleware hands it on: with its actor and its instant.

    `helping` is what goes on at this device where somebody is helped; then the actor is that person.
    """

    actor: Actor
    at: datetime
    helping: "Help | None"


def there(found: T | None) -> T:
    """Return what was found.

    :raises Http404: nothing was; absent and forbidden look the same
    """
    if found is None:
        raise Http404
    return found


def application(request: Request, ref: str) -> "Application":
    """Return the application that the actor may fill in, or there is no such page. One query.

    Where it is somebody else's, of a list that the actor answers for, they can read that it was opened.
    """
    found = there(applications.to_fill_in(ref, request.actor))
    people_actions.note_access(
        found.person_id, sight=Sight.APPLICATION, by=request.actor, at=request.at
    )
    return found


def own_application(request: Request, ref: str) -> "Application":
    """Return the actor's own application, or there is no such page: no office reads along. One query."""
    mine = applications.mine(request.actor)
    return there(next((found for found in mine if found.ref == ref), None))


def person(request: Request) -> "Person":
    """Return the actor's own record, or there is no such page. One query."""
    key = request.actor.person_id
    return there(people.person(key) if key is not None else None)


def is_sponsor(actor: Actor) -> bool:
    """Say whether the actor hands in lists for an organization."""
    return actor.may(frozenset({Role.SPONSOR}))


def language() -> str:
    """Return the language of the page, as schemes know it."""
    return get_language() or "id"


def today(request: Request) -> date:
    """Return the day of the request where the body sits."""
    return timezone.localdate(request.at)


def refuse(form: forms.Form, refusal: StepRefused, fields: Mapping[str, str] | None = None) -> None:
    """Put the reasons on the form, each on the field that `fields` names for its code.

    :raises StepRefused: no field could mend it; the page of problems tells
    """
    if not FORMAL.isdisjoint(refusal.reasons):
        raise refusal
    for code in refusal.reasons:
        form.add_error((fields or {}).get(code), words.reason(code))
