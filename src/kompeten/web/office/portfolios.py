"""Which portfolios wait for readers, who reads which, and what did readers make of one?"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kompeten.foundation import words
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.portfolios import actions, labels, queries
from kompeten.portfolios.queries.dossiers import SEES_ALL
from kompeten.portfolios.terms import (
    Assigned,
    DossierRow,
    DossierState,
    ReadingState,
)
from kompeten.web.office import asking, nav, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.portfolio_forms import Narrow, Panel
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tab, Tone

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kompeten.portfolios.models import Dossier

READERS = SEES_ALL
ASSIGNERS = frozenset({Role.COORDINATOR})
AT_ONCE = 500  # portfolios in one drawing
NAMED = 6  # of those left, as many as a sentence bears
TONE = {
    DossierState.DRAFT: Tone.PLAIN,
    DossierState.HANDED_IN: Tone.INFO,
    DossierState.RETURNED: Tone.WAIT,
    DossierState.ACCEPTED: Tone.GOOD,
    DossierState.ASSESSED: Tone.GOOD,
}
READING_TONE = {
    ReadingState.OPEN: Tone.INFO,
    ReadingState.HANDED_IN: Tone.GOOD,
    ReadingState.SENT_BACK: Tone.WAIT,
    ReadingState.LAPSED: Tone.PLAIN,
    ReadingState.RELEASED: Tone.PLAIN,
}

nav.offer(
    nav.Place(
        label=gettext_lazy("Portfolios"),
        route="office:portfolios",
        icon="book-open",
        order=40,
        roles=READERS,
    ),
    nav.Inbox(
        name="portfolios.unassigned",
        label=gettext_lazy("Portfolios without readers"),
        hint=gettext_lazy("Draw assessors for them; nobody gets whom they know."),
        place="office:portfolios",
        route="office:portfolios",
        roles=ASSIGNERS,
        count=lambda request: queries.unassigned().count(),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A portfolio as lists show it."""

    row: DossierRow
    region: str
    scheme: str
    state: Any
    tone: Tone
    age: str


@require_safe
@asking.only(READERS)
def overview(request: Request) -> HttpResponse:
    """Show portfolios that wait for readers, or those being read, or all."""
    shelf = request.GET.get("rak", "")
    shelf = shelf if shelf in SHELVES else "menunggu"
    titles = shown.scheme_titles()
    form = Narrow(request.GET, schemes=titles, provinces=shown.provinces(asking.today(request)))
    found = queries.search(SHELVES[shelf](request), **form.chosen())
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.dossier_rows(found[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.PORTFOLIOS, (row.person_id for row in rows))
    assigns = request.actor.may(ASSIGNERS) and shelf == "menunggu"
    context = {
        "form": form,
        "shelf": shelf,
        "filtered": any(form.chosen().values()),
        "lines": _lines(request, rows, titles),
        "sheet": sheet,
        "tabs": _tabs(request, shelf),
        "assigns": assigns,
        "panel": panel(request) if assigns and sheet.paginator.count else None,
        "at_once": AT_ONCE,
        "columns": _columns(with_state=shelf != "menunggu"),
    }
    return page(request, "office/portfolios.html", context, part="rows")


@require_POST
@asking.only(ASSIGNERS)
def assign(request: Request) -> HttpResponse:
    """Draw readers for the portfolios ticked, or for all that wait."""
    form = panel(request, request.POST)
    if not form.is_valid():
        messages.error(request, _("The choice of assessors is out of date. Please choose again."))
        return go(request, "office:portfolios")
    waiting = queries.unassigned()
    if request.POST.get("semua") != "ya":
        waiting = waiting.filter(ref__in=request.POST.getlist("portofolio"))
    chosen = list(waiting.select_related("person")[:AT_ONCE])
    if not chosen:
        messages.info(request, _("Nothing to draw for: those portfolios have their readers."))
        return go(request, "office:portfolios")
    rng = random.SystemRandom()
    drawn = actions.assign(
        chosen,
        assessors=form.persons(),
        on=asking.today(request),
        by=request.actor,
        at=request.at,
        seed=rng.getrandbits(32),
        rng=rng,
    )
    _tell(request, drawn, {d.ref: d.person.name for d in chosen})
    return go(request, "office:portfolios")


def panel(request: Request, data: Any = None) -> Panel:
    """Return the form that says out of whom readers are drawn, the least burdened first. Five queries."""
    pool = queries.pool(on=asking.today(request), at=request.at)
    loads = queries.loads(pool)
    names = people.persons(pool)
    by_load = sorted(pool, key=lambda key: (loads.get(key, 0), names[key].name))
    return Panel(data, assessors=[(k, names[k].full_name, loads.get(k, 0)) for k in by_load])


def _tell(request: Request, drawn: Assigned, names: Mapping[str, str]) -> None:
    """Say what was drawn, and who was left for which reason."""
    said = ngettext(
        "%(n)d reading was given out.", "%(n)d readings were given out.", drawn.opened
    ) % {"n": drawn.opened}
    (messages.success if drawn.opened else messages.info)(request, said)
    left: dict[str, list[str]] = {}
    for ref, reason in drawn.left.items():
        left.setdefault(reason, []).append(names.get(ref, ref))
    for reason, people_left in left.items():
        messages.warning(request, f"{listed(people_left)}: {words.reason(reason)}")


def listed(names: list[str]) -> str:
    """Return some names as a sentence bears them, and how many more there are."""
    if len(names) <= NAMED:
        return ", ".join(names)
    more = len(names) - NAMED
    return ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", more) % {
        "names": ", ".join(names[:NAMED]),
        "n": more,
    }


def _lines(request: Request, rows: "list[DossierRow]", titles: dict[str, str]) -> list[Line]:
    return [
        Line(
            row=row,
            region=shown.region(row.region_code),
            scheme=titles.get(row.scheme_code, row.scheme_code),
            state=labels.DOSSIER_STATE[row.state],
            tone=TONE[row.state],
            age=shown.age(row.handed_in_at, at=request.at) if row.handed_in_at else "",
        )
        for row in rows
    ]


def _columns(*, with_state: bool) -> list[str]:
    last = [_("State")] if with_state else []
    return [_("Name"), _("Scheme"), _("Handed in on"), _("Readers"), *last]


def _tabs(request: Request, shelf: str) -> list[Tab]:
    here = reverse("office:portfolios")
    counts = {"menunggu": queries.unassigned().count()}
    return [
        Tab(word, f"{here}?rak={name}", current=name == shelf, count=counts.get(name))
        for name, word in {
            "menunggu": _("Waiting for readers"),
            "dibaca": _("Being read"),
            "semua": _("All"),
        }.items()
    ]


def _waiting(request: Request) -> "QuerySet[Dossier]":
    return queries.unassigned()


def _at_work(request: Request) -> "QuerySet[Dossier]":
    waiting = queries.unassigned().values("pk")
    handed_in = queries.in_states(DossierState.HANDED_IN, DossierState.ACCEPTED)
    return handed_in.exclude(pk__in=waiting).order_by("id")


def _all(request: Request) -> "QuerySet[Dossier]":
    return queries.visible(request.actor).order_by("-id")


SHELVES = {"menunggu": _waiting, "dibaca": _at_work, "semua": _all}
