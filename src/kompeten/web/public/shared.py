"""What does somebody see to whom a holder gave a link? The public page, with the files to keep."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kompeten.certificates import actions
from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import State
from kompeten.foundation import lookups
from kompeten.register import queries as register
from kompeten.web.public import check, looking
from kompeten.web.public.check import Request
from kompeten.web.ui.http import page

if TYPE_CHECKING:
    from kompeten.certificates.models import ShareLink

View = Callable[[Request, "ShareLink", str], HttpResponse]
LINKED = Callable[..., HttpResponse]


def _by_link(view: View) -> LINKED:
    """Give `view` the open link of the address; an ended one and one that never was look the same.

    The address is a secret: no search engine, no cache, and no page that is gone on to shall learn it.
    """

    @wraps(view)
    @require_safe
    @looking.limited
    def linked(request: Request, token: str) -> HttpResponse:
        link = certificates.shared(token, at=request.at)
        answer = view(request, link, token) if link else _nothing(request)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Cache-Control"] = "private, no-store"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    return cast(LINKED, linked)


@_by_link
def shared(request: Request, link: "ShareLink", token: str) -> HttpResponse:
    """Show the certificate as anybody may see it, and count the look."""
    entry = register.by_ref(link.certificate.ref)
    if entry is None:  # published this very minute
        return _nothing(request)
    if request.method == "GET":
        actions.note_look(link, at=request.at)
    context = check.shown(request, entry) | {
        "token": token,
        "has_files": _has_files(link),
    }
    return page(request, "public/shared.html", context)


@_by_link
def paper(request: Request, link: "ShareLink", token: str) -> HttpResponse:
    """Send the signed sheet of a certificate that holds."""
    if not _has_files(link):
        return _nothing(request)
    answer = HttpResponse(certificates.pdf(link.certificate), content_type="application/pdf")
    answer["Content-Disposition"] = _kept_as(link, "pdf")
    return answer


@_by_link
def credential(request: Request, link: "ShareLink", token: str) -> HttpResponse:
    """Send the signed credential of a certificate that holds; wallets take it in from this address.

    Source: Open Badges 3.0, document formats, "Web Resource" (the media type).
    """
    if not _has_files(link):
        return _nothing(request)
    found = certificates.credential(link.certificate)
    answer = HttpResponse(found, content_type="application/ld+json")
    answer["Content-Disposition"] = _kept_as(link, "json")
    return answer


def _has_files(link: "ShareLink") -> bool:
    """Say whether the files may be had: not of one that is suspended, withdrawn or replaced."""
    return link.certificate.state == State.PUBLISHED


def _kept_as(link: "ShareLink", kind: str) -> str:
    return f'attachment; filename="sertifikat-{link.certificate.ref}.{kind}"'


def _nothing(request: Request) -> HttpResponse:
    lookups.missed(request)
    return page(request, "public/share_ended.html", status=404)
