"""How does the office take back many certificates at once? A wish, a look at whom it meets, two pairs of eyes."""

from collections.abc import Mapping
from secrets import SystemRandom
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.certificates import actions, labels, queries
from kompeten.certificates.terms import KEEPERS, WITHDRAWERS, RecallState, State, WithdrawalCause
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.web.office import asking, stories
from kompeten.web.office import certificates as shelf
from kompeten.web.office.asking import Request
from kompeten.web.office.recall_forms import Propose, Wish
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Fact, Tone

if TYPE_CHECKING:
    from kompeten.certificates.models import Recall

READERS = queries.SEES
TONE = {
    RecallState.PROPOSED: Tone.WAIT,
    RecallState.APPROVED: Tone.INFO,
    RecallState.DONE: Tone.GOOD,
    RecallState.DROPPED: Tone.PLAIN,
}
JUDGE = {"setujui": actions.approve, "batalkan": actions.drop}


@require_safe
@asking.only(READERS)
def listing(request: Request) -> HttpResponse:
    """List recalls, the newest first."""
    found = queries.recalls(request.actor)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = list(found[start : start + asking.PAGE_SIZE])
    context = {
        "lines": [(r, labels.WITHDRAWAL[WithdrawalCause(r.cause)], *_state(r)) for r in rows],
        "sheet": sheet,
        "proposes": request.actor.may(KEEPERS),
    }
    return page(request, "office/recalls.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(KEEPERS)
def propose(request: Request) -> HttpResponse:
    """Ask which certificates, show whom that meets, and propose it."""
    sent = request.POST if request.method == "POST" else None
    asked = Wish(sent, on=asking.today(request))
    wish = asked.wish() if asked.is_bound and asked.is_valid() else None
    form = Propose(sent if sent is not None and "usul" in sent else None)
    if wish is not None and form.is_valid():
        said = form.cleaned_data
        try:
            recall = actions.propose(
                wish,
                shown=said["sidik"],
                cause=WithdrawalCause(said["sebab"]),
                note=said["catatan"],
                by=request.actor,
                at=request.at,
                rng=SystemRandom(),
            )
        except StepRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The recall waits for the director."))
            return go(request, "office:recall", recall.ref)
    reach = queries.reach(wish) if wish is not None else None
    note_list(request, Roll.CERTIFICATES, reach.shown if reach else ())
    context = {
        "asked": asked,
        "reach": reach,
        "form": form,
        "columns": [_("Number"), _("Holder")],
    }
    status = 422 if form.errors or asked.errors else 200
    return page(request, "office/recall_propose.html", context, status=status)


@require_safe
@asking.only(READERS)
def recall(request: Request, ref: str) -> HttpResponse:
    """Show one recall: why, whom it meets, and what came of it."""
    return _show(request, asking.there(queries.recall(ref, request.actor)))


@require_POST
@asking.only(KEEPERS)
def judge(request: Request, ref: str, verb: str) -> HttpResponse:
    """Approve a recall or let it be; a second click finds it done."""
    found = asking.there(queries.recall(ref, request.actor))
    act = asking.there(JUDGE.get(verb))
    if found.state != RecallState.PROPOSED:
        return go(request, "office:recall", ref)
    try:
        act(found, by=request.actor, at=request.at)
    except StepRefused as refusal:
        messages.error(request, " ".join(words.reason(code) for code in refusal.reasons))
    return go(request, "office:recall", ref)


def _show(request: Request, found: "Recall") -> HttpResponse:
    lines = queries.recall_lines(found)
    sheet = asking.slice_of(request, lines.count())
    start = asking.offset(sheet)
    rows = list(lines[start : start + asking.PAGE_SIZE])
    listed = (line.certificate.person_id for line in rows)
    note_list(request, Roll.CERTIFICATES, listed, about=found.ref)
    word, tone = _state(found)
    waits = found.state == RecallState.PROPOSED
    context = {
        "recall": found,
        "cause": labels.WITHDRAWAL[WithdrawalCause(found.cause)],
        "word": word,
        "tone": tone,
        "facts": _facts(found),
        "lines": [
            (line, labels.STATE[state], shelf.TONE[state])
            for line in rows
            for state in (State(line.certificate.state),)
        ],
        "columns": [_("Number"), _("Holder"), _("State")],
        "sheet": sheet,
        "approves": waits and request.actor.may(WITHDRAWERS) and not _own(request, found),
        "is_own": waits and _own(request, found),
        "drops": waits and request.actor.may(KEEPERS),
        "happenings": stories.of("recall", found.pk),
    }
    return page(request, "office/recall.html", context)


def _own(request: Request, found: "Recall") -> bool:
    return bool(found.proposed_by_id == request.actor.account_id)


def _state(found: "Recall") -> tuple[Any, Tone]:
    state = RecallState(found.state)
    return labels.RECALL_STATE[state], TONE[state]


def _facts(found: "Recall") -> list[Fact]:
    """Return what was asked for, in words, with who proposed it."""
    said: Mapping[str, Any] = found.wish
    numbers = said.get("numbers") or []
    lines = {
        _("Scheme"): said.get("scheme"),
        _("Decree"): said.get("decree"),
        _("Province"): said.get("province"),
        _("Valid from"): said.get("first_on"),
        _("Valid from, at the latest"): said.get("last_on"),
        _("Numbers"): len(numbers) or "",
        _("Proposed by"): people.account_labels([found.proposed_by_id]).get(found.proposed_by_id),
    }
    return [Fact(word, str(line)) for word, line in lines.items() if line]
