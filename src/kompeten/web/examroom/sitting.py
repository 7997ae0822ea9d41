"""What does a candidate see and send in the exam room? One person, one phone, one sitting.

The paper is sent whole, so that a lost line takes nothing off the screen. Answers come to `save` in
small batches under a key of the client's own; the page says "saved" only on its answer.
"""

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kompeten.exams import actions, labels, queries
from kompeten.exams.terms import Answer, EntryState, Stage
from kompeten.foundation import words
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.regions import labels as region_labels
from kompeten.web.ui.http import go, page

if TYPE_CHECKING:
    from datetime import datetime

    from kompeten.exams.models import Entry

MOST_BYTES = 32 * 1024


class Request(HttpRequest):
    """A request as the middleware hands it on: with its actor and its instant."""

    actor: Actor
    at: "datetime"


class Unreadable(Exception):
    """A batch of answers is not what the client of this house sends."""


@require_safe
def entry(request: Request, ref: str) -> HttpResponse:
    """Show the door before, the paper during, and what comes next after."""
    found = _own(request, ref)
    phase = queries.phase(found, at=request.at)
    zone = ZoneInfo(found.sitting.zone)
    with timezone.override(zone):
        context = {
            "entry": found,
            "sitting": found.sitting,
            "zone": region_labels.ZONE.get(found.sitting.zone, found.sitting.zone),
            "phase": phase,
        }
        if found.state == EntryState.STARTED and phase.stage is Stage.RUNNING:
            return _paper(request, found, context)
        return _door(request, found, context)


@require_POST
def start(request: Request, ref: str) -> HttpResponse:
    """Start, or go on, and show the paper."""
    actions.start(_own(request, ref), by=request.actor, at=request.at)
    return go(request, "examroom:entry", ref)


@require_POST
def save(request: Request, ref: str) -> JsonResponse:
    """Keep a batch of answers and say what stands now; the client tries again on anything but 2xx.

    409: not in this state, with reasons. 422: the batch cannot be read, or does not fit the paper.
    """
    found = _own(request, ref)
    try:
        key, answers = _batch(request.body)
        saved = actions.save(found, answers, key=key, by=request.actor, at=request.at)
    except Unreadable as problem:
        return JsonResponse({"reasons": [str(problem)]}, status=422)
    except StepRefused as refusal:
        reasons = [words.reason(code) for code in refusal.reasons]
        # What this client never sends is no verdict on time: it must not be taken for "too late".
        unread = any(code.startswith("answers.") for code in refusal.reasons)
        return JsonResponse({"reasons": reasons}, status=422 if unread else 409)
    except StaleRecord:
        return JsonResponse({"reasons": []}, status=503)
    standing = {str(item): choice for item, choice in saved.answers.items()}
    return JsonResponse({"seq": saved.seq, "late": saved.late, "answers": standing})


@require_POST
def hand_in(request: Request, ref: str) -> HttpResponse:
    """Hand in, blanks and all."""
    actions.hand_in(_own(request, ref), by=request.actor, at=request.at)
    return go(request, "examroom:entry", ref)


def _own(request: Request, ref: str) -> "Entry":
    found = queries.own(ref, request.actor)
    if found is None:
        raise Http404
    return found


def _paper(request: Request, found: "Entry", context: dict[str, Any]) -> HttpResponse:
    paper = queries.paper(found, at=request.at)
    answered = {number for number, choice in paper.answers.items() if choice is not None}
    numbers = [(place, n) for place, n in enumerate(paper.numbers, 1)]
    place_of = {n: place for place, n in numbers}
    context |= {
        "paper": paper,
        "cases": [
            (
                case,
                [
                    (item, place_of[item.number], paper.answers.get(item.number))
                    for item in case.items
                ],
            )
            for case in paper.cases
        ],
        "numbers": [(place, n, n in answered) for place, n in numbers],
        "count": len(numbers),
        "seconds": max(0, int((paper.ends_at - request.at).total_seconds())),
    }
    response = page(request, "examroom/paper.html", context)
    # A paper is not for the next person at this device.
    response["Cache-Control"] = "no-store"
    return response


def _door(request: Request, found: "Entry", context: dict[str, Any]) -> HttpResponse:
    stage = context["phase"].stage
    context |= {
        "state": labels.ENTRY_STATE[EntryState(found.state)],
        "may_start": found.state == EntryState.SEATED and stage is Stage.READY,
        "waits": found.state == EntryState.SEATED and stage is Stage.WAITING,
        "missed": found.state in (EntryState.ABSENT, EntryState.SEATED) and stage is Stage.MISSED,
        "timed_out": found.state == EntryState.STARTED,
        "handed_in": found.state in (EntryState.HANDED_IN, EntryState.SCORED),
        "interrupted": found.state == EntryState.INTERRUPTED,
    }
    if context["timed_out"] or context["handed_in"]:
        context["progress"] = queries.progress(found)
    return page(request, "examroom/door.html", context)


def _batch(body: bytes) -> tuple[str, list[Answer]]:
    """Read `{"key": …, "answers": [{"item", "choice", "at"}, …]}`.

    :raises Unreadable: it is something else
    """
    if len(body) > MOST_BYTES:
        raise Unreadable("too large")
    try:
        said = json.loads(body)
        answers = [
            Answer(_number(a["item"]), _choice(a["choice"]), client_at=_token(a["at"]))
            for a in said["answers"]
        ]
        return _token(said["key"]), answers
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable("no answers") from error


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("an item is named by its number")
    return value


def _choice(value: object) -> str | None:
    return None if value is None else _token(value)


def _token(value: object) -> str:
    """Return a code, a key or an instant as clients write them; no database takes every text."""
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise TypeError("plain printable text is expected")
    return value
