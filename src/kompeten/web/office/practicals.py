"""Who performs when and where? The calendar of practice exams and interviews, and who waits for a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kompeten.kernel.roles import Role
from kompeten.people.terms import Roll
from kompeten.practicals import labels, queries
from kompeten.practicals.queries.slots import SEES_ALL
from kompeten.practicals.terms import SlotRow, SlotState
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes.terms import Component
from kompeten.web.office import asking, hours, nav, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.portfolio_forms import Narrow
from kompeten.web.ui.http import page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tab, Tone

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kompeten.practicals.models import Slot

READERS = SEES_ALL
BOOKERS = frozenset({Role.COORDINATOR})
TONE = {
    SlotState.BOOKED: Tone.INFO,
    SlotState.RATED: Tone.GOOD,
    SlotState.SETTLED: Tone.GOOD,
    SlotState.MISSED: Tone.WAIT,
    SlotState.INTERRUPTED: Tone.WAIT,
    SlotState.CANCELLED: Tone.PLAIN,
}
# What stands in addresses; the words of the page are in `schemes.labels`.
SLUG = {"praktik": Component.PRACTICE, "wawancara": Component.INTERVIEW}

nav.offer(
    nav.Place(
        label=gettext_lazy("Practice and interview"),
        route="office:practicals",
        icon="calendar-days",
        order=60,
        roles=READERS,
    ),
    nav.Inbox(
        name="practicals.practice",
        label=gettext_lazy("Waiting for a practice exam"),
        hint=gettext_lazy("Give them a day, an hour and two assessors."),
        place="office:practicals",
        route="office:practicals",
        roles=BOOKERS,
        count=lambda request: queries.inbox(Component.PRACTICE).count(),
    ),
    nav.Inbox(
        name="practicals.interview",
        label=gettext_lazy("Waiting for an interview"),
        hint=gettext_lazy("Give them a day, an hour and two assessors."),
        place="office:practicals",
        route="office:practicals",
        roles=BOOKERS,
        count=lambda request: queries.inbox(Component.INTERVIEW).count(),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A slot as the calendar shows it."""

    row: SlotRow
    component: Any
    time: str
    place: str
    state: Any
    tone: Tone


@dataclass(frozen=True, slots=True)
class Day:
    """The slots of one day, in the zones of their places."""

    title: str
    lines: list[Line]


@require_safe
@asking.only(READERS)
def calendar(request: Request) -> HttpResponse:
    """Show the slots that come, those that wait for marks, or those that are over."""
    shelf = request.GET.get("rak", "")
    shelf = shelf if shelf in SHELVES else "datang"
    titles = shown.scheme_titles()
    form = Narrow(request.GET, schemes=titles, provinces=shown.provinces(asking.today(request)))
    found = queries.search(SHELVES[shelf](request), **form.chosen())
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.slot_rows(found[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.PRACTICALS, (row.person_id for row in rows))
    books = request.actor.may(BOOKERS)
    context = {
        "form": form,
        "shelf": shelf,
        "filtered": any(form.chosen().values()),
        "days": days(rows),
        "sheet": sheet,
        "tabs": _tabs(shelf),
        "waiting": [
            (slug, scheme_labels.COMPONENT[component], queries.inbox(component).count())
            for slug, component in SLUG.items()
        ],
        "books": books,
        "understaffed": queries.understaffed().count() if books else 0,
    }
    return page(request, "office/practicals.html", context, part="rows")


def line(row: SlotRow) -> Line:
    """Return a slot as pages show it."""
    return Line(
        row=row,
        component=scheme_labels.COMPONENT[row.component],
        time=hours.span(row.starts_at, row.ends_at, row.zone),
        place=row.site_name or _("online"),
        state=labels.SLOT_STATE[row.state],
        tone=TONE[row.state],
    )


def days(rows: Iterable[SlotRow]) -> list[Day]:
    """Return slots, in the order given, under the days on which they are held."""
    grouped = groupby(rows, key=lambda row: hours.day(row.starts_at, row.zone))
    return [Day(title, [line(row) for row in held]) for title, held in grouped]


def _tabs(shelf: str) -> list[Tab]:
    here = reverse("office:practicals")
    names = {"datang": _("Coming"), "dinilai": _("Waiting for marks"), "lalu": _("Over")}
    return [Tab(word, f"{here}?rak={name}", current=name == shelf) for name, word in names.items()]


def _coming(request: Request) -> "QuerySet[Slot]":
    booked = queries.visible(request.actor).filter(state=SlotState.BOOKED)
    return booked.filter(ends_at__gt=request.at).order_by("starts_at", "id")


def _unrated(request: Request) -> "QuerySet[Slot]":
    held = queries.visible(request.actor).filter(state__in=[SlotState.BOOKED, SlotState.RATED])
    return held.filter(ends_at__lte=request.at).order_by("starts_at", "id")


def _over(request: Request) -> "QuerySet[Slot]":
    ended = [s for s in SlotState if s not in (SlotState.BOOKED, SlotState.RATED)]
    return queries.visible(request.actor).filter(state__in=ended).order_by("-starts_at", "-id")


SHELVES = {"datang": _coming, "dinilai": _unrated, "lalu": _over}
