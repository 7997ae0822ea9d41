"""How does the office let the public log forget a person? Proposed by one, carried out by another."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import OUT
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.register import labels
from kompeten.register.actions import erasing as actions
from kompeten.register.queries import erasing as queries
from kompeten.register.terms.erasing import ERASERS, PROPOSERS, Erasing
from kompeten.web.office import asking, nav, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.life_forms import Act
from kompeten.web.ui.fields import PrintedText
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate
    from kompeten.register.models import Erasure

TONE = {Erasing.PROPOSED: Tone.WAIT, Erasing.DONE: Tone.GOOD, Erasing.DROPPED: Tone.PLAIN}

nav.offer(
    nav.Place(
        label=gettext_lazy("Certificates"),
        route="office:certificates",
        icon="check-badge",
        order=90,
        roles=certificates.SEES,
    ),
    nav.Inbox(
        name="register.erasures",
        label=gettext_lazy("Erasures in the public log"),
        hint=gettext_lazy("Somebody asked to be forgotten. Look at what goes and what stays."),
        place="office:certificates",
        route="office:erasures",
        roles=ERASERS,
        count=lambda request: queries.waiting(),
    ),
)
stories.offer(
    labels.EVENT,
    tones={
        "erasure.proposed": Tone.WAIT,
        "erasure.ordered": Tone.GOOD,
        "erasure.dropped": Tone.PLAIN,
    },
)


class Propose(Act):
    """On which request an erasure rests."""

    dasar = PrintedText(
        label=gettext_lazy("The request"),
        help_text=gettext_lazy(
            "Its number and day, for example: request 7/2026 of 30 November 2026. No name, no NIK: "
            "what is written here stays in the history."
        ),
        max_length=200,
    )
    field_of = {"erasure.no_ground": "dasar"}


@require_safe
@asking.only(PROPOSERS)
def listing(request: Request) -> HttpResponse:
    """List erasures, the newest first."""
    found = queries.erasures(request.actor)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = list(found[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.CERTIFICATES, (one.certificate.person_id for one in rows))
    lines = [(one, *_state(one)) for one in rows]
    return page(request, "office/erasures.html", {"lines": lines, "sheet": sheet})


@require_http_methods(["GET", "POST"])
@asking.only(PROPOSERS)
def erasure(request: Request, ref: str) -> HttpResponse:
    """Say what an erasure takes away and what stays, and let it be proposed."""
    found = _published(ref, request.actor)
    form = Propose(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ground = form.cleaned_data["dasar"]
        try:
            actions.propose(found, ground=ground, by=request.actor, at=request.at)
        except StepRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The erasure waits for somebody else of the office."))
            return go(request, "office:erasure", ref)
    return _show(request, found, form)


@require_POST
@asking.only(PROPOSERS)
def judge(request: Request, ref: str, verb: str) -> HttpResponse:
    """Carry out the erasure that waits, or let it be; a second click finds it done."""
    asking.there(verb if verb in {"hapus", "batalkan"} else None)
    found = _published(ref, request.actor)
    waits = queries.proposed(found)
    if waits is None:
        return go(request, "office:erasure", ref)
    try:
        messages.success(request, _judged(waits, verb, request))
    except StepRefused as refusal:
        messages.error(request, " ".join(words.reason(code) for code in refusal.reasons))
    return go(request, "office:erasure", ref)


def _judged(waits: "Erasure", verb: str, request: Request) -> str:
    if verb == "batalkan":
        actions.drop(waits, by=request.actor, at=request.at)
        return _("Nothing was erased.")
    count = len(actions.order(waits, by=request.actor, at=request.at))
    told = ngettext(
        "Erased: %(n)s entry of the log says nothing any more.",
        "Erased: %(n)s entries of the log say nothing any more.",
        count,
    )
    return told % {"n": count}


def _show(request: Request, found: "Certificate", form: Propose) -> HttpResponse:
    waits = queries.proposed(found)
    is_own = waits is not None and waits.proposed_by_id == request.actor.account_id
    said = found.content or {}
    by = people.account_labels([waits.proposed_by_id]) if waits else {}
    context = {
        "certificate": found,
        "holder": said.get("holder", ""),
        "salted": queries.salted(found),
        "entries": queries.entries(found),
        "waits": waits,
        "proposed_by": by.get(waits.proposed_by_id, "") if waits else "",
        "is_own": is_own,
        "orders": waits is not None and request.actor.may(ERASERS) and not is_own,
        "form": form,
        "happenings": stories.together({"erasure": [one.pk for one in queries.of(found)]}),
    }
    return page(request, "office/erasure.html", context, status=422 if form.errors else 200)


def _published(ref: str, actor: Actor) -> "Certificate":
    found = certificates.own(ref, actor)
    return asking.there(found if found is not None and found.state in OUT else None)


def _state(one: "Erasure") -> tuple[Any, Tone]:
    state = Erasing(one.state)
    return labels.ERASURE_STATE[state], TONE[state]
