"""How far is the year, and where does it wait? Figures for those who answer for the whole."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kompeten.applications import queries as applications
from kompeten.journey import queries as journey
from kompeten.journey.terms import Tally
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.regions import queries as regions
from kompeten.reporting import labels, queries
from kompeten.reporting.terms import Age, Aside, Funnel, FunnelRow, Stage
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes.terms import Service
from kompeten.web.office import asking, nav, shown
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Column, Slice, Tone

READERS = frozenset(
    {
        Role.COORDINATOR,
        Role.DIRECTOR,
        Role.REGISTRAR,
        Role.MINISTRY,
        Role.AUDITOR,
        Role.ADMIN,
    }
)
# Source: domain facts 4.1, the ministry's target for a year, last published for 2020.
TARGET = 16_920
LONG_DAYS = 14  # a case that waits longer wants to be seen
# What everybody passes, so that each figure is a part of the one before it. The others depend on the
# route: who has no portfolio would make the next step look larger than the whole.
EVERYBODYS = (
    Stage.APPLIED,
    Stage.SUBMITTED,
    Stage.ACCEPTED,
    Stage.DECIDED,
    Stage.COMPETENT,
    Stage.CERTIFIED,
)
BY_ROUTE = tuple(stage for stage in Stage if stage not in EVERYBODYS)
ASIDE_TONE = {
    Aside.IN_REPAIR: Tone.WAIT,
    Aside.RETURNED: Tone.WAIT,
    Aside.REJECTED: Tone.BAD,
    Aside.WITHDRAWN: Tone.PLAIN,
    Aside.NOT_YET_COMPETENT: Tone.INFO,
}

nav.offer(
    nav.Place(
        label=gettext_lazy("Figures"),
        route="office:figures",
        icon="chart-bar",
        order=4,
        roles=READERS,
    )
)


class Narrow(forms.Form):
    """Which scheme to count."""

    skema = forms.ChoiceField(label=gettext_lazy("Scheme"), required=False)

    def __init__(self, data: Any, *, schemes: dict[str, str]) -> None:
        super().__init__(data)
        field = self.fields["skema"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext_lazy("All")), *schemes.items()]


@dataclass(frozen=True, slots=True)
class Promised:
    """A step with what the house has promised there, as the page shows it; ages in words."""

    label: Any
    tally: Tally
    oldest: str
    median: str
    href: str


@dataclass(frozen=True, slots=True)
class Wait:
    """A place where cases wait, as the page shows it: whole days, and whether they are many."""

    label: Any
    count: int
    oldest_days: int
    median_days: int

    @property
    def tone(self) -> Tone:
        """Return how much it wants to be seen."""
        return Tone.WAIT if self.oldest_days > LONG_DAYS else Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Province:
    """The year of one province."""

    name: str
    applied: int
    accepted: int
    decided: int
    certified: int


@require_safe
@asking.only(READERS)
def figures(request: Request) -> HttpResponse:
    """Show the year: how many have come how far, where cases wait, and the provinces side by side."""
    form = Narrow(request.GET, schemes=shown.scheme_titles())
    scheme = form.cleaned_data["skema"] if form.is_valid() else ""
    year = queries.funnel(on=asking.today(request), target=TARGET, scheme=scheme)
    context = {
        "form": form,
        "scheme": scheme,
        "funnel": slices(year, EVERYBODYS),
        "by_route": slices(year, BY_ROUTE),
        "asides": _asides(year),
        "waits": waits(queries.ages(at=request.at)),
        "promises": promises(request),
        "provinces": sorted(map(_province, year.provinces), key=lambda p: (-p.applied, p.name)),
        "columns": _columns(),
        **pace(year),
    }
    return page(request, "office/reporting.html", context, part="year")


def glance(request: Request) -> dict[str, Any]:
    """Return the year in a few figures, for the first page. A constant number of queries."""
    year = queries.funnel(on=asking.today(request), target=TARGET)
    held = [w for w in waits(queries.ages(at=request.at)) if w.count]
    return {
        "funnel": slices(year, EVERYBODYS),
        "waits": held,
        "promises": promises(request),
        **pace(year),
    }


def promises(request: Request) -> list[Promised]:
    """Return how what the house has promised stands, step by step. Two queries for each step."""
    return [
        Promised(
            label=scheme_labels.SERVICE[tally.service],
            tally=tally,
            oldest=shown.age(tally.oldest_at, at=request.at) if tally.oldest_at else "",
            median=shown.age(tally.median_at, at=request.at) if tally.median_at else "",
            href=late_href(tally.service, request.actor),
        )
        for tally in journey.tallies(at=request.at)
    ]


def late_href(service: Service, actor: Actor) -> str:
    """Return where those of a step stand whose promise is past; empty where `actor` has no such list."""
    if service is Service.VERIFICATION and actor.may(applications.SEES_ALL):
        return f"{reverse('office:verification')}?lama=lewat"
    return ""


def slices(year: Funnel, stages: tuple[Stage, ...]) -> list[Slice]:
    """Return the stages as a chart takes them."""
    tone = {Stage.CERTIFIED: Tone.GOOD}
    return [Slice(labels.STAGE[s], year.total[s], tone.get(s, Tone.PLAIN)) for s in stages]


def pace(year: Funnel) -> dict[str, Any]:
    """Return how much of the target is reached, beside how much of the year has passed."""
    certified = year.total[Stage.CERTIFIED]
    reached = 100 * (year.target_share or 0)
    return {
        "year": str(year.on.year),
        "pace": [
            Slice(labels.STAGE[Stage.CERTIFIED], certified, Tone.GOOD),
            Slice(_("Still to come"), max(TARGET - certified, 0), Tone.PLAIN),
        ],
        "pace_middle": f"{int(reached)}%",
        "target_percent": reached,
        "year_percent": 100 * year.year_share,
    }


def waits(ages: tuple[Age, ...]) -> list[Wait]:
    """Return where cases wait, in the order of the way."""
    return [
        Wait(
            label=labels.WAIT[age.wait],
            count=age.count,
            oldest_days=int(age.oldest_days or 0),
            median_days=int(age.median_days or 0),
        )
        for age in ages
    ]


def _asides(year: Funnel) -> list[Slice]:
    # Lines that wait for repair have no scheme; a figure narrowed to one would only mislead.
    return [
        Slice(labels.ASIDE[aside], year.total[aside], ASIDE_TONE[aside])
        for aside in Aside
        if aside in year.total
    ]


def _province(row: FunnelRow) -> Province:
    found = regions.region(row.province_code) if row.province_code else None
    return Province(
        name=found.name if found else _("Unknown"),
        applied=row.counts[Stage.APPLIED],
        accepted=row.counts[Stage.ACCEPTED],
        decided=row.counts[Stage.DECIDED],
        certified=row.counts[Stage.CERTIFIED],
    )


def _columns() -> list[Any]:
    stages = (Stage.APPLIED, Stage.ACCEPTED, Stage.DECIDED, Stage.CERTIFIED)
    return [_("Province"), *(Column(labels.STAGE[s], "number") for s in stages)]
