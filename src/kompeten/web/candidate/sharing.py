"""To whom has the holder given a link to the certificate, and how do they take it back?"""

import random
from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kompeten.certificates import actions, queries
from kompeten.certificates.labels import SHARE_STATE
from kompeten.certificates.terms import BODY_ZONE, ShareState
from kompeten.foundation import qr
from kompeten.foundation.ledger import StepRefused
from kompeten.web.candidate import asking
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.fields import PrintedText
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate, ShareLink

FIELD_OF = {"share.no_label": "untuk", "share.ends_early": "sampai"}


class Sharing(forms.Form):
    """For whom a link is, and until when."""

    untuk = PrintedText(
        label=_("For whom"),
        help_text=_("Only you read this. For example: RSUD Banyumas, bagian kepegawaian."),
        max_length=80,
    )
    sampai = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty to let it hold until you end it."),
        required=False,
        widget=forms.DateInput(),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sampai"].widget.attrs["min"] = on.isoformat()

    def ends_at(self) -> datetime | None:
        """Return the instant after the last day, where the body sits; None: until it is ended."""
        last: date | None = self.cleaned_data["sampai"]
        return datetime.combine(last + timedelta(days=1), time.min, BODY_ZONE) if last else None


@dataclass(frozen=True, slots=True)
class Line:
    """One link as the page of the certificate lists it; `last_day` is None where it has no end."""

    ref: str
    label: str
    word: Any
    tone: Tone
    opened_at: datetime
    last_day: date | None
    looks: int
    looked_at: datetime | None
    is_open: bool


def lines(held: "Certificate", *, at: datetime) -> list[Line]:
    """Return the links to a certificate, the newest first. One query."""
    return [_line(link, at=at) for link in queries.shares(held)]


@require_POST
def share(request: Request, ref: str) -> HttpResponse:
    """Open a link, and show it."""
    from kompeten.web.candidate import certificate  # noqa: PLC0415 (its page shows our form)

    held = certificate.own(request, ref)
    form = Sharing(request.POST, on=asking.today(request))
    if form.is_valid():
        try:
            link = actions.share(
                held,
                label=form.cleaned_data["untuk"],
                ends_at=form.ends_at(),
                by=request.actor,
                at=request.at,
                rng=random.SystemRandom(),
            )
        except StepRefused as refusal:
            asking.refuse(form, refusal, FIELD_OF)
        else:
            messages.success(request, _("The link is ready. Whoever has it sees your certificate."))
            return go(request, "candidate:share_link", held.ref, link.ref)
    return certificate.show(request, held, form=form)


@require_safe
def link(request: Request, ref: str, link: str) -> HttpResponse:
    """Show one link: its address, its QR code, and how often it was looked at."""
    found = _own(request, ref, link)
    token = queries.token_of(found.ref)
    # After a change of the secret key old addresses still lead there, but cannot be shown again.
    is_known = queries.token_digest(token) == found.token_sha256
    line = _line(found, at=request.at)
    context: dict[str, Any] = {"line": line, "certificate": found.certificate}
    if line.is_open and is_known:
        address = settings.PUBLIC_URL + reverse("public:shared", args=[token])
        credential = settings.PUBLIC_URL + reverse("public:shared_credential", args=[token])
        context |= {
            "address": address,
            "picture": _picture(address),
            "credential": credential,
            "credential_picture": _picture(credential),
        }
    return page(request, "candidate/share_link.html", context)


@require_POST
def end(request: Request, ref: str, link: str) -> HttpResponse:
    """End a link; a second click finds it ended."""
    found = _own(request, ref, link)
    if found.state == ShareState.OPEN:
        actions.end_share(found, by=request.actor, at=request.at)
    messages.success(request, _("The link leads nowhere any more."))
    return go(request, "candidate:certificate", ref)


def _own(request: Request, ref: str, link: str) -> "ShareLink":
    found = queries.own_share(link, request.actor)
    return asking.there(found if found and found.certificate.ref == ref else None)


def _line(link: "ShareLink", *, at: datetime) -> Line:
    is_over = link.ends_at is not None and link.ends_at <= at
    is_open = link.state == ShareState.OPEN and not is_over
    return Line(
        ref=link.ref,
        label=link.label,
        word=SHARE_STATE[ShareState.OPEN if is_open else ShareState.ENDED],
        tone=Tone.GOOD if is_open else Tone.PLAIN,
        opened_at=link.opened_at,
        last_day=timezone.localdate(link.ends_at - timedelta(seconds=1)) if link.ends_at else None,
        looks=link.looks,
        looked_at=link.looked_at,
        is_open=is_open,
    )


def _picture(text: str) -> str:
    drawn = b64encode(qr.svg(text).encode()).decode()
    return f"data:image/svg+xml;base64,{drawn}"
