"""What do other programs fetch of us? Keys, status lists, a credential anew: as JSON, for anybody."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import StatusPurpose
from kompeten.foundation.vc import media
from kompeten.kernel import digest
from kompeten.register import queries
from kompeten.schemes import queries as schemes
from kompeten.web.ui.http import page

if TYPE_CHECKING:
    from datetime import datetime

A_MINUTE = 60


class Request(HttpRequest):
    """A request as the middleware hands it on: with its instant."""

    at: "datetime"


@require_safe
def did(request: Request) -> HttpResponse:
    """Send the document that says which keys are ours."""
    document = queries.did_document()
    if document is None:
        raise Http404
    return _sent(document, "application/did+json", seconds=5 * A_MINUTE)


@require_safe
def status_list(request: Request, purpose: str, number: int) -> HttpResponse:
    """Send the list that says which certificates are suspended or withdrawn; it names none of them."""
    try:
        document = certificates.status_list(StatusPurpose(purpose), number, at=request.at)
    except ValueError as error:
        raise Http404 from error
    if document is None:
        raise Http404
    response = media.named(_sent(document, media.REGISTERED, seconds=A_MINUTE), request)
    # The same bytes under another name are another representation (RFC 9110, 8.8.3).
    name = response["Content-Type"].rpartition("/")[2]
    etag = f'"{digest.of_bytes(document).removeprefix("sha256:")}.{name}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def refresh(request: Request, ref: str, key: str) -> HttpResponse:
    """Send a credential anew to whoever has it: as it is today, or the one that took its place."""
    found = certificates.refreshed(ref, key)
    if found is None:
        raise Http404
    credential = certificates.credential(found)
    response = media.named(_sent(credential, media.REGISTERED, seconds=0), request)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def scheme(request: Request, code: str, version: int) -> HttpResponse:
    """Show what the scheme version asks that certificates name; each unit has an address of its own."""
    found = schemes.called(code, version)
    if found is None:
        raise Http404
    context = {
        "scheme": found,
        "version": version,
        "kicker": _("Certification scheme"),
        "units": [(unit.code, unit.title.id) for unit in found.units],
        "basis": [(basis.code, basis.subject.id) for basis in found.legal_basis],
    }
    return page(request, "public/scheme.html", context)


def _sent(document: bytes, media_type: str, *, seconds: int) -> HttpResponse:
    response = HttpResponse(document, content_type=media_type)
    # Anybody's page may read it: it is public, and says the same to everybody.
    response["Access-Control-Allow-Origin"] = "*"
    if seconds:
        patch_cache_control(response, public=True, max_age=seconds)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
