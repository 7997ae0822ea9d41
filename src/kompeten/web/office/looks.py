"""What do second looks come to, and which of two reviews that differ holds?"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.verification import actions, labels, queries
from kompeten.verification.terms import Disagreement, Topic
from kompeten.web.office import asking, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.review_page import Round, ended_as
from kompeten.web.office.verification import READERS, tabs
from kompeten.web.office.verification_desk_forms import Settling
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

SETTLERS = queries.SETTLERS
SEES_BOTH = (READERS | SETTLERS) - {Role.VERIFIER}
DAYS = 90


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviews that differ, as the head reads them."""

    row: Disagreement
    scheme: str
    age: str
    first: Round
    second: Round
    verifiers: tuple[str, str]
    about: tuple[Any, ...]
    form: Settling


@require_safe
@asking.only(READERS | SETTLERS)
def index(request: Request) -> HttpResponse:
    """Show the figures to all who read reviews, and the pairs to those who verify nothing themselves."""
    return page(request, "office/verification_looks.html", _context(request))


@require_POST
@asking.only(SETTLERS)
def settle(request: Request, ref: str) -> HttpResponse:
    """Let one of both hold; the applicant hears at once."""
    second = asking.there(queries.seen(ref, request.actor))
    form = Settling(request.POST, ref=ref)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.settle(
                second,
                first_holds=said["berlaku"] == "pertama",
                why=said["alasan"],
                by=request.actor,
                at=request.at,
            )
        except StepRefused as refusal:
            if "look.why_missing" not in refusal.reasons:
                raise
            form.refuse(refusal)
        else:
            messages.success(request, _("Settled. The applicant hears of it now."))
            return go(request, "office:looks")
    context = _context(request, wrong=form)
    return page(request, "office/verification_looks.html", context, status=422)


def _context(request: Request, *, wrong: Settling | None = None) -> dict[str, Any]:
    options = settings.OPTIONS
    return {
        "came": queries.looks(since=request.at - timedelta(days=DAYS)),
        "days": DAYS,
        "percent": options.second_look_percent,
        "hours": options.second_look_hours,
        "pairs": _pairs(request, wrong),
        "sees_both": _sees_both(request),
        "settles": request.actor.may(SETTLERS),
        "reads_files": request.actor.may(READERS),
        "tabs": tabs("office:looks") if request.actor.may(READERS) else [],
    }


def _sees_both(request: Request) -> bool:
    """Say whether somebody reads both findings: looks are blind, so whoever verifies does not."""
    return request.actor.may(SEES_BOTH) and not request.actor.may(frozenset({Role.VERIFIER}))


def _pairs(request: Request, wrong: Settling | None) -> list[Pair]:
    if not _sees_both(request):
        return []
    rows, titles = queries.disagreements(asking.language()), shown.scheme_titles()
    note_list(request, Roll.QUEUE, (row.person_id for row in rows))
    names = people.account_labels(key for row in rows for key in row.verifiers)
    return [
        Pair(
            row=row,
            scheme=titles.get(row.scheme_code, row.scheme_code),
            age=shown.age(row.submitted_at, at=request.at),
            first=ended_as(row.answers[0]),
            second=ended_as(row.answers[1]),
            verifiers=(names.get(row.verifiers[0], ""), names.get(row.verifiers[1], "")),
            about=tuple(labels.TOPIC[Topic(a)] if a in set(Topic) else a for a in row.about),
            form=wrong if wrong and wrong.ref == row.ref else Settling(ref=row.ref),
        )
        for row in rows
    ]
