"""How do candidates get a time? A timetable is laid out, looked at, and booked with assessors."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kompeten.applications import queries as applications
from kompeten.applications.terms.application import ApplicationRow
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.practicals import actions, queries
from kompeten.practicals.terms import Booked, Seat
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component
from kompeten.web.office import asking, hours, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.portfolio_forms import Panel
from kompeten.web.office.portfolios import listed
from kompeten.web.office.practical_forms import Timetable, Waiting
from kompeten.web.office.practicals import BOOKERS, SLUG
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kompeten.applications.models import Application

AT_ONCE = 500  # candidates in one booking
LISTED = 100  # names that can be ticked one by one


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who waits, as the page lists them."""

    row: ApplicationRow
    region: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A timetable laid out: for each day its title, how many seats, and from when to when."""

    seats: int
    days: list[tuple[str, int, str]]
    wanted: int

    @property
    def short(self) -> int:
        """Return how many candidates would find no seat."""
        return max(self.wanted - self.seats, 0)


@require_http_methods(["GET", "POST"])
@asking.only(BOOKERS)
def book(request: Request, slug: str) -> HttpResponse:
    """Lay out a timetable for those who wait, look at it, and book it: `langkah` names the button."""
    component = asking.there(SLUG.get(slug))
    found = _Booking(request, slug, component)
    if request.method != "POST":
        return found.show()
    if not found.is_valid():
        return found.show(status=422)
    if request.POST.get("langkah") != "pesan":
        return found.show()
    rng = random.SystemRandom()
    chosen = found.chosen()
    try:
        booked = actions.book(
            chosen,
            component=component,
            plan=found.timetable.seats(),
            assessors=found.panel.persons(),
            on=asking.today(request),
            by=request.actor,
            at=request.at,
            seed=rng.getrandbits(32),
            rng=rng,
        )
    except StepRefused as refusal:
        found.timetable.refuse(refusal)
        return found.show(status=422)
    tell(request, booked, {a.ref: a.person.name for a in chosen})
    return go(request, "office:practicals")


@require_POST
@asking.only(BOOKERS)
def fill(request: Request) -> HttpResponse:
    """Draw assessors for booked slots that have too few."""
    lacking = list(queries.understaffed().select_related("person")[:AT_ONCE])
    rng = random.SystemRandom()
    drawn = actions.fill(
        lacking,
        assessors=queries.pool(on=asking.today(request), at=request.at),
        on=asking.today(request),
        by=request.actor,
        at=request.at,
        seed=rng.getrandbits(32),
        rng=rng,
    )
    tell(request, drawn, {slot.ref: slot.person.name for slot in lacking}, filled=True)
    return go(request, "office:practicals")


class _Booking:
    """One booking as it is laid out: who waits, the timetable, the assessors."""

    def __init__(self, request: Request, slug: str, component: Component) -> None:
        self.request, self.slug, self.component = request, slug, component
        data = request.POST if request.method == "POST" else None
        on = asking.today(request)
        self.titles = shown.scheme_titles()
        self.narrow = Waiting(
            data or request.GET, schemes=self.titles, provinces=shown.provinces(on)
        )
        self.waiting = narrowed(queries.inbox(component), **self.narrow.chosen())
        minutes = _minutes(self.waiting, component)
        self.timetable = Timetable(data, sites=people.sites(), minutes=minutes, on=on)
        self.panel = _panel(request, data)

    def is_valid(self) -> bool:
        return self.panel.is_valid() and self.timetable.is_valid()

    def chosen(self) -> "list[Application]":
        """Return those ticked, or else all that wait, the oldest first."""
        ticked = self.request.POST.getlist("peserta")
        found = self.waiting.filter(ref__in=ticked) if ticked else self.waiting
        return list(found.select_related("person")[:AT_ONCE])

    def show(self, *, status: int = 200) -> HttpResponse:
        total = self.waiting.count()
        rows = applications.rows(self.waiting[:LISTED])
        note_list(self.request, Roll.PRACTICALS, (row.person_id for row in rows))
        context = {
            "slug": self.slug,
            "component": scheme_labels.COMPONENT[self.component],
            "narrow": self.narrow,
            "filtered": any(self.narrow.chosen().values()),
            "total": total,
            "people": [
                Person(
                    row,
                    shown.region(row.region_code),
                    self.titles.get(row.scheme_code, row.scheme_code),
                )
                for row in rows
            ],
            "ticked": self.request.POST.getlist("peserta"),
            "form": self.timetable,
            "panel": self.panel,
            "laid": self._laid(total),
            "at_once": AT_ONCE,
            "listed": LISTED,
            "here": reverse("office:practicals_book", args=[self.slug]),
        }
        return page(
            self.request, "office/practicals_book.html", context, part="laid", status=status
        )

    def _laid(self, total: int) -> Laid | None:
        if not self.timetable.is_bound or self.timetable.errors:
            return None
        ticked = len(self.request.POST.getlist("peserta"))
        return _laid(self.timetable.seats(), wanted=min(ticked or total, AT_ONCE))


def tell(request: Request, booked: Booked, names: dict[str, str], *, filled: bool = False) -> None:
    """Say how many were booked, and who was left for which reason."""
    done = len(booked.slots)
    if filled:
        said = ngettext(
            "%(n)d performance has its assessors.", "%(n)d performances have their assessors.", done
        )
    else:
        said = ngettext("%(n)d candidate was booked.", "%(n)d candidates were booked.", done)
    (messages.success if done else messages.info)(request, said % {"n": done})
    left: dict[str, list[str]] = {}
    for ref, reason in booked.left.items():
        left.setdefault(reason, []).append(names.get(ref, ref))
    for reason, people_left in left.items():
        messages.warning(request, f"{listed(people_left)}: {words.reason(reason)}")


def narrowed(
    found: "QuerySet[Application]", *, text: str, scheme: str, province: str
) -> "QuerySet[Application]":
    """Return those who wait and were asked for, the oldest first."""
    if province:
        found = found.filter(person__region_code__startswith=province)
    return applications.search(found, text=text, scheme=scheme).order_by("id")


def _minutes(waiting: "QuerySet[Application]", component: Component) -> int:
    """Return the longest that one of them takes, by their schemes. Two queries."""
    keys = waiting.order_by().values_list("scheme_version_id", flat=True).distinct()
    said = schemes.contents(keys)
    return max((queries.rules(c, component).minutes for c in said.values()), default=30)


def _panel(request: Request, data: Any) -> Panel:
    pool = queries.pool(on=asking.today(request), at=request.at)
    loads, names = queries.loads(pool), people.persons(pool)
    by_load = sorted(pool, key=lambda key: (loads.get(key, 0), names[key].name))
    return Panel(data, assessors=[(k, names[k].full_name, loads.get(k, 0)) for k in by_load])


def _laid(seats: list[Seat], *, wanted: int) -> Laid:
    days: dict[str, list[Seat]] = {}
    for seat in seats:
        days.setdefault(hours.day(seat.starts_at, seat.zone), []).append(seat)
    lines = [
        (
            title,
            len(held),
            _("first %(first)s, last %(last)s %(zone)s")
            % {
                "first": hours.clock(held[0].starts_at, held[0].zone),
                "last": hours.clock(held[-1].starts_at, held[-1].zone),
                "zone": hours.zone_word(held[0].zone),
            },
        )
        for title, held in days.items()
    ]
    return Laid(len(seats), lines, wanted)
