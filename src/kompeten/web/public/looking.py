"""What is told to an address that looks up too many certificates?"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from kompeten.foundation import lookups
from kompeten.web.ui.problems import too_many

View = Callable[..., HttpResponse]


def limited(view: View) -> View:
    """Answer 429 to an address that looks up too many certificates, or too many that do not exist."""

    @wraps(view)
    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (seconds := lookups.wait(request)):
            return view(request, *args, **kwargs)
        answer = too_many(request)
        answer["Retry-After"] = str(seconds)
        return answer

    return cast(View, bounded)
