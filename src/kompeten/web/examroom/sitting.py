"""What does the door of an exam say, before, during and after? One person, one sitting.

The paper itself is not drawn here: a device opens its package (`shell.sheet`), and what is answered
there comes in by the vault (`intake`).
"""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kompeten.exams import labels, queries
from kompeten.exams.terms import EntryState, Phase, Stage
from kompeten.foundation import words
from kompeten.kernel.actors import Actor
from kompeten.regions import labels as region_labels
from kompeten.web.ui.http import page

if TYPE_CHECKING:
    from datetime import datetime

    from kompeten.exams.models import Entry


class Request(HttpRequest):
    """A request as the middleware hands it on: with its actor and its instant."""

    actor: Actor
    at: "datetime"


@require_safe
def entry(request: Request, ref: str) -> HttpResponse:
    """Show when the paper opens, the way to it, or what comes next."""
    found = queries.own(ref, request.actor)
    if found is None:
        raise Http404
    phase = queries.phase(found, at=request.at)
    zone = ZoneInfo(found.sitting.zone)
    with timezone.override(zone):
        standing = _standing(found, phase)
        if arrived := queries.handed_in(found):
            # The room takes it over within seconds; who comes from the paper is not sent back to it.
            standing = dict.fromkeys(standing, False) | {"handed_in": True, "progress": arrived}
        elif standing["timed_out"] or standing["handed_in"]:
            standing["progress"] = queries.progress(found)
        context = standing | {
            "entry": found,
            "sitting": found.sitting,
            "zone": region_labels.ZONE.get(found.sitting.zone, found.sitting.zone),
            "phase": phase,
            "state": labels.ENTRY_STATE[EntryState(found.state)],
            "given": [(n, words.reason(why)) for n, why in queries.time_given(found)],
        }
        return page(request, "examroom/door.html", context)


def _standing(found: "Entry", phase: Phase) -> dict[str, object]:
    """Return which of the things that the door can say is true."""
    seated, started = (found.state == state for state in (EntryState.SEATED, EntryState.STARTED))
    stage = phase.stage
    said: dict[str, object] = {
        "waits": seated and stage is Stage.WAITING,
        "may_start": seated and stage is Stage.READY,
        "underway": started and stage is Stage.RUNNING,
        "timed_out": started and stage is not Stage.RUNNING,
        "handed_in": found.state in (EntryState.HANDED_IN, EntryState.SCORED),
        "interrupted": found.state == EntryState.INTERRUPTED,
        "missed": stage is Stage.MISSED and (seated or found.state == EntryState.ABSENT),
    }
    return said | {"may_prepare": said["waits"] or said["may_start"] or said["underway"]}
