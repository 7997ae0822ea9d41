"""How is a piece of template rendered in a test? Behind a request with an instant, as on a page."""

from datetime import datetime
from typing import Any

from django.template import RequestContext, Template
from django.test import RequestFactory

from tests.make.times import MONDAY


def rendered(source: str, *, at: datetime = MONDAY, **context: Any) -> str:
    """Return `source` rendered at `at`."""
    request = RequestFactory().get("/", {"halaman": "2", "wilayah": "12.18"})
    request.at = at  # type: ignore[attr-defined]
    return Template(source).render(RequestContext(request, context))
