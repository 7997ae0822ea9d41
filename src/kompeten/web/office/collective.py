"""Which lists have offices sent, what became of their lines, and how far are their people?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kompeten.applications import labels, queries
from kompeten.applications.terms import Verdict
from kompeten.applications.terms.application import ListRow, RepairState, State
from kompeten.foundation import words
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.web.office import asking, nav, shown
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Column, Slice, Tone

if TYPE_CHECKING:
    from kompeten.applications.models import Collective, CollectiveRow

READERS = queries.SEES_ALL
COLUMNS = (_("List"), _("Received"), Column(_("Lines"), "number"), _("Verdicts"))
LINES = (_("Line"), _("Verdict"), _("Reasons"), _("Application"))

nav.offer(
    nav.Place(
        label=_("Collective lists"),
        route="office:collectives",
        icon="table-cells",
        order=12,
        roles=READERS,
    )
)


class Narrow(forms.Form):
    """Which lines of a list to show."""

    putusan = forms.ChoiceField(
        label=_("Verdict"),
        required=False,
        choices=[("", _("All")), *((v.value, labels.VERDICT[v]) for v in Verdict)],
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as the index shows it."""

    row: ListRow
    office: str
    verdicts: list[Slice]

    @property
    def lines(self) -> int:
        """Return how many people the list names."""
        return sum(self.row.counts.values())


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; `state` is where its application or its repair stands."""

    place: str
    name: str
    verdict: Any
    tone: Tone
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    application: str
    state: Any
    state_tone: Tone
    is_helpable: bool


@require_safe
@asking.only(READERS)
def index(request: Request) -> HttpResponse:
    """List what was sent in, the newest first."""
    found = queries.collectives(request.actor).order_by("-id")
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.collective_list(found[start : start + asking.PAGE_SIZE])
    offices = people.organization_names(
        (row.organization_id for row in rows), on=asking.today(request)
    )
    context = {
        "columns": COLUMNS,
        "lists": [
            Sheet(row, offices.get(row.organization_id, ""), _verdicts(row.counts)) for row in rows
        ],
        "sheet": sheet,
    }
    return page(request, "office/collectives.html", context)


@require_safe
@asking.only(READERS)
def detail(request: Request, ref: str) -> HttpResponse:
    """Show one list: how its lines were judged, how far its people are, and the lines themselves."""
    collective = asking.there(queries.collective(ref, request.actor))
    counts, progress = _counts(collective)
    form = Narrow(request.GET)
    lines = queries.collective_rows(collective)
    if form.is_valid() and form.cleaned_data["putusan"]:
        lines = lines.filter(verdict=form.cleaned_data["putusan"])
    sheet = asking.slice_of(request, lines.count())
    start = asking.offset(sheet)
    names = people.organization_names([collective.organization_id], on=asking.today(request))
    rows = list(lines[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.COLLECTIVE, queries.persons_in(rows), about=ref)
    context = {
        "collective": collective,
        "office": names.get(collective.organization_id, ""),
        "filed_by": people.account_labels([collective.filed_by_id]).get(collective.filed_by_id, ""),
        "total": sum(counts.values()),
        "counts": {verdict.name: counts.get(verdict.value, 0) for verdict in Verdict},
        "verdicts": _verdicts(counts),
        "progress": progress,
        "form": form,
        "columns": LINES,
        "may_help": queries.may_help(request.actor),
        "lines": [_line(row) for row in rows],
        "sheet": sheet,
    }
    return page(request, "office/collective.html", context, part="lines")


def _counts(collective: "Collective") -> tuple[dict[str, int], list[Slice]]:
    states = queries.collective_progress(collective)
    progress = [
        Slice(labels.STATE[state], states[state], shown.APPLICATION_TONE[state])
        for state in State
        if states.get(state)
    ]
    return queries.collective_counts(collective), progress


def _verdicts(counts: Any) -> list[Slice]:
    return [
        Slice(labels.VERDICT[verdict], counts.get(verdict, 0), shown.VERDICT_TONE[verdict])
        for verdict in Verdict
        if counts.get(verdict)
    ]


def _line(row: "CollectiveRow") -> Line:
    verdict = Verdict(row.verdict)
    repair = getattr(row, "repair", None)
    application = row.application or (repair and repair.application)
    state: Any = ""
    tone = Tone.PLAIN
    if application is not None:
        stands = State(application.state)
        state, tone = labels.STATE[stands], shown.APPLICATION_TONE[stands]
    elif repair is not None:
        state = labels.REPAIR_STATE[RepairState(repair.state)]
    return Line(
        place=f"{row.sheet}, {row.row}",
        name=row.name,
        verdict=labels.VERDICT[verdict],
        tone=shown.VERDICT_TONE[verdict],
        reasons=tuple(words.reason(code) for code in row.reasons),
        warnings=tuple(words.reason(code) for code in row.warnings or ()),
        application=application.ref if application is not None else "",
        state=state,
        state_tone=tone,
        is_helpable=application is not None and application.state in (State.DRAFT, State.RETURNED),
    )
