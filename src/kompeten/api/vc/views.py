"""What is asked of the VC-API, and how is it answered? Always JSON, never a redirect."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kompeten.api.vc import issuer
from kompeten.api.vc.problems import Problem
from kompeten.api.vc.verifier import NotVerified, Verifier
from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import StatusPurpose
from kompeten.foundation.vc import did, media, parsing, status
from kompeten.foundation.vc.words import Unsafe
from kompeten.register import queries as register

if TYPE_CHECKING:
    from datetime import datetime

# Where the lists of the house lie, below its address.
_OURS = re.compile(rf"/status/(?P<purpose>{'|'.join(StatusPurpose)})/(?P<number>[1-9][0-9]{{0,8}})")


class Request(HttpRequest):
    """A request as the middleware hands it on: with its instant."""

    at: "datetime"


@csrf_exempt
@require_POST
def issue(request: Request) -> HttpResponse:
    """Sign a credential with the key for tests."""
    try:
        body = _body(request)
        signed = issuer.issue(
            body.get("credential"),
            _options(body),
            by=_issuer(),
            site=settings.PUBLIC_URL,
            at=request.at,
        )
    except parsing.Unreadable as refusal:
        return _refused(Problem.PARSING, str(refusal))
    except (issuer.NotIssued, Unsafe) as refusal:
        return _refused(Problem.MALFORMED, str(refusal))
    return JsonResponse({"verifiableCredential": signed}, status=201)


@csrf_exempt
@require_POST
def verify_credential(request: Request) -> HttpResponse:
    """Judge a credential."""
    return _judged(request, "verifiableCredential", lambda judge: judge.credential)


@csrf_exempt
@require_POST
def verify_presentation(request: Request) -> HttpResponse:
    """Judge a presentation and what it presents."""
    return _judged(request, "verifiablePresentation", lambda judge: judge.presentation)


@require_safe
def status_list(request: Request, purpose: str) -> HttpResponse:
    """Send a list of the issuer for tests."""
    if purpose not in issuer.PURPOSES:
        raise Http404
    signed = issuer.status_list(purpose, by=_issuer(), site=settings.PUBLIC_URL, at=request.at)
    response = media.named(JsonResponse(signed), request)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _judged(
    request: Request,
    name: str,
    of: Callable[[Verifier], Callable[[Any, Mapping[str, Any]], None]],
) -> HttpResponse:
    fault_of = partial(register.key_fault, at=request.at)
    judge = Verifier(key_of=_key, fault_of=fault_of, list_of=_list_of, at=request.at)
    try:
        body = _body(request)
        of(judge)(body.get(name), _options(body))
    except parsing.Unreadable as refusal:
        return _refused(Problem.PARSING, str(refusal))
    except NotVerified as refusal:
        return _refused(refusal.problem, str(refusal))
    return JsonResponse({"verified": True, "warnings": judge.warnings, "errors": []})


def _body(request: Request) -> Mapping[str, Any]:
    body = parsing.read(request.body)
    if not isinstance(body, dict):
        raise parsing.Unreadable("the body is no object")
    return body


def _options(body: Mapping[str, Any]) -> Mapping[str, Any]:
    options = body.get("options")
    if options is not None and not isinstance(options, dict):
        raise parsing.Unreadable("the options are no object")
    return options or {}


def _issuer() -> issuer.TestIssuer:
    return issuer.of_house(settings.SECRET_KEY)


def _key(method: str) -> bytes | None:
    """Return the key behind an address: one that spells itself, or one of this house."""
    return did.key_of_method(method) or register.trusted_key(method)


def _list_of(address: str) -> tuple[str, bytes] | None:
    """Return the purpose and the bits of a list of ours, as they are now, or None."""
    site, _, purpose = address.partition("/credentials/status/")
    if site == settings.PUBLIC_URL and purpose in issuer.PURPOSES:
        return purpose, bytes(status.SMALLEST // 8)
    written = _OURS.fullmatch(address.removeprefix(settings.PUBLIC_URL))
    if written is None or not address.startswith(settings.PUBLIC_URL):
        return None
    bits = certificates.status_bits(StatusPurpose(written["purpose"]), int(written["number"]))
    return None if bits is None else (written["purpose"], bits)


def _refused(problem: Problem, detail: str) -> HttpResponse:
    said = {"type": problem.value, "title": problem.word, "status": 400, "detail": detail}
    return JsonResponse(said, status=400, content_type="application/problem+json")
