"""What is known of one performance? When and where, who rates, what they gave, and what went wrong."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompeten.kernel.roles import Role
from kompeten.practicals import actions, labels, queries
from kompeten.practicals.terms import Cause, OtherRating, RatingState, SlotState
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component
from kompeten.web.office import asking, hours, shown, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.booking import tell
from kompeten.web.office.matrix import Matrix, side_by_side
from kompeten.web.office.practical_forms import Interrupted
from kompeten.web.office.practicals import BOOKERS, READERS, line
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.practicals.models import Slot

PRESENT = READERS | {Role.ASSESSOR}
RATING_TONE = {
    RatingState.OPEN: Tone.INFO,
    RatingState.HANDED_IN: Tone.GOOD,
    RatingState.LAPSED: Tone.PLAIN,
    RatingState.RELEASED: Tone.PLAIN,
}


@require_safe
@asking.only(PRESENT)
def slot(request: Request, ref: str) -> HttpResponse:
    """Show one performance."""
    return _show(request, asking.there(queries.own(ref, request.actor)), Interrupted())


@require_POST
@asking.only(PRESENT)
def end(request: Request, ref: str) -> HttpResponse:
    """Note that it did not take place: `langkah` says how it ended."""
    found = asking.there(queries.own(ref, request.actor))
    step = request.POST.get("langkah", "")
    if step == "terputus":
        form = Interrupted(request.POST)
        if not form.is_valid():
            return _show(request, found, form, status=422)
        cause = Cause(form.cleaned_data["sebab"])
        actions.interrupt(found, cause=cause, by=request.actor, at=request.at)
        messages.success(request, _("Noted. The candidate can be booked again."))
    elif step in ENDS:
        act, said = ENDS[step]
        act(found, by=request.actor, at=request.at)
        messages.success(request, said())
    else:
        raise ValidationError(_("Choose how it ended."))
    if _sees(request, ref):
        return go(request, "office:slot", ref)
    return go(request, "office:ratings")


@require_POST
@asking.only(BOOKERS)
def change_rater(request: Request, ref: str) -> HttpResponse:
    """Take an open rating from its assessor and draw another."""
    found = asking.there(queries.own(ref, request.actor))
    wanted = request.POST.get("penilaian", "")
    taken = [one for one in queries.open_of(found, request.actor) if one.ref == wanted]
    if not taken:
        messages.info(request, _("That rating is not open any more."))
        return go(request, "office:slot", ref)
    rng, on = random.SystemRandom(), asking.today(request)
    actions.release(taken, by=request.actor, at=request.at)
    drawn = actions.fill(
        [found],
        assessors=queries.pool(on=on, at=request.at),
        on=on,
        by=request.actor,
        at=request.at,
        seed=rng.getrandbits(32),
        rng=rng,
    )
    tell(request, drawn, {found.ref: found.person.name}, filled=True)
    return go(request, "office:slot", ref)


def _show(
    request: Request, found: "Slot", interrupted: Interrupted, *, status: int = 200
) -> HttpResponse:
    row = queries.slot_rows(queries.visible(request.actor).filter(pk=found.pk))[0]
    given = queries.ratings_of(found, request.actor)
    sealed = queries.performance(found)
    is_office = request.actor.may(READERS)
    acts = row.state == SlotState.BOOKED and request.actor.may(BOOKERS | {Role.ASSESSOR})
    titles = shown.scheme_titles()
    context = {
        "line": line(row),
        "row": row,
        "day": hours.day(row.starts_at, row.zone),
        "scheme": titles.get(row.scheme_code, row.scheme_code),
        "region": shown.region(row.region_code),
        "raters": [
            (one, labels.RATING_STATE[one.state], RATING_TONE[one.state], _verdict(one))
            for one in given
        ],
        "marks": _side_by_side(found, given),
        "sealed": sealed,
        "sealed_share": sealed.points * 100 // sealed.out_of if sealed else None,
        "begun": request.at >= row.starts_at,
        "acts": acts,
        "books": request.actor.may(BOOKERS),
        "changes": row.state == SlotState.BOOKED and request.actor.may(BOOKERS),
        "lacks": max(row.raters - row.assigned, 0),
        "interrupted": interrupted,
        "reads_files": request.actor.may(shown.READS_FILES),
        "back": reverse("office:practicals" if is_office else "office:ratings"),
        "back_label": _("Practice and interview") if is_office else _("My ratings"),
        "story": stories.of("slot", found.pk, zone=row.zone),
    }
    return page(request, "office/slot.html", context, status=status)


def _side_by_side(slot: "Slot", given: list[OtherRating]) -> Matrix | None:
    content, component = schemes.content(slot.scheme_version_id), Component(slot.component)
    criteria = queries.rubric(content, component).criteria
    return side_by_side(
        given,
        [(c.code, c.title.of(asking.language())) for c in criteria],
        over=queries.rules(content, component).raters.third_over,
        blank="–",
    )


def _verdict(one: OtherRating) -> str:
    return {True: "K", False: "BK", None: ""}[one.competent]


def _sees(request: Request, ref: str) -> bool:
    """Say whether the slot is still there for whoever acted; an assessor's rating has lapsed with it."""
    return queries.own(ref, request.actor) is not None


Ending = Callable[..., Any]
ENDS: dict[str, tuple[Ending, Callable[[], str]]] = {
    "tidak_hadir": (actions.miss, lambda: _("Noted as not come. Another time can be booked.")),
    "batalkan": (actions.cancel, lambda: _("The booking is taken back.")),
}
