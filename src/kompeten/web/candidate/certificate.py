"""What does somebody hold in their hands? Their certificates, with what became of each."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from kompeten.certificates import queries
from kompeten.certificates.labels import FACT
from kompeten.certificates.terms import Content, State
from kompeten.certificates.terms import Fact as CertificateFact
from kompeten.foundation.typeset import Picture
from kompeten.register import queries as register
from kompeten.register.labels import STATUS
from kompeten.register.queries import log
from kompeten.web.candidate import asking, fate, sharing
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Fact

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

APART = frozenset({CertificateFact.NUMBER, CertificateFact.UNITS, CertificateFact.DEMONSTRATION})


@require_safe
def certificates(request: Request) -> HttpResponse:
    """List the person's own certificates, each with what it is worth today."""
    lines = [_line(request, held) for held in _mine(request)]
    return page(request, "candidate/certificates.html", {"lines": lines})


@require_safe
def certificate(request: Request, ref: str) -> HttpResponse:
    """Show one certificate with all that stands on it."""
    return show(request, own(request, ref))


@require_safe
def paper(request: Request, ref: str) -> HttpResponse:
    """Send the signed sheet."""
    held = own(request, ref)
    return sent(queries.pdf(held), "application/pdf", f"sertifikat-{held.ref}.pdf")


@require_safe
def credential(request: Request, ref: str) -> HttpResponse:
    """Send the signed credential."""
    held = own(request, ref)
    return sent(queries.credential(held), "application/vc+json", f"sertifikat-{held.ref}.json")


@require_safe
def token(request: Request, ref: str) -> HttpResponse:
    """Send the same credential as a VC-JWT, as some wallets take it."""
    held = own(request, ref)
    signed = queries.credential_token(held).encode()
    return sent(signed, "application/vc+jwt", f"sertifikat-{held.ref}.jwt")


@require_safe
def card(request: Request, ref: str) -> HttpResponse:
    """Send the card to be printed, of a certificate that holds."""
    held = own(request, ref)
    asking.there(held if held.state == State.PUBLISHED else None)
    return sent(queries.card(held), "application/pdf", f"kartu-{held.ref}.pdf")


@require_safe
def badge(request: Request, ref: str, kind: str) -> HttpResponse:
    """Send the certificate as a picture that carries the credential."""
    held = own(request, ref)
    picture, media_type = asking.there(BADGES.get(kind))
    return sent(queries.badge(held, picture), media_type, f"lencana-{held.ref}.{kind}")


BADGES: dict[str, tuple[Picture, str]] = {
    "png": ("png", "image/png"),
    "svg": ("svg", "image/svg+xml"),
}


def show(
    request: Request, held: "Certificate", *, form: sharing.Sharing | None = None
) -> HttpResponse:
    """Show the page of a certificate; `form` is one for a link that was not taken."""
    content = queries.content(held)
    shown = queries.facts(content) | _days(content)
    context = {
        "certificate": held,
        "content": content,
        "holds": held.state == State.PUBLISHED,
        "is_logged": log.has_bundle(held),
        "is_provisional": queries.is_provisional(held),
        "facts": [Fact(FACT[name], line) for name, line in shown.items() if name not in APART],
        "fate": fate.of(held, on=asking.today(request)),
        "share": form or sharing.Sharing(on=asking.today(request)),
        "links": sharing.lines(held, at=request.at),
    }
    status = 422 if form is not None else 200
    return page(request, "candidate/certificate.html", context, status=status)


def own(request: Request, ref: str) -> "Certificate":
    """Return the person's own certificate, or there is no such page. One query."""
    return asking.there(next((held for held in _mine(request) if held.ref == ref), None))


def sent(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Return a file to be kept, for this person only."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def bundle(request: Request, ref: str) -> HttpResponse:
    """Send sheet, credential, and the proof that they stand in the public log, in one file."""
    held = own(request, ref)
    content = asking.there(log.bundle(held))
    return sent(content, "application/zip", f"sertifikat-{held.ref}.zip")


def _mine(request: Request) -> "list[Certificate]":
    """Return the person's own certificates, the newest first, also for those whom the office lets see all."""
    held = queries.published().filter(person_id=request.actor.person_id or 0)
    return list(held.order_by("-id"))


def _line(request: Request, held: "Certificate") -> dict[str, object]:
    standing = register.standing(held, on=asking.today(request))
    return {
        "certificate": held,
        "title": queries.content(held).scheme.title,
        "word": STATUS[standing],
        "tone": fate.TONE[standing],
    }


def _days(content: Content) -> dict[CertificateFact, str]:
    """Return the facts that hold a day with the day as people write it; the paper has the same days."""
    return {
        CertificateFact.DECREE: f"{content.decree.number}, {date_format(content.decree.on)}",
        CertificateFact.SIGNED_ON: f"{content.place}, {date_format(content.signed_on)}",
        CertificateFact.VALID_FROM: date_format(content.valid_from),
        CertificateFact.VALID_UNTIL: date_format(content.valid_until),
    }
