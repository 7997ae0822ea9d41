"""Under which name is a credential sent? Its registered one, or the broader one that was asked for.

Source: W3C Verifiable Credentials Data Model v2.0, section 6.2 (media types) and its media type
precision; RFC 9110, sections 12.4.2 (weights) and 12.5.1 (Accept).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

REGISTERED = "application/vc"
# Each is true of a credential too. Programs that know JSON-LD or JSON alone ask for these, and some
# of them read no body under another name.
_NAMES = (REGISTERED, "application/ld+json", "application/json")
# Far more than any program sends; the rest of a longer one is not read.
_LONGEST = 1_000
# A comma or a semicolon within quotes parts nothing.
_ITEM = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_WEIGHT = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?=;|$)", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


class _Wish(NamedTuple):
    """A range of types that is asked for: how much, how narrowly, and after how many others."""

    weight: float
    narrowness: int
    place: int


def asked(request: HttpRequest) -> str:
    """Return the name that `request` prefers; the registered one where it accepts any, or none.

    Nothing is refused to anybody, but another name is taken for one with a weight of nought.
    """
    wishes = list(_wishes(request.headers.get("Accept", "*/*")[:_LONGEST]))
    best = {name: _wish(name, wishes) for name in _NAMES}
    wanted = {name: wish for name, wish in best.items() if wish and wish.weight}
    if wanted:
        return max(wanted, key=lambda name: wanted[name])
    return next((name for name in _NAMES if best[name] is None), REGISTERED)


def named(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Return `response`, a credential, under the name that was asked for; caches are told of it."""
    response["Content-Type"] = asked(request)
    patch_vary_headers(response, ["Accept"])
    return response


def _wishes(accept: str) -> Iterator[tuple[str, _Wish]]:
    """Give each range without its parameters: a credential has one form, whatever profile is asked."""
    for place, item in enumerate(_ITEM.findall(accept)):
        bare = _QUOTED.sub("", item)
        stated = bare.partition(";")[0].strip().lower()
        weight = _WEIGHT.search(bare)
        narrowness = 2 - stated.count("*")
        yield stated, _Wish(float(weight[1]) if weight else 1.0, narrowness, -place)


def _wish(name: str, wishes: list[tuple[str, _Wish]]) -> _Wish | None:
    """Return what is asked of `name`: the narrowest range it lies in counts, of several the weightiest."""
    ranges = {name, f"{name.partition('/')[0]}/*", "*/*"}
    meant = (wish for stated, wish in wishes if stated in ranges)
    return max(meant, key=lambda wish: (wish.narrowness, wish), default=None)
