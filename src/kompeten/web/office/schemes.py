"""What do the schemes in force say, and which of their values has no source yet? Read only."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kompeten.schemes import labels, queries
from kompeten.schemes.terms import VersionRow, VersionState
from kompeten.web.office import asking, nav, scheme_page
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Tone

TONE = {
    VersionState.DRAFT: Tone.PLAIN,
    VersionState.PUBLISHED: Tone.GOOD,
    VersionState.RETIRED: Tone.PLAIN,
}

nav.offer(
    nav.Place(label=_("Schemes"), route="office:schemes", icon="academic-cap", order=200),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A version as the list shows it."""

    row: VersionRow
    title: str
    short: str
    routes: int
    doubts: int


@require_safe
def index(request: Request) -> HttpResponse:
    """List the versions that can be applied for today."""
    rows = queries.in_force(on=asking.today(request))
    said = queries.contents(row.id for row in rows)
    cards = [
        Card(
            row=row,
            title=labels.local(said[row.id].title),
            short=said[row.id].short,
            routes=len(said[row.id].routes),
            doubts=len(said[row.id].unverified),
        )
        for row in rows
    ]
    return page(request, "office/schemes.html", {"cards": cards})


@require_safe
def detail(request: Request, ref: str) -> HttpResponse:
    """Show one version whole, with each value that has no source marked."""
    row = asking.there(queries.row(ref))
    said = queries.content(row.id)
    context: dict[str, Any] = {
        "row": row,
        "state": labels.STATE[row.state],
        "tone": TONE[row.state],
        "said": said,
        "title": labels.local(said.title),
        "doubted": [
            (labels.path(found.path), labels.local(found.why))
            for found in queries.unverified_in(said)
        ],
        **scheme_page.context(said),
    }
    return page(request, "office/schemes_version.html", context)
