"""What does somebody see first? Where they stand, what to do next and by when, and what is new."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kompeten.journey import labels as journey_labels
from kompeten.journey import queries as journey
from kompeten.journey.terms import Milestone, Status, Way
from kompeten.notices import queries as notices
from kompeten.web.candidate import asking, collective, places, timing
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Stop, Tone

NEWS = 3
ACTION = {
    "application.draft": _("Go on with the application"),
    "application.mend": _("See what to mend"),
    "application.mend_late": _("See what to mend"),
    "portfolio.write": _("Go on writing"),
    "portfolio.revise": _("See what to revise"),
    "cognitive.sit": _("See day and place"),
    "cognitive.go_on": _("Go on with the test"),
    "performance.come": _("See day and place"),
    "preparation.attend": _("See day and place"),
    "decision.granted": _("See the decision"),
    "decision.deferred": _("See the decision"),
    "certificate.ready": _("Open the certificate"),
}
TONE = {Status.BLOCKED: Tone.WAIT, Status.DONE: Tone.GOOD}


@dataclass(frozen=True, slots=True)
class Foremost:
    """The card on top: the step to look at first, and what it asks."""

    title: Any
    text: Any
    tone: str
    yours: bool
    is_invited: bool
    when: str
    place: str
    href: str
    action: Any
    milestone: Milestone


@require_safe
def home(request: Request) -> HttpResponse:
    """Show the newest way that still goes on, whole; the others are a link away."""
    if request.actor.helped_by is not None:
        return go(request, "candidate:application", request.actor.helped_by.about)
    ways = journey.mine(request.actor, at=request.at) if request.actor.person_id else []
    way = next((w for w in ways if not _is_over(w)), ways[0] if ways else None)
    context = {
        "name": request.actor.label,
        "way": way,
        "foremost": _foremost(way) if way else None,
        "stops": _stops(way) if way else (),
        "others": [w for w in ways if w is not way],
        "news": notices.box(request.actor, limit=NEWS, only_unread=True),
        "batches": collective.newest(request) if asking.is_sponsor(request.actor) else None,
        "may_begin": request.actor.person_id is not None,
    }
    return page(request, "candidate/home.html", context)


def _is_over(way: Way) -> bool:
    return way.foremost.status not in (Status.NOW, Status.NEXT)


def _foremost(way: Way) -> Foremost:
    milestone = way.foremost
    when = milestone.appointment
    return Foremost(
        title=journey_labels.STEP[milestone.step],
        text=journey_labels.HINT[milestone.hint],
        tone=TONE.get(milestone.status, "accent" if milestone.yours else Tone.INFO),
        yours=milestone.yours,
        is_invited=milestone.yours or milestone.status is Status.DONE,
        when=timing.span(when.starts_at, when.ends_at, when.zone) if when else "",
        place=when.place if when else "",
        href=_address(way, milestone),
        action=ACTION.get(milestone.hint, _("Open")),
        milestone=milestone,
    )


def _stops(way: Way) -> tuple[Stop, ...]:
    return tuple(
        Stop(
            journey_labels.STEP[milestone.step],
            milestone.status.value,
            note=journey_labels.HINT[milestone.hint],
            on=milestone.reached_at or _starts(milestone),
            href=_address(way, milestone) if milestone is not way.foremost else "",
            action=ACTION.get(milestone.hint, ""),
            promised=milestone.clock if milestone is not way.foremost else None,
        )
        for milestone in way.milestones
    )


def _starts(milestone: Milestone) -> Any:
    return milestone.appointment.starts_at if milestone.appointment else None


def _address(way: Way, milestone: Milestone) -> str:
    """Return where the step is seen to; a draft goes on at its own page."""
    if milestone.target is None:
        return ""
    if milestone.hint == "cognitive.go_on":
        return places.exam_room(milestone.target_ref)
    return places.address(milestone.target, milestone.target_ref)
