"""How does a view answer? With a page or with the part that htmx asked for; with a way to go on."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return `template`, or only its named partial `part` where htmx swaps that.

    A boosted link and a page taken back from htmx's history want the whole page.
    """
    wants_part = part is not None and wants_fragment(request)
    name = f"{template}#{part}" if wants_part else template
    response = render(request, name, dict(context or {}), status=status)
    if part is not None:
        patch_vary_headers(response, ["HX-Request"])
    return response


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser to `to` (address, route name or object): the answer to each POST that worked."""
    url = resolve_url(to, *args, **kwargs)
    if not wants_fragment(request):
        return HttpResponseRedirect(url)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response


def wants_fragment(request: HttpRequest) -> bool:
    """Say whether htmx will swap the answer into a page that stays."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
