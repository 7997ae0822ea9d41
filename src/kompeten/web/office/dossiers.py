"""What was written in one portfolio, who reads it, and what did they make of it?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompeten.portfolios import actions, labels, queries
from kompeten.portfolios.terms import WRITABLE, OtherReading, ReadingState
from kompeten.schemes import queries as schemes
from kompeten.web.office import asking, shown, stories
from kompeten.web.office.asking import Request
from kompeten.web.office.matrix import Matrix, side_by_side
from kompeten.web.office.portfolios import ASSIGNERS, READERS, READING_TONE, TONE
from kompeten.web.office.reading_page import pages
from kompeten.web.ui.http import go, page
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.portfolios.models import Dossier


@dataclass(frozen=True, slots=True)
class Reader:
    """One reading as the office sees it; `share` is in percent, None until all are in."""

    reading: OtherReading
    state: Any
    tone: Tone
    share: int | None
    verdict: str


@require_safe
@asking.only(READERS)
def dossier(request: Request, ref: str) -> HttpResponse:
    """Show one portfolio: what was written, who reads it, what they made of it."""
    found = asking.there(queries.own(ref, request.actor))
    row = queries.dossier_rows(queries.visible(request.actor).filter(pk=found.pk))[0]
    given = queries.readings_of(found, request.actor)
    sealed = queries.assessment(found)
    view = queries.view(found, language=asking.language())
    context = {
        "dossier": found,
        "row": row,
        "scheme": shown.scheme_titles().get(row.scheme_code, row.scheme_code),
        "region": shown.region(row.region_code),
        "state": labels.DOSSIER_STATE[row.state],
        "tone": TONE[row.state],
        "view": view,
        "pages": pages(view),
        "written": row.state not in WRITABLE,
        "readers": [_reader(one) for one in given],
        "marks": _side_by_side(found, given),
        "sealed": sealed,
        "sealed_share": _percent(sealed.points, sealed.out_of) if sealed else None,
        "releases": request.actor.may(ASSIGNERS)
        and any(one.state == ReadingState.OPEN for one in given),
        "story": stories.of("dossier", found.pk),
    }
    return page(request, "office/portfolio.html", context)


@require_POST
@asking.only(ASSIGNERS)
def release(request: Request, ref: str) -> HttpResponse:
    """Take one open reading from its assessor, so that another can be drawn."""
    found = asking.there(queries.own(ref, request.actor))
    wanted = request.POST.get("bacaan", "")
    taken = [one for one in queries.open_of(found, request.actor) if one.ref == wanted]
    if not taken:
        messages.info(request, _("That reading is not open any more."))
        return go(request, "office:portfolio", ref)
    actions.release(taken, by=request.actor, at=request.at)
    messages.success(request, _("The reading was taken back. Now draw another reader."))
    return go(request, "office:portfolio", ref)


def _reader(one: OtherReading) -> Reader:
    return Reader(
        reading=one,
        state=labels.READING_STATE[one.state],
        tone=READING_TONE[one.state],
        share=_percent(one.points, one.out_of),
        verdict={True: "K", False: "BK", None: ""}[one.competent],
    )


def _percent(points: int | None, out_of: int | None) -> int | None:
    return None if points is None or not out_of else points * 100 // out_of


def _side_by_side(dossier: "Dossier", given: list[OtherReading]) -> Matrix | None:
    content, language = schemes.content(dossier.scheme_version_id), asking.language()
    items = content.instruments.self_description.items
    return side_by_side(
        given,
        [(item.code, item.prompt.of(language)) for item in items],
        over=content.portfolio.raters.third_over,
        blank=labels.BLANK,
    )
