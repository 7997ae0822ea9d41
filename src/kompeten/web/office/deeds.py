"""How does the office suspend, extend, lift, withdraw, put right or reinstate a certificate?"""

from collections.abc import Callable
from secrets import SystemRandom
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompeten.certificates import actions, queries
from kompeten.certificates.terms import KEEPERS, SuspensionCause, WithdrawalCause
from kompeten.foundation.ledger import StepRefused
from kompeten.web.office import asking, certificates, life
from kompeten.web.office.asking import Request
from kompeten.web.office.life_forms import FORMS
from kompeten.web.ui.http import go

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

Deed = Callable[["Certificate", Any, Request], str]


@require_POST
@asking.only(KEEPERS)
def act(request: Request, ref: str, deed: str) -> HttpResponse:
    """Do one thing with a certificate; a second click finds it done."""
    found = asking.there(queries.own(ref, request.actor))
    asking.there(deed if life.may(request, deed) else None)
    if not life.is_open(found, deed):
        return _moved(request, ref)
    form = FORMS[deed](request.POST, prefix=deed)
    if form.is_valid():
        try:
            told = DEEDS[deed](found, form, request)
        except StepRefused as refusal:
            if not life.is_open(found, deed):  # of two clicks at once, the second
                return _moved(request, ref)
            form.refuse(refusal)
        else:
            messages.success(request, told)
            return go(request, "office:certificate", ref)
    return certificates.show(request, found, refused={deed: form})


def _moved(request: Request, ref: str) -> HttpResponse:
    messages.info(request, _("This certificate was moved meanwhile. Look at it again."))
    return go(request, "office:certificate", ref)


def _suspended(found: "Certificate", form: Any, request: Request) -> str:
    said = form.cleaned_data
    actions.suspend(
        found,
        cause=SuspensionCause(said["sebab"]),
        note=said["catatan"],
        ends_at=form.ends_at(),
        by=request.actor,
        at=request.at,
    )
    return _("The certificate is suspended. The public page says so at once.")


def _extended(found: "Certificate", form: Any, request: Request) -> str:
    actions.extend(found, ends_at=form.ends_at(), by=request.actor, at=request.at)
    return _("The suspension was extended.")


def _lifted(found: "Certificate", form: Any, request: Request) -> str:
    actions.lift(found, by=request.actor, at=request.at)
    return _("The suspension was lifted. The certificate holds again.")


def _withdrawn(found: "Certificate", form: Any, request: Request) -> str:
    said = form.cleaned_data
    actions.withdraw(
        [found],
        cause=WithdrawalCause(said["sebab"]),
        note=said["catatan"],
        by=request.actor,
        at=request.at,
    )
    return _("The certificate is withdrawn. The public page says so at once.")


def _anew(issue: Callable[..., Any]) -> Callable[["Certificate", Any, Request], str]:
    def act(found: "Certificate", form: Any, request: Request) -> str:
        ground, rng = form.cleaned_data["dasar"], SystemRandom()
        issue(found, ground=ground, by=request.actor, at=request.at, rng=rng)
        return _("It is on its way: the new certificate is published in a moment.")

    return act


DEEDS: dict[str, Deed] = {
    "bekukan": _suspended,
    "perpanjang": _extended,
    "angkat": _lifted,
    "cabut": _withdrawn,
    "perbaiki": _anew(actions.correct),
    "pulihkan": _anew(actions.reinstate),
}
