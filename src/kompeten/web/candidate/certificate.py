"""What does somebody hold in their hands? Their certificates, as paper and as credential."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from kompeten.certificates import queries
from kompeten.certificates.labels import FACT
from kompeten.certificates.terms import Content
from kompeten.certificates.terms import Fact as CertificateFact
from kompeten.register.queries import log
from kompeten.web.candidate import asking
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Fact

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

APART = frozenset({CertificateFact.NUMBER, CertificateFact.UNITS, CertificateFact.DEMONSTRATION})


@require_safe
def certificates(request: Request) -> HttpResponse:
    """List the person's own certificates."""
    lines = [
        {"certificate": held, "title": queries.content(held).scheme.title}
        for held in _mine(request)
    ]
    return page(request, "candidate/certificates.html", {"lines": lines})


@require_safe
def certificate(request: Request, ref: str) -> HttpResponse:
    """Show one certificate with all that stands on it."""
    held = _own(request, ref)
    content = queries.content(held)
    shown = queries.facts(content) | _days(content)
    context = {
        "certificate": held,
        "content": content,
        "is_logged": log.has_bundle(held),
        "facts": [Fact(FACT[name], line) for name, line in shown.items() if name not in APART],
    }
    return page(request, "candidate/certificate.html", context)


@require_safe
def paper(request: Request, ref: str) -> HttpResponse:
    """Send the signed sheet."""
    held = _own(request, ref)
    return _sent(queries.pdf(held), "application/pdf", f"sertifikat-{held.ref}.pdf")


@require_safe
def credential(request: Request, ref: str) -> HttpResponse:
    """Send the signed credential."""
    held = _own(request, ref)
    return _sent(queries.credential(held), "application/vc+json", f"sertifikat-{held.ref}.json")


@require_safe
def token(request: Request, ref: str) -> HttpResponse:
    """Send the same credential as a VC-JWT, as some wallets take it."""
    held = _own(request, ref)
    signed = queries.credential_token(held).encode()
    return _sent(signed, "application/vc+jwt", f"sertifikat-{held.ref}.jwt")


@require_safe
def bundle(request: Request, ref: str) -> HttpResponse:
    """Send sheet, credential, and the proof that they stand in the public log, in one file."""
    held = _own(request, ref)
    content = asking.there(log.bundle(held))
    return _sent(content, "application/zip", f"sertifikat-{held.ref}.zip")


def _mine(request: Request) -> "list[Certificate]":
    """Return the person's own certificates, the newest first, also for those whom the office lets see all."""
    held = queries.published().filter(person_id=request.actor.person_id or 0)
    return list(held.order_by("-id"))


def _own(request: Request, ref: str) -> "Certificate":
    return asking.there(next((held for held in _mine(request) if held.ref == ref), None))


def _days(content: Content) -> dict[CertificateFact, str]:
    """Return the facts that hold a day with the day as people write it; the paper has the same days."""
    return {
        CertificateFact.DECREE: f"{content.decree.number}, {date_format(content.decree.on)}",
        CertificateFact.SIGNED_ON: f"{content.place}, {date_format(content.signed_on)}",
        CertificateFact.VALID_FROM: date_format(content.valid_from),
        CertificateFact.VALID_UNTIL: date_format(content.valid_until),
    }


def _sent(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
