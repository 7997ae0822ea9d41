"""What waits for an eligibility review, who takes it, and what was answered?"""

import random
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kompeten.applications import queries as applications
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.people.terms import Roll
from kompeten.verification import actions, queries
from kompeten.verification.terms import Part
from kompeten.web.office import asking, nav, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.verification_filters import Ended, Filter, carried, part_of
from kompeten.web.office.verification_lines import Held, of_queue, of_reviews
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tab

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.verification.models import Review

READERS = applications.SEES_ALL
VERIFIERS = frozenset({Role.VERIFIER})
HEADS = frozenset({Role.COORDINATOR})
STACK = 10  # as many files as one may take at once

nav.offer(
    nav.Place(
        label=pgettext_lazy("menu", "Verification"),
        route="office:verification",
        icon="clipboard-document-check",
        order=20,
        roles=READERS,
    ),
    nav.Inbox(
        name="verification.waiting",
        label=gettext_lazy("Applications to review"),
        hint=gettext_lazy("The oldest comes first."),
        place="office:verification",
        route="office:verification",
        roles=VERIFIERS,
        count=lambda request: queries.inbox(by=request.actor).count(),
    ),
    nav.Inbox(
        name="verification.desk",
        label=gettext_lazy("On your desk"),
        hint=gettext_lazy("Taken by you and not answered yet."),
        place="office:verification",
        route="office:verification",
        roles=VERIFIERS,
        count=lambda request: queries.desk(request.actor).count(),
    ),
    nav.Inbox(
        name="verification.differing",
        label=gettext_lazy("Reviews that differ"),
        hint=gettext_lazy("Two verifiers read the same file differently."),
        place="office:verification",
        route="office:looks",
        roles=HEADS,
        count=lambda request: queries.differing().count(),
    ),
    nav.Inbox(  # for a director, to whom the menu shows no verification
        name="verification.settling",
        label=gettext_lazy("Reviews that differ"),
        hint=gettext_lazy("Two verifiers read the same file differently."),
        place="office:decisions",
        route="office:looks",
        roles=queries.SETTLERS - READERS,
        count=lambda request: 0 if request.actor.may(READERS) else queries.differing().count(),
    ),
)


@require_safe
@asking.only(READERS)
def inbox(request: Request) -> HttpResponse:
    """Show the queue, and above it what lies on the desk of whoever asks."""
    titles, today = shown.scheme_titles(), asking.today(request)
    form = Filter(request.GET, schemes=titles, provinces=shown.provinces(today))
    chosen = form.chosen(at=request.at)
    waiting = queries.inbox(chosen, by=request.actor)
    sheet = asking.slice_of(request, waiting.count())
    rows = queries.inbox_rows(
        waiting,
        actor=request.actor,
        on=today,
        at=request.at,
        offset=asking.offset(sheet),
        limit=asking.PAGE_SIZE,
    )
    takes = request.actor.may(VERIFIERS)
    held = _desk(request) if takes else []
    named = [row.person_id for row in rows] + [one.row.person_id for one in held]
    note_list(request, Roll.QUEUE, named)
    context = {
        "form": form,
        "filtered": chosen != Part(),
        "lines": of_queue(request, rows, titles),
        "sheet": sheet,
        "takes": takes,
        "desk": held,
        "stack": STACK,
        "columns": [_("Name"), _("Scheme and route"), _("Waiting"), *takes * [""]],
        "kept": carried(request.GET),
        "tabs": tabs("office:verification"),
    }
    return page(request, "office/verification.html", context, part="queue")


@require_safe
@asking.only(READERS)
def reviews(request: Request) -> HttpResponse:
    """Show the reviews: a verifier their own, everybody else all."""
    form = Ended(request.GET)
    found = queries.visible(request.actor).order_by("-id")
    if request.actor.may(VERIFIERS):
        found = found.filter(verifier_id=request.actor.account)
    if form.is_valid() and form.cleaned_data["keadaan"]:
        found = found.filter(state=form.cleaned_data["keadaan"])
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    held = of_reviews(request, found[start : start + asking.PAGE_SIZE], shown.scheme_titles())
    note_list(request, Roll.QUEUE, (one.row.person_id for one in held))
    own = request.actor.may(VERIFIERS)
    names = [_("Name"), _("State")]
    context = {
        "form": form,
        "columns": [*names, *(not own) * [_("Verifier")], _("Taken"), _("Answered")],
        "held": held,
        "sheet": sheet,
        "own": own,
        "tabs": tabs("office:reviews"),
    }
    return page(request, "office/verification_reviews.html", context, part="rows")


