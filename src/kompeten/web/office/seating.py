"""Who sits in a written exam? Candidates who are ready get seats, all chosen or none."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompeten.applications import queries as applications
from kompeten.applications.terms.application import ApplicationRow
from kompeten.exams import actions, queries
from kompeten.exams.terms import PLANNERS, SeatingRefused, SittingState
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people.terms import Roll
from kompeten.web.office import asking, hours, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.booking import narrowed
from kompeten.web.office.portfolio_forms import Narrow
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tab

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kompeten.applications.models import Application
    from kompeten.exams.models import Sitting

AT_ONCE = 2000  # seats given in one go
LISTED = 100  # names on one page
FIRST, MAKEUP = "pertama", "susulan"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be seated; `why` says why they were not."""

    row: ApplicationRow
    region: str
    scheme: str
    ticked: bool
    why: str


@require_http_methods(["GET", "POST"])
@asking.only(PLANNERS)
def seating(request: Request, ref: str) -> HttpResponse:
    """Show who can be seated here, and seat those ticked, or all."""
    found = asking.there(queries.sitting(ref, request.actor))
    hall = _Hall(request, found)
    if request.method != "POST":
        return hall.show()
    chosen = hall.chosen()
    if not chosen:
        messages.info(request, _("Nobody was chosen, or they have their seats already."))
        return go(request, "office:seating", ref)
    rng = random.SystemRandom()
    try:
        actions.seat(
            found, chosen, by=request.actor, at=request.at, rng=rng, makeup=hall.kind == MAKEUP
        )
    except SeatingRefused as refusal:
        hall.why = {
            one: " ".join(words.reason(code) for code in codes)
            for one, codes in refusal.by_ref.items()
        }
        return hall.show(status=409)
    except StepRefused as refusal:
        hall.refused = [words.reason(code) for code in refusal.reasons]
        return hall.show(status=409)
    said = ngettext(
        "%(n)d candidate has a seat now.", "%(n)d candidates have seats now.", len(chosen)
    )
    messages.success(request, said % {"n": len(chosen)})
    return go(request, "office:board", ref)


class _Hall:
    """The candidates of one sitting's schemes who could take a seat."""

    def __init__(self, request: Request, sitting: "Sitting") -> None:
        self.request, self.sitting = request, sitting
        self.data = request.POST if request.method == "POST" else request.GET
        self.kind = MAKEUP if self.data.get("jenis") == MAKEUP else FIRST
        self.why: dict[str, str] = {}
        self.refused: list[str] = []
        self.titles = shown.scheme_titles()
        provinces = shown.provinces(asking.today(request))
        self.narrow = Narrow(self.data, schemes=self.titles, provinces=provinces)
        self.versions = queries.version_ids(sitting)
        self.waiting = narrowed(self._all(), **self.narrow.chosen())

    def chosen(self) -> "list[Application]":
        """Return those ticked, or all if so asked, the oldest first and as far as there are seats."""
        ticked = self.request.POST.getlist("peserta")
        if self.request.POST.get("semua") == "ya":
            return list(self.waiting[: self._room(AT_ONCE)])
        return list(self.waiting.filter(ref__in=ticked)[:AT_ONCE])

    def show(self, *, status: int = 200) -> HttpResponse:
        sheet = asking.slice_of(self.request, self.waiting.count(), size=LISTED)
        start = asking.offset(sheet)
        rows = applications.rows(self.waiting[start : start + LISTED])
        listed = (row.person_id for row in rows)
        note_list(self.request, Roll.SITTING, listed, about=self.sitting.ref)
        taken = sum(queries.counts(self.sitting).values())
        context = {
            "sitting": self.sitting,
            "when": hours.when(self.sitting.opens_at, self.sitting.closes_at, self.sitting.zone),
            "place": self.sitting.site.name if self.sitting.site else _("online"),
            "kind": self.kind,
            "tabs": self._tabs(),
            "narrow": self.narrow,
            "filtered": any(self.narrow.chosen().values()),
            "people": [self._person(row) for row in rows],
            "sheet": sheet,
            "taken": taken,
            "open": self._takes_candidates(),
            "room": self._room(AT_ONCE),
            "refused": self.refused,
            "why": [(self._name(rows, ref), said) for ref, said in self.why.items()],
        }
        return page(self.request, "office/seating.html", context, part="rows", status=status)

    def _all(self) -> "QuerySet[Application]":
        if self.kind == FIRST:
            return queries.waiting(self.versions)
        missed = [a.pk for a in queries.makeups() if a.scheme_version_id in self.versions]
        return applications.accepted().filter(pk__in=missed)

    def _room(self, most: int) -> int:
        """Return how many seats are left, at most `most`."""
        if self.sitting.capacity is None:
            return most
        taken = sum(queries.counts(self.sitting).values())
        return max(min(self.sitting.capacity - taken, most), 0)

    def _takes_candidates(self) -> bool:
        states = (SittingState.PLANNED, SittingState.OPEN)
        return self.sitting.state in states and self.request.at < self.sitting.closes_at

    def _person(self, row: ApplicationRow) -> Person:
        return Person(
            row=row,
            region=shown.region(row.region_code),
            scheme=self.titles.get(row.scheme_code, row.scheme_code),
            ticked=row.ref in self.request.POST.getlist("peserta"),
            why=self.why.get(row.ref, ""),
        )

    def _name(self, rows: list[ApplicationRow], ref: str) -> str:
        return next((row.name for row in rows if row.ref == ref), ref)

    def _tabs(self) -> list[Tab]:
        here = reverse("office:seating", args=[self.sitting.ref])
        names = {FIRST: _("For the first time"), MAKEUP: _("Make-up")}
        return [
            Tab(word, f"{here}?jenis={kind}", current=kind == self.kind)
            for kind, word in names.items()
        ]
