"""How often may one address look certificates up? Often enough for an office, too seldom to copy the register."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kompeten.web.ui.limits import client, too_often, was_too_often
from kompeten.web.ui.problems import too_many

# Numbers that do not exist are typing errors, or guesses: numbers follow one another.
MISSES, MISSES_SECONDS = 40, 600
MINUTE = 60

View = Callable[..., HttpResponse]


def limited(view: View) -> View:
    """Answer 429 to an address that looks up too many certificates, or too many that do not exist."""

    @wraps(view)
    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        most, address = settings.OPTIONS.lookups_per_minute, client(request)
        if not most:
            return view(request, *args, **kwargs)
        missed = f"miss/{address}"
        if was_too_often(missed, most=MISSES):
            return _wait(request, MISSES_SECONDS)
        if too_often(f"look/{address}", most=most, seconds=MINUTE):
            return _wait(request, MINUTE)
        return view(request, *args, **kwargs)

    return cast(View, bounded)


def missed(request: HttpRequest) -> None:
    """Note that a certificate was looked up which is not there."""
    too_often(f"miss/{client(request)}", most=MISSES, seconds=MISSES_SECONDS)


def _wait(request: HttpRequest, seconds: int) -> HttpResponse:
    answer = too_many(request)
    answer["Retry-After"] = str(seconds)
    return answer