@require_POST
@asking.only(VERIFIERS)
def take(request: Request) -> HttpResponse:
    """Take the oldest applications that the actor may review, and open the first.

    `di_meja` says how many lay on the desk when the page was made: a second click finds more there
    and opens them instead of taking others.
    """
    held = queries.desk(request.actor)
    if held.count() > _number(request.POST.get("di_meja"), least=0, most=10_000):
        return onward(request)
    count = _number(request.POST.get("jumlah"), least=1, most=STACK)
    taken = actions.claim_next(
        by=request.actor,
        at=request.at,
        rng=random.SystemRandom(),
        count=count,
        part=part_of(request.GET, at=request.at),
    )
    if not taken:
        messages.info(request, _("Nothing waits that you may review now."))
        return go(request, address(request, "office:verification"))
    return go(request, address(request, "office:review", taken[0].ref))


@require_POST
@asking.only(VERIFIERS)
def take_one(request: Request, ref: str) -> HttpResponse:
    """Take one application out of turn; taking what one has already opens it."""
    application = asking.there(applications.own(ref, request.actor))
    mine = _mine(request, application)
    if mine is None:
        rng = random.SystemRandom()
        try:
            mine = actions.claim(application, by=request.actor, at=request.at, rng=rng)
        except StepRefused:
            # The two halves of a double click arrive together: whoever took it may be oneself.
            mine = _mine(request, application)
            if mine is None:
                raise
    return go(request, address(request, "office:review", mine.ref))


def _mine(request: Request, application: "Application") -> "Review | None":
    found = queries.open_of(application)
    return found if found is not None and found.verifier_id == request.actor.account_id else None


def following(request: Request) -> "Review | None":
    """Return what lies on the desk, or else take the next of the part one works on; None if none waits."""
    held = queries.desk(request.actor).select_related("application__person").first()
    if held is not None:
        return held
    part = part_of(request.GET, at=request.at)
    rng = random.SystemRandom()
    taken = actions.claim_next(by=request.actor, at=request.at, rng=rng, part=part)
    return queries.own(taken[0].ref, request.actor) if taken else None


def onward(request: Request) -> HttpResponse:
    """Open the next file; back to the queue when there is none."""
    review = following(request)
    if review is not None:
        return go(request, address(request, "office:review", review.ref))
    return finished(request)


def finished(request: Request) -> HttpResponse:
    """Lead back to the queue with a kind word."""
    messages.info(request, _("That was the last one. Nothing waits that you may review now."))
    return go(request, address(request, "office:verification"))


def address(request: Request, name: str, *args: str) -> str:
    """Return the address of a page of verification that keeps the part of the queue one works on."""
    kept = carried(request.GET)
    return reverse(name, args=args) + (f"?{kept}" if kept else "")


def desk(request: Request) -> dict[str, Any]:
    """Return what lies on the desk of a verifier, and how many they may take at once."""
    held = _desk(request)
    note_list(request, Roll.QUEUE, (one.row.person_id for one in held))
    return {"desk": held, "stack": STACK}


def tabs(current: str) -> list[Tab]:
    """Return the pages of verification, with the one at hand marked."""
    names = {
        "office:verification": _("Queue"),
        "office:reviews": _("Reviews"),
        "office:looks": _("Second looks"),
        "office:reasons": _("Reasons"),
    }
    return [Tab(label, reverse(name), current=name == current) for name, label in names.items()]


def _desk(request: Request) -> list[Held]:
    return of_reviews(request, queries.desk(request.actor), shown.scheme_titles())


def _number(text: str | None, *, least: int, most: int) -> int:
    """Return the number in a field that a person does not fill in; what is none counts as `least`."""
    return min(max(int(text), least), most) if text and text.isascii() and text.isdigit() else least
