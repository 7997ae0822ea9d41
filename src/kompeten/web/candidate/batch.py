"""How is a list getting on? Who is where, who is stuck and since when, and every line with what to do."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from kompeten.applications import queries
from kompeten.applications.terms.application import State
from kompeten.applications.terms.invitation import InvitationState
from kompeten.foundation import words
from kompeten.journey import queries as journey
from kompeten.journey.labels import STATION
from kompeten.journey.terms import THEIRS, Station
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.schemes.labels import ROUTE
from kompeten.schemes.terms import Route
from kompeten.web.candidate import asking, labels, previewing
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Column, Slice, Tab, Tone

if TYPE_CHECKING:
    from kompeten.applications.models import Application, Collective, CollectiveRow, Invitation

PAGE_SIZE = 25
FILTERS = {station.value: station for station in Station}
STUCK = "tersendat"
TOLD = (Station.MEND, Station.ELSEWHERE)  # whose lines say why


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list as its page shows it; `href` is where something can be done about it.

    `help` is the reference of an application that can be filled in together with the person.
    `invite` is the key of the line to open a link for, `link` the reference of one that there is.
    """

    name: str
    place: str
    word: Any
    tone: Tone
    waits: str = ""
    reasons: list[str] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    documents: str = ""
    link_note: str = ""
    href: str = ""
    action: Any = ""
    link: str = ""
    help: str = ""
    invite: int | None = None


@require_safe
def batch(request: Request, ref: str) -> HttpResponse:
    """Show one list: where its people are, and its lines by page and station."""
    found = _own(request, ref)
    rows = queries.collective_rows(found)
    counts, stuck = journey.counts(rows), journey.stuck(rows, at=request.at)
    stuck_count = stuck.count()
    wanted = request.GET.get("posisi", "")
    if wanted == STUCK:
        shown_rows, number = stuck, stuck_count
    elif station := FILTERS.get(wanted):
        placed: Any = journey.stationed(rows)
        shown_rows, number = placed.filter(station=station.value), counts.get(station, 0)
    else:
        shown_rows, number, wanted = journey.stationed(rows), sum(counts.values()), ""
    shown = Paginator(range(number), PAGE_SIZE).get_page(request.GET.get("halaman"))
    first = max(shown.start_index() - 1, 0)
    names = people.organization_names([found.organization_id], on=asking.today(request))
    listed = list(shown_rows[first : first + PAGE_SIZE])
    note_list(request, Roll.COLLECTIVE, queries.persons_in(listed), about=ref)
    verdicts = queries.collective_counts(found)
    context = _now(request, found, counts, stuck_count) | {
        "office": names.get(found.organization_id, ""),
        "total": sum(verdicts.values()),
        "slices": previewing.verdict_slices(verdicts),
        "tabs": _tabs(request, counts, stuck_count, wanted),
        "columns": [Column(_("Person")), Column(_("How it stands")), Column("", "action")],
        "lines": _lines(listed, at=request.at),
        "page": shown,
    }
    return page(request, "candidate/batch.html", context, part="lines")


@require_safe
def present(request: Request, ref: str) -> HttpResponse:
    """Show where the people of a list are at this moment: what its page asks for now and then."""
    found = _own(request, ref)
    rows = queries.collective_rows(found)
    stuck = journey.stuck(rows, at=request.at).count()
    context = _now(request, found, journey.counts(rows), stuck)
    return page(request, "candidate/batch.html#present", context)


def _own(request: Request, ref: str) -> "Collective":
    return asking.there(queries.sponsored(request.actor).filter(ref=ref).first())


def _now(
    request: Request, found: "Collective", counts: dict[Station, int], stuck: int
) -> dict[str, Any]:
    home = reverse("candidate:batch", args=[found.ref])
    return {
        "collective": found,
        "at": request.at,
        "stations": [
            Slice(STATION[s], counts[s], labels.STATION_TONE[s], f"{home}?posisi={s.value}#lines")
            for s in Station
            if counts.get(s)
        ],
        "to_ask": counts.get(Station.MEND, 0) + counts.get(Station.CONFIRM, 0),
        "stuck": stuck,
        "stuck_href": f"{home}?posisi={STUCK}#lines",
    }


