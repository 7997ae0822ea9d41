"""Which laptops hold sittings without internet? Known by their cards, and one day taken out of use."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.foundation.ledger import StepRefused
from kompeten.node import actions, queries
from kompeten.node.terms import PLANNERS, TAKERS, NodeState, ParcelRefused
from kompeten.web.office import asking, nav
from kompeten.web.office.asking import Request
from kompeten.web.office.laptop_forms import CardBrought
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tab

nav.offer(
    nav.Place(
        label=gettext_lazy("Site laptops"),
        route="office:laptops",
        icon="signal-slash",
        order=51,
        roles=TAKERS,
    ),
)


@require_safe
@asking.only(TAKERS)
def index(request: Request) -> HttpResponse:
    """List the laptops in use, or those that no longer are, with what last went out and came back."""
    ended = request.GET.get("keadaan") == "lama"
    found = queries.laptops(request.actor, state=NodeState.ENDED if ended else NodeState.ACTIVE)
    sheet = asking.slice_of(request, len(found))
    start = asking.offset(sheet)
    context = {
        "laptops": found[start : start + asking.PAGE_SIZE],
        "sheet": sheet,
        "ended": ended,
        "plans": request.actor.may(PLANNERS),
        "columns": _columns(ended=ended, plans=request.actor.may(PLANNERS)),
        "tabs": _tabs(ended=ended),
    }
    return page(request, "office/laptops.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(PLANNERS)
def register(request: Request) -> HttpResponse:
    """Make a laptop known by its card; the same card again changes nothing."""
    form = CardBrought()
    if request.method == "POST":
        form = CardBrought(request.POST, request.FILES)
        if form.is_valid() and (name := _registered(request, form)) is not None:
            messages.success(
                request,
                _("%(name)s is registered. Sittings can be packed for it.") % {"name": name},
            )
            return go(request, "office:laptops")
    context = {"form": form}
    return page(request, "office/laptop_register.html", context, status=422 if form.errors else 200)


@require_POST
@asking.only(PLANNERS)
def end(request: Request, ref: str) -> HttpResponse:
    """Give a laptop no more sittings; what it still keeps is taken in all the same."""
    found = asking.there(queries.laptop(ref, request.actor))
    if found.state != NodeState.ENDED:
        actions.end(found, by=request.actor, at=request.at)
        messages.success(
            request,
            _("%(name)s gets no more sittings. What it still keeps is taken in all the same.")
            % {"name": found.name},
        )
    return go(request, "office:laptops")


def _registered(request: Request, form: CardBrought) -> str | None:
    """Return the name of the laptop that is known now; None where the form says why it is not.

    :raises StepRefused: the role is gone
    """
    try:
        card = queries.read_card(form.content())
        return actions.register(card, by=request.actor, at=request.at).name
    except ParcelRefused as refusal:
        form.refuse(refusal.code)
    except StepRefused as refusal:
        if "role.not_held" in refusal.reasons:
            raise
        form.refuse(*refusal.reasons)
    return None


def _columns(*, ended: bool, plans: bool) -> list[Any]:
    since = _("No longer in use since") if ended else _("Registered")
    acts = [""] if plans and not ended else []
    return [_("Laptop"), since, _("Last packed"), _("Last came back"), *acts]


def _tabs(*, ended: bool) -> list[Tab]:
    here = reverse("office:laptops")
    return [
        Tab(_("In use"), here, current=not ended),
        Tab(_("No longer in use"), f"{here}?keadaan=lama", current=ended),
    ]
