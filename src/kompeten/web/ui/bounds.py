"""How large may a body be that is sent to us? As the option says, but for the few pages that ask for more."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve

from kompeten.web.ui import labels

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bound:
    """So many bytes are taken; `said` is what whoever sends more is told."""

    most: int
    said: labels.Words


_WIDER: dict[str, Bound] = {}


def widen(route: str, *, megabytes: int, said: labels.Words) -> None:
    """Let the page called `route` take larger bodies; saying so again changes nothing."""
    _WIDER[route] = Bound(megabytes * MB, said)


def of(path: str) -> Bound:
    """Return what an address takes. Asked only for bodies above the option, so that it costs nothing."""
    usual = Bound(settings.OPTIONS.upload_max_mb * MB, labels.PROBLEM[413])
    try:
        found: Any = resolve(path)
    except Resolver404:
        return usual
    wider = _WIDER.get(found.view_name)
    return wider if wider and wider.most > usual.most else usual
