"""Where does the API begin, and how does it say no? Problems are told as RFC 9457 has it."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from kompeten.api.v1 import certificates

PROBLEM = "application/problem+json"

api = NinjaAPI(
    title="Kompeten",
    version="1",
    description="What anybody may ask of the public register. No log-in; a limit for each address.",
    urls_namespace="api-v1",
    docs_url=None,  # its pages would come from a network of others
)
api.add_router("", certificates.router)


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """Return a refusal that programs and people read."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body |= ({"detail": detail} if detail else {}) | more
    return JsonResponse(body, status=status, content_type=PROBLEM)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "The register knows no such certificate.")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    points = [{"where": ".".join(map(str, e["loc"])), "what": e["msg"]} for e in error.errors]
    return problem(422, "The request does not have the shape that is asked.", errors=points)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(certificates.TooMany)
def _too_many(request: HttpRequest, error: certificates.TooMany) -> HttpResponse:
    answer = problem(429, f"Wait {error.seconds} seconds, then ask again.")
    answer["Retry-After"] = str(error.seconds)
    return answer
