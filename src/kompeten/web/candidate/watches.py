"""By which way does an office hear what becomes of its people's certificates?"""

import random
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.notices import actions, queries
from kompeten.notices.labels.watching import CHANNEL, WATCH_STATE
from kompeten.notices.terms import WatchChannel, WatchRow, WatchState
from kompeten.web.candidate import asking, staff
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone


class Mailing(forms.Form):
    """For which office somebody wants mails."""

    kantor = forms.TypedChoiceField(label=gettext_lazy("For which office"), coerce=int)

    def __init__(self, *args: Any, offices: dict[int, str], **kwargs: Any) -> None:
        # Two of these stand on one page.
        kwargs["auto_id"] = f"{type(self).__name__.lower()}_%s"
        super().__init__(*args, **kwargs)
        staff.offer(self, offices)


class Hooking(Mailing):
    """Where a system of the office is called."""

    alamat = forms.CharField(
        label=gettext_lazy("Address of your system"),
        help_text=gettext_lazy("It begins with https:// and is on the open Internet."),
        max_length=400,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@require_safe
def watches(request: Request) -> HttpResponse:
    """Show by which ways the office hears, and how well that goes."""
    return show(request)


@require_POST
def by_mail(request: Request) -> HttpResponse:
    """Let the person hear by mail."""
    form = Mailing(request.POST, offices=staff.offices(request))
    if form.is_valid():
        office, rng = form.cleaned_data["kantor"], random.SystemRandom()
        try:
            actions.watch_by_mail(office, by=request.actor, at=request.at, rng=rng)
        except StepRefused as refusal:
            asking.refuse(form, refusal)
        else:
            messages.success(request, _("You get a mail when something changes."))
            return go(request, "candidate:watches")
    return show(request, mailing=form)


@require_POST
def by_webhook(request: Request) -> HttpResponse:
    """Let a system hear, and show its secret.

    The one answer to a POST that is a page: the secret is in it and nowhere else, so there is no
    address to send the browser to. Sending the form again is refused, since the address is known.
    """
    form = Hooking(request.POST, offices=staff.offices(request))
    if form.is_valid():
        office, url = form.cleaned_data["kantor"], form.cleaned_data["alamat"]
        try:
            watch, secret = actions.watch_by_webhook(
                office, url=url, by=request.actor, at=request.at, rng=random.SystemRandom()
            )
        except StepRefused as refusal:
            asking.refuse(form, refusal, _on_address(refusal))
        else:
            context = {"watch": watch, "secret": secret}
            return page(request, "candidate/watch_secret.html", context, status=201)
    return show(request, hooking=form)


@require_POST
def end(request: Request, ref: str) -> HttpResponse:
    """End a watch; a second click finds it ended."""
    watch = asking.there(queries.own_watch(ref, request.actor))
    if not queries.is_ended(watch):
        actions.end_watch(watch, by=request.actor, at=request.at)
    messages.success(request, _("Nothing is sent by this way any more."))
    return go(request, "candidate:watches")


def show(
    request: Request, *, mailing: Mailing | None = None, hooking: Hooking | None = None
) -> HttpResponse:
    """Show the page; the forms are those that were not taken."""
    offices = staff.offices(request)
    context = {
        "offices": ", ".join(offices.values()),
        "places": staff.places(request),
        "lines": [_line(row) for row in queries.watch_rows(request.actor)],
        "mailing": mailing or Mailing(offices=offices),
        "hooking": hooking or Hooking(offices=offices),
    }
    status = 422 if mailing or hooking else 200
    return page(request, "candidate/watches.html", context, status=status)


def _on_address(refusal: StepRefused) -> dict[str, str]:
    return {code: "alamat" for code in refusal.reasons if code.startswith(("webhook.", "watch.k"))}


def _line(row: WatchRow) -> dict[str, Any]:
    is_active = row.state is WatchState.ACTIVE
    ways = {WatchChannel.MAIL: "envelope", WatchChannel.WEBHOOK: "code-bracket"}
    return {
        "row": row,
        "icon": ways[row.channel],
        "channel": CHANNEL[row.channel],
        "word": _("waits") if is_active and row.failures else WATCH_STATE[row.state],
        "tone": Tone.WAIT if row.failures and is_active else Tone.GOOD if is_active else Tone.PLAIN,
        "trouble": words.reason(row.trouble) if row.trouble else "",
        "is_active": is_active,
    }
