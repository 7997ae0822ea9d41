"""Which files on the desk are equal cases, and how are they answered together?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people.terms import Roll
from kompeten.verification import actions, queries
from kompeten.verification.terms import State
from kompeten.web.office import asking, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.verification import VERIFIERS, tabs
from kompeten.web.office.verification_desk_forms import Together
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list

if TYPE_CHECKING:
    from kompeten.verification.models import Review

TEMPLATE = "office/verification_alike.html"


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one list, scheme and route; `shared` are documents put in as the same file by several."""

    key: str
    scheme: str
    route: Any
    list_ref: str
    reviews: "Sequence[Review]"
    shared: tuple[tuple[str, int], ...]
    form: Together


@require_http_methods(["GET", "POST"])
@asking.only(VERIFIERS)
def index(request: Request) -> HttpResponse:
    """Show what lies on the desk in groups of equal cases, and answer one group with one act."""
    key = request.POST.get("kelompok", "")
    groups = _groups(request, key)
    if request.method == "POST":
        group = asking.there(next((g for g in groups if g.key == key), None))
        if group.form.is_valid():
            return _answer(request, group, groups)
    return _page(request, groups, status=422 if request.method == "POST" else 200)


def _answer(request: Request, group: Group, groups: list[Group]) -> HttpResponse:
    said, ticked = group.form.cleaned_data, set(request.POST.getlist("berkas"))
    chosen = [r for r in group.reviews if r.ref in ticked]
    try:
        ended = actions.answer_alike(
            chosen,
            finding=group.form.finding(),
            rest_in_order=said["sisanya"],
            by=request.actor,
            at=request.at,
        )
    except StepRefused as refusal:
        for code in refusal.reasons:
            group.form.add_error(None, words.reason(code))
        return _page(request, groups, status=422)
    messages.success(request, _told(ended, len(chosen)))
    return go(request, "office:alike")


def _told(ended: State, count: int) -> str:
    if ended is State.ELIGIBLE:
        said = ngettext("%(n)d application passed.", "%(n)d applications passed.", count)
    else:
        said = ngettext("%(n)d application returned.", "%(n)d applications returned.", count)
    return said % {"n": count}


def _page(request: Request, groups: list[Group], *, status: int) -> HttpResponse:
    context = {"groups": groups, "tabs": tabs("office:verification")}
    return page(request, TEMPLATE, context, status=status)


def _groups(request: Request, bound: str) -> list[Group]:
    """Return the groups of two files and more. Four queries, whatever lies on the desk."""
    held: dict[str, list[Review]] = {}
    for review in queries.desk(request.actor).select_related("application__person"):
        a = review.application
        held.setdefault(f"{a.collective_id or 0}-{a.scheme_version_id}-{a.route}", []).append(
            review
        )
    alike = {key: found for key, found in held.items() if len(found) > 1}
    together = [review for found in alike.values() for review in found]
    note_list(request, Roll.QUEUE, (r.application.person_id for r in together))
    titles, listed = shown.scheme_titles(), queries.reasons()
    lists = queries.lists_of(together)
    groups = []
    for key, found in alike.items():
        application, kinds = (
            found[0].application,
            queries.kinds(found[0], language=asking.language()),
        )
        groups.append(
            Group(
                key=key,
                scheme=titles.get(application.scheme_code, application.scheme_code),
                route=shown.route(application.route),
                list_ref=lists.get(application.collective_id or 0, ""),
                reviews=found,
                shared=_shared(found, dict(kinds)),
                form=Together(
                    request.POST if key == bound else None, documents=kinds, reasons=listed
                ),
            )
        )
    return groups


def _shared(found: "list[Review]", titles: dict[str, str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(pair for review in found for pair in review.files.items())
    return tuple((titles.get(code, code), n) for (code, _sha), n in counts.items() if n > 1)