def _tabs(request: Request, counts: dict[Station, int], stuck: int, wanted: str) -> list[Tab]:
    """Return all, who is stuck, and the station that is looked at: each bar above leads to another."""

    def tab(label: Any, value: str, number: int) -> Tab:
        lead = f"{request.path}?posisi={value}" if value else request.path
        return Tab(label, lead, wanted == value, number)

    found = [tab(pgettext("lines", "All"), "", sum(counts.values()))]
    found += [tab(_("Stuck"), STUCK, stuck)] if stuck or wanted == STUCK else []
    return found + [tab(STATION[s], s.value, counts.get(s, 0)) for s in Station if s == wanted]


def _lines(rows: "list[CollectiveRow]", *, at: datetime) -> list[Line]:
    held = [a for row in rows if (a := _application(row)) is not None]
    files, links = queries.files(a.pk for a in held), queries.newest_invitations(rows)
    moved = journey.since(rows)
    repairs = [row.repair for row in rows if _station(row) is Station.MEND]
    open_to = queries.routes_proposed(repairs, on=localdate(at))
    routes = {repair.line_id: open_to.get(repair.pk, ()) for repair in repairs}
    return [
        _line(row, files, links.get(row.pk), routes.get(row.pk, ()), moved[row.pk], at=at)
        for row in rows
    ]


def _station(row: "CollectiveRow") -> Station:
    return Station(getattr(row, "station", Station.ELSEWHERE))


def _line(
    row: "CollectiveRow",
    files: dict[int, dict[str, str]],
    link: "Invitation | None",
    routes: tuple[Route, ...],
    moved: datetime,
    *,
    at: datetime,
) -> Line:
    station = _station(row)
    application, is_theirs = _application(row), station in THEIRS
    said = row.reasons if station in TOLD else ()
    href, action = _lead(row, application, station)
    is_helpable = application is not None and application.state in (State.DRAFT, State.RETURNED)
    asks = station in (Station.MEND, Station.CONFIRM)
    is_open = link is not None and link.state == InvitationState.OPEN and link.ends_at > at
    return Line(
        name=row.name,
        place=_("%(sheet)s, row %(row)s") % {"sheet": row.sheet, "row": row.row},
        word=STATION[station],
        tone=labels.STATION_TONE[station],
        waits=_days((at - moved).days) if is_theirs else "",
        reasons=[words.reason(code) for code in said],
        routes=[str(ROUTE[route]) for route in routes],
        warnings=[words.reason(code) for code in row.warnings or ()] if is_theirs else [],
        documents=_documents(application, files) if is_theirs else "",
        link_note=_link_note(link, at=at) if asks and link is not None else "",
        href=href,
        action=action,
        link=link.ref if link is not None and asks and is_open else "",
        help=application.ref if application is not None and is_helpable else "",
        invite=row.pk if asks and not is_open else None,
    )


def _lead(
    row: "CollectiveRow", application: "Application | None", station: Station
) -> tuple[str, Any]:
    if station is Station.MEND:
        return reverse("candidate:repair", args=[row.repair.ref]), _("Mend")
    if application is None:
        return "", ""
    if application.state == State.DRAFT:
        return reverse("candidate:documents", args=[application.ref]), _("Documents")
    return reverse("candidate:application", args=[application.ref]), _("Open")


def _documents(application: "Application | None", files: dict[int, dict[str, str]]) -> str:
    if application is None or application.state not in (State.DRAFT, State.RETURNED):
        return ""
    asked = queries.documents_asked(application)
    total = len(asked.required) + len(asked.one_of)
    done = total - len(asked.missing(files.get(application.pk, {})))
    return _("%(done)s of %(total)s documents") % {"done": done, "total": total}


def _link_note(link: "Invitation", *, at: datetime) -> str:
    if link.objection_sealed:
        return _("The person says that something is wrong.")
    if link.state == InvitationState.LOCKED:
        return _("The link was closed after wrong answers.")
    if link.nudged_at is None:
        return _("The link is ready and was not sent yet.")
    days = (at - link.nudged_at).days
    said = ngettext("Written to %(n)s day ago.", "Written to %(n)s days ago.", days) % {"n": days}
    return said if days else _("Written to today.")


def _days(days: int) -> str:
    if days < 1:
        return _("since today")
    return ngettext("for %(n)s day", "for %(n)s days", days) % {"n": days}


def _application(row: "CollectiveRow") -> "Application | None":
    """Return what became of the line: at once, or after it was mended."""
    repair = getattr(row, "repair", None)
    return row.application or (repair.application if repair is not None else None)
