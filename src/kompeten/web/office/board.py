"""How does a written exam go right now? Trouble first, calm at a thousand candidates."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kompeten.exams import actions, labels, queries
from kompeten.exams.terms import (
    MAKEUP_AFTER,
    OPEN_EARLY,
    PLANNERS,
    WATCH,
    BoardRow,
    EntryState,
    SittingState,
)
from kompeten.node import queries as node
from kompeten.node.terms import TAKERS, ParcelRow
from kompeten.people.terms import Roll
from kompeten.web.office import asking, board_lines, hours, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.board_forms import SILENT_MINUTES, ExtraTime
from kompeten.web.office.board_lines import TAKES_TIME, Look
from kompeten.web.office.sittings import ENTRY_TONE, PAST, READERS, TONE, slices
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting

ROWS = 50
TROUBLES, OF_A_KIND = 12, 4  # shown before the list; the rest by a link
OUTAGE = 3  # so many silent at once have one cause
LOOK = "perhatian"


@require_safe
@asking.only(READERS)
def board(request: Request, ref: str) -> HttpResponse:
    """Show how all stand, those with trouble first; the page asks again by itself while it runs.

    As of the last drain: looking writes nothing, the worker drains every few seconds.
    """
    return _board(request, asking.there(queries.sitting(ref, request.actor)))


@require_POST
@asking.only(WATCH)
def give_all(request: Request, ref: str) -> HttpResponse:
    """Give minutes to everybody who still has time: a power cut hits a whole hall."""
    found = asking.there(queries.sitting(ref, request.actor))
    form = ExtraTime(request.POST)
    if not form.is_valid():
        return _board(request, found, form, status=422)
    if form.refuse_if_moved(_given(queries.board(found))):
        return _board(request, found, form, status=409)
    entries = list(queries.in_states(*TAKES_TIME).filter(sitting=found).order_by("id"))
    said = form.cleaned_data
    actions.give_time(
        entries, minutes=said["menit"], reason=said["alasan"], by=request.actor, at=request.at
    )
    told = ngettext(
        "%(n)d candidate has %(minutes)d minutes more.",
        "%(n)d candidates have %(minutes)d minutes more.",
        len(entries),
    )
    messages.success(request, told % {"n": len(entries), "minutes": said["menit"]})
    return go(request, "office:board", ref)


@require_POST
@asking.only(WATCH)
def settle(request: Request, ref: str) -> HttpResponse:
    """Wait no longer for devices that never handed in: what is here is scored."""
    found = asking.there(queries.sitting(ref, request.actor))
    count = actions.settle(found, by=request.actor, at=request.at)
    if not count:
        messages.info(request, _("Nobody is waited for any longer."))
        return go(request, "office:board", ref)
    told = ngettext(
        "%(n)d exam is scored with what is here. What still comes is kept and shown to a person.",
        "%(n)d exams are scored with what is here. What still comes is kept and shown to a person.",
        count,
    )
    messages.success(request, told % {"n": count})
    return go(request, "office:board", ref)


def _board(
    request: Request, found: "Sitting", extra: ExtraTime | None = None, *, status: int = 200
) -> HttpResponse:
    rows = queries.board(found)
    context = _list(request, found, rows) | _doors(request, found, rows)
    context["extra"] = extra or ExtraTime(initial={"sudah": _given(rows)})
    held = node.parcels(found)
    context["laptops"] = _laptops(held, found)
    context["story"] = stories.together(
        {"sitting": [found.pk], "parcel": [row.key for row in held]}, zone=found.zone
    )
    return page(request, "office/board.html", context, part="board", status=status)


def _list(request: Request, found: "Sitting", rows: list[BoardRow]) -> dict[str, Any]:
    """Return what the page asks for again by itself: how all stand, who is worth a look, the list."""
    worth = board_lines.looks(rows, found, at=request.at)
    urgent = {row.ref for _why, row in worth}
    first = board_lines.foremost(worth, most=TROUBLES, of_a_kind=OF_A_KIND)
    wanted, state = _asked(request)
    chosen = [
        row
        for row in rows
        if board_lines.fits(row, wanted)
        and (not state or row.state == state or (state == LOOK and row.ref in urgent))
    ]
    sheet = asking.slice_of(request, len(chosen), size=ROWS)
    start = asking.offset(sheet)
    listed = chosen[start : start + ROWS]
    note_list(request, Roll.SITTING, (r.person_id for r in (*first, *listed)), about=found.ref)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state] = counts.get(row.state, 0) + 1
    silent = sum(why is Look.SILENT for why, _row in worth)
    query = urlencode({k: v for k, v in request.GET.items() if k in ("cari", "keadaan", "halaman")})

    def shown(some: list[BoardRow]) -> list[board_lines.Line]:
        return [board_lines.line(row, found, at=request.at) for row in some]

    return {
        "now": hours.clock(request.at, found.zone),
        "zone": hours.zone_word(found.zone),
        "seats": len(rows),
        "slices": slices(counts),
        "troubled": shown(first),
        "more_trouble": len(worth) - len(first),
        "silent": silent if silent >= OUTAGE else 0,
        "silent_query": f"?siapa=diam&menit={SILENT_MINUTES}&sebab=listrik",
        "lines": shown(listed),
        "sheet": sheet,
        "wanted": wanted,
        "chosen_state": state,
        "states": [
            ("", _("All")),
            (LOOK, _("Worth a look")),
            *((s.value, labels.ENTRY_STATE[s]) for s in ENTRY_TONE if counts.get(s)),
        ],
        "here": f"{reverse('office:board', args=[found.ref])}?{query}",
        "columns": [_("Name"), _("State"), _("Last heard of"), _("Until")],
    }


def _doors(request: Request, found: "Sitting", rows: list[BoardRow]) -> dict[str, Any]:
    """Return what stands around the list: the sitting itself, and what may be done with it now."""
    at, state = request.at, SittingState(found.state)
    runs = state not in PAST
    watches, plans = request.actor.may(WATCH), request.actor.may(PLANNERS)
    states = {row.state for row in rows}
    waits = [row.waits_until for row in rows if row.waits_until and row.waits_until > at]
    missed = sum(row.state in MAKEUP_AFTER for row in rows)
    return {
        "sitting": found,
        "state": labels.SITTING_STATE[state],
        "tone": TONE[state],
        "when": hours.when(found.opens_at, found.closes_at, found.zone),
        "place": found.site.name if found.site else _("online"),
        "runs": runs,
        "may_open": watches
        and state is SittingState.PLANNED
        and found.opens_at - OPEN_EARLY <= at < found.closes_at,
        "opens_by": hours.clock(found.opens_at - OPEN_EARLY, found.zone),
        "may_close": watches and runs and at >= found.closes_at,
        "shows_code": watches and runs,
        "may_seat": plans and runs and at < found.closes_at,
        "may_pack": request.actor.may(TAKERS),
        "gives": watches and runs and bool(states & set(TAKES_TIME)),
        "checks_in": watches and runs and bool(rows) and at >= found.opens_at - OPEN_EARLY,
        "came": sum(row.checked_in_at is not None for row in rows),
        "outage": watches and runs and EntryState.STARTED in states,
        "makeups": missed if plans and (not runs or missed >= OUTAGE) else 0,
        "conflicts": sum("conflict" in row.troubles for row in rows),
        "scripts": queries.unmarked(found),
        "waits": len(waits) if watches else 0,
        "waits_until": _until(waits, found.zone),
    }


def _laptops(held: list[ParcelRow], found: "Sitting") -> list[dict[str, str]]:
    """Return each laptop that the sitting was packed for, and when something last came back from it."""
    last: dict[str, datetime] = {}
    names: dict[str, str] = {}
    for row in held:
        names.setdefault(row.node, row.name)
        for back in row.came:
            last[row.node] = max(last.get(row.node, back.at), back.at)
    return [
        {"name": name, "came": hours.moment(last[ref], found.zone) if ref in last else ""}
        for ref, name in names.items()
    ]


def _until(waits: list[datetime], zone: str) -> str:
    return hours.moment(max(waits), zone) if waits else ""


def _given(rows: list[BoardRow]) -> int:
    """Return the minutes that all have been given on top, so that a second click is told."""
    return sum(row.extra_minutes for row in rows)


def _asked(request: Request) -> tuple[str, str]:
    state = request.GET.get("keadaan", "")
    known = {LOOK, *(s.value for s in EntryState)}
    return request.GET.get("cari", "").strip()[:80], state if state in known else ""
