"""How does the encrypted paper get onto devices? From anywhere, by anybody: it is ciphertext."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kompeten.exams.queries import packages

A_YEAR = 365 * 24 * 3600


@require_safe
def package(request: HttpRequest, sitting: str, name: str) -> HttpResponse:
    """Send a package under the name that its bytes have; it never changes, so it may be kept anywhere."""
    content = packages.package(sitting, name)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["ETag"] = f'"{name}"'
    return response
