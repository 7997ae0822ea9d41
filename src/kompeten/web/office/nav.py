"""Where does the office lead, and what waits there for whom?

Each part of the office offers its place, and the inboxes whose counts belong to it, when its
addresses are read. The menu and the first page are built from what was offered, by role.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from kompeten.kernel.roles import STAFF, Role
from kompeten.web.office.asking import Request
from kompeten.web.ui.shapes import NavItem, Word

Count = Callable[[Request], int]
_KEPT = "_office_counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One part of the office: `route` is the name of its first page, `icon` a heroicon's.

    `order` is where it stands in the menu: tens, in the order of the lifecycle.
    """

    label: Word
    route: str
    icon: str
    order: int
    roles: frozenset[Role] = STAFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Work that waits for whoever holds one of `roles`; it counts at the place called `place`.

    `name` is its own among all; `route` is where the work is done; `hint` says what to do there.
    `count` takes one query.
    """

    name: str
    label: Word
    place: str
    route: str
    roles: frozenset[Role]
    count: Count
    hint: Word = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An inbox as one person sees it."""

    label: Word
    hint: Word
    href: str
    count: int


_PLACES: dict[str, Place] = {}
_INBOXES: dict[str, Inbox] = {}


def offer(place: Place, *inboxes: Inbox) -> None:
    """Let the menu lead to `place`, and count `inboxes` there; offering again changes nothing."""
    _PLACES[place.route] = place
    _INBOXES.update((inbox.name, inbox) for inbox in inboxes)


def places(request: Request) -> list[Place]:
    """Return the places with business for the actor, in the order of the lifecycle."""
    mine = [place for place in _PLACES.values() if request.actor.may(place.roles)]
    return sorted(mine, key=lambda place: (place.order, place.route))


def waiting(request: Request) -> list[Waiting]:
    """Return the actor's inboxes in the order of the menu, empty ones too."""
    order = {place.route: n for n, place in enumerate(places(request))}
    mine = [inbox for inbox in _mine(request) if inbox.place in order]
    return [
        Waiting(inbox.label, inbox.hint, reverse(inbox.route), _count(request, inbox))
        for inbox in sorted(mine, key=lambda inbox: order[inbox.place])
    ]


def items(request: HttpRequest) -> list[NavItem]:
    """Return the menu for whoever asks."""
    asked: Request = request  # type: ignore[assignment]  # the middleware has been here
    counts: dict[str, int] = {}
    for inbox in _mine(asked):
        counts[inbox.place] = counts.get(inbox.place, 0) + _count(asked, inbox)
    return [
        NavItem(place.label, reverse(place.route), place.icon, count=counts.get(place.route))
        for place in places(asked)
    ]


def _mine(request: Request) -> list[Inbox]:
    return [inbox for inbox in _INBOXES.values() if request.actor.may(inbox.roles)]


def _count(request: Request, inbox: Inbox) -> int:
    """Return how many wait; asked once in a request, though menu and page both show it."""
    kept: dict[str, int] = request.__dict__.setdefault(_KEPT, {})
    if inbox.name not in kept:
        kept[inbox.name] = inbox.count(request)
    return kept[inbox.name]
