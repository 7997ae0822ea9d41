"""Which applications are there, and what is in one: facts, documents, and its story?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kompeten.applications import labels, queries
from kompeten.applications.terms.application import (
    ApplicationRow,
    State,
)
from kompeten.kernel.workdays import Clock
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.training import labels as training_labels
from kompeten.training import queries as training
from kompeten.training.terms import PlaceRow
from kompeten.verification import labels as verification_labels
from kompeten.verification import queries as verification
from kompeten.verification.terms import ReviewRow
from kompeten.verification.terms import State as ReviewState
from kompeten.web.office import asking, documents, facts, nav, shown, stories
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.applications.models import Application

READERS = queries.SEES_ALL
COLUMNS = (_("Name"), _("Scheme and route"), _("Reference"), _("State"), _("Handed in"))

nav.offer(
    nav.Place(
        label=_("Applications"),
        route="office:applications",
        icon="document-text",
        order=10,
        roles=READERS,
    )
)


class Search(forms.Form):
    """Which applications to list; the fields have the names that stand in the address."""

    cari = forms.CharField(label=_("Name or reference"), required=False, max_length=80)
    keadaan = forms.ChoiceField(label=_("State"), required=False)
    skema = forms.ChoiceField(label=_("Scheme"), required=False)

    def __init__(self, data: Any, *, schemes: dict[str, str]) -> None:
        super().__init__(data)
        states = [(s.value, labels.STATE[s]) for s in State]
        for name, choices in (("keadaan", states), ("skema", list(schemes.items()))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *choices]

    def chosen(self) -> dict[str, str]:
        """Return what to search for as the query takes it; what is not a choice is left out."""
        self.is_valid()
        said = self.cleaned_data
        return {
            "text": said.get("cari", ""),
            "state": said.get("keadaan", ""),
            "scheme": said.get("skema", ""),
        }


@dataclass(frozen=True, slots=True)
class Line:
    """An application as the list shows it."""

    row: ApplicationRow
    region: str
    scheme: str
    route: Any
    state: Any
    tone: Tone


@require_safe
@asking.only(READERS)
def index(request: Request) -> HttpResponse:
    """List the applications that were searched for, the newest first."""
    titles = shown.scheme_titles()
    form = Search(request.GET, schemes=titles)
    chosen = form.chosen()
    found = queries.search(queries.visible(request.actor), **chosen)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.rows(found[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.APPLICATIONS, (row.person_id for row in rows))
    context = {
        "form": form,
        "filtered": any(chosen.values()),
        "columns": COLUMNS,
        "lines": lines(rows, titles),
        "sheet": sheet,
    }
    return page(request, "office/applications.html", context, part="rows")


@require_safe
@asking.only(READERS)
def detail(request: Request, ref: str) -> HttpResponse:
    """Show one application: what is stated, what was put in, and what has happened."""
    application = asking.there(queries.own(ref, request.actor))
    nik = shown.masked(people.nik_of(application.person_id))
    asked = queries.asked_about(application).values_list("pk", flat=True)
    context = {
        "application": application,
        "state": labels.STATE[State(application.state)],
        "tone": shown.APPLICATION_TONE[State(application.state)],
        "person": facts.of_person(application.person, nik=nik, on=asking.today(request)),
        "statement": facts.of_statement(application, on=asking.today(request)),
        "scheme": scheme_labels.local(schemes.content(application.scheme_version_id).title),
        "route": shown.route(application.route),
        "office": _office(request, application),
        "documents": documents.listed(application),
        "quarantined": queries.quarantined(application, language=asking.language()),
        "promised": _promised(request, application),
        "reviews": _reviews(request, application),
        "place": _place(request, application),
        "story": stories.together({"application": [application.pk], "recommendation": asked}),
    }
    return page(request, "office/application.html", context)


def _promised(request: Request, application: "Application") -> Clock | None:
    waits = application.state == State.SUBMITTED
    return verification.clock(application, at=request.at) if waits else None


def lines(rows: Iterable[ApplicationRow], titles: dict[str, str]) -> list[Line]:
    """Return applications as lists show them; `titles` are those of the schemes, by code."""
    return [
        Line(
            row=row,
            region=shown.region(row.region_code),
            scheme=titles.get(row.scheme_code, row.scheme_code),
            route=shown.route(row.route),
            state=labels.STATE[State(row.state)],
            tone=shown.APPLICATION_TONE[State(row.state)],
        )
        for row in rows
    ]


def _office(request: Request, application: "Application") -> tuple[str, str]:
    """Return the office that put the applicant on a list, and the list's reference; else nothing."""
    collective = application.collective
    if collective is None:
        return "", ""
    on = asking.today(request)
    names = people.organization_names([collective.organization_id], on=on)
    return names.get(collective.organization_id, ""), collective.ref


def _reviews(request: Request, application: "Application") -> list[tuple[ReviewRow, Any, Tone]]:
    found = verification.visible(request.actor).filter(application=application).order_by("-id")
    return [
        (row, verification_labels.STATE[state], shown.REVIEW_TONE[state])
        for row in verification.rows(found)
        for state in [ReviewState(row.state)]
    ]


def _place(request: Request, application: "Application") -> tuple[PlaceRow, Any, Tone] | None:
    """Return the place in a preparation session, for those who may see sessions."""
    if not request.actor.may(training.SEES_ALL):
        return None
    place = training.places([application.pk]).get(application.pk)
    if place is None:
        return None
    state = place.state
    return place, training_labels.ENROLMENT_STATE[state], shown.ENROLMENT_TONE[state]
