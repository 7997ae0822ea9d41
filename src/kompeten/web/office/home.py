"""What does somebody who works here see first? What waits for them, and how the year goes."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kompeten.web.office import nav, reporting, verification
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page

nav.offer(
    nav.Place(label=gettext_lazy("Start"), route="office:home", icon="home", order=0),
)
# From which hour on which greeting holds, by the clock of the house; before the first it is night.
GREETINGS = (
    (18, gettext_lazy("Good evening, %(name)s")),
    (15, gettext_lazy("Good afternoon, %(name)s")),
    (11, gettext_lazy("Good day, %(name)s")),
    (4, gettext_lazy("Good morning, %(name)s")),
    (0, gettext_lazy("Good evening, %(name)s")),
)


@require_safe
def home(request: Request) -> HttpResponse:
    """Show what waits for the roles of whoever asks, and the year to those who answer for it."""
    waiting = nav.waiting(request)
    context: dict[str, Any] = {
        "greeting": _greeting(request),
        "waiting": waiting,
        "something": any(inbox.count for inbox in waiting),
        "oversees": request.actor.may(reporting.READERS),
    }
    if request.actor.may(verification.VERIFIERS):
        context |= {"takes": True, **verification.desk(request)}
    if context["oversees"]:
        context |= reporting.glance(request)
    return page(request, "office/home.html", context)


def _greeting(request: Request) -> str:
    hour = timezone.localtime(request.at).hour
    words = next(said for since, said in GREETINGS if hour >= since)
    name = request.actor.label
    return str(words) % {"name": name} if name else _("Welcome")
