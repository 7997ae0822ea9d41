"""Who is asking, and have they business here? A place without business for somebody is not there."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role

T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., Any])
PAGE_SIZE = 25
KEY_DIGITS = 18


class Request(HttpRequest):
    """A request as the middleware hands it on: with its actor and its instant."""

    actor: Actor
    at: datetime


def only(roles: frozenset[Role]) -> Callable[[View], View]:
    """Keep a view for `roles`; to anybody else who looks there is no such page."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            if not request.actor.may(roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(View, guarded)

    return guard


def there(found: T | None) -> T:
    """Return what was found.

    :raises Http404: nothing was; absent and forbidden look the same
    """
    if found is None:
        raise Http404
    return found


def today(request: Request) -> date:
    """Return the day of the request where the body sits."""
    return timezone.localdate(request.at)


def language() -> str:
    """Return the language of the page, as schemes know it."""
    return get_language() or "id"


def slice_of(request: Request, count: int, *, size: int = PAGE_SIZE) -> "Page[int]":
    """Return the page that `?halaman=` asks for of a list of `count` things, for the pager.

    Its first thing has the index `offset(page)`; what cannot be read is the first page, and past
    the end is the last.
    """
    return Paginator(range(count), size).get_page(request.GET.get("halaman"))


def offset(page: "Page[int]") -> int:
    """Return the index of the first thing on the page, from 0."""
    return max(page.start_index() - 1, 0)


def keys(request: Request, name: str) -> list[int]:
    """Return the record keys ticked under `name`; what is no key is left out, the action judges the rest."""
    ticked = request.POST.getlist(name)
    return [int(key) for key in ticked if key.isascii() and key.isdigit() and len(key) < KEY_DIGITS]
