"""How far can a written exam be trusted, by the way it was held? Said to those who decide."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from kompeten.exams.terms.delivery import REMAINING, Delivery, Remains, Risk, decisive
from kompeten.kernel.roles import STAFF
from kompeten.web.office import asking
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Tone

WAYS = {
    Delivery.SITE_NODE: (
        _("At a site, without internet"),
        _("Candidates sit in one room; a laptop there serves their phones or the site's devices."),
    ),
    Delivery.SITE_LINE: (
        _("At a site, by line"),
        _("Candidates sit in one room; each device speaks with the centre."),
    ),
    Delivery.WATCHED_HOME: (
        _("At home, an invigilator sees them by video"),
        _("Candidates use their own phones; a second device or the laptop shows them to us."),
    ),
    Delivery.HOME: (
        _("At home, nobody sees them"),
        _("Candidates use their own phones, alone, within the window."),
    ),
}
RISKS = {
    Risk.PERSON: (
        _("Somebody else sits the exam"),
        _(
            "At a site the identity card is compared at the door. By video the face is compared"
            " once, at the beginning. Practice and interview compare the person again."
        ),
    ),
    Risk.HELP: (
        _("Help from others, notes or another device"),
        _(
            "Cases and options come in an order of their own for each person, a sitting may have"
            " several forms, and time is short for looking things up. Leaving the page is noted as a"
            " fact, never as a verdict."
        ),
    ),
    Risk.LEAK: (
        _("Items become known"),
        _(
            "The paper is sealed until the start and the key never leaves the server. Whoever"
            " photographs a screen cannot be stopped: items are drawn from a bank, and forms change."
        ),
    ),
    Risk.FAILURE: (
        _("A device, the line or the power fails"),
        _(
            "Each answer is kept on the device before it is shown as kept, and handed in by line,"
            " file, QR code or SMS. A failure gives a make-up seat; it is never not yet competent."
        ),
    ),
}
LEVEL = {
    Remains.LOW: (pgettext_lazy("risk", "low"), Tone.GOOD),
    Remains.SOME: (pgettext_lazy("risk", "some"), Tone.WAIT),
    Remains.HIGH: (pgettext_lazy("risk", "high"), Tone.BAD),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hold the exam as the page shows it: what is left of each risk, and what follows."""

    title: Any
    text: Any
    left: tuple[tuple[Any, Any, Tone], ...]
    may_decide: bool


@require_safe
@asking.only(STAFF)
def delivery(request: Request) -> HttpResponse:
    """Show which risk remains of each way to hold the written exam."""
    ways = [
        Way(
            *WAYS[way],
            left=tuple((RISKS[risk][0], *LEVEL[REMAINING[way][risk]]) for risk in Risk),
            may_decide=decisive(way),
        )
        for way in Delivery
    ]
    context = {"ways": ways, "risks": [RISKS[risk] for risk in Risk]}
    return page(request, "office/delivery.html", context)
