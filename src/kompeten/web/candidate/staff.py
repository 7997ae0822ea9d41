"""Whose certificates does an office watch, and what is each worth today?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.limits import too_often, was_too_often
from kompeten.foundation.lookups import MISSES, MISSES_SECONDS
from kompeten.notices import actions, queries
from kompeten.notices.labels.watching import GROUP
from kompeten.notices.terms import Group, StaffRow
from kompeten.people import queries as people
from kompeten.register.labels import STATUS
from kompeten.register.terms import Status
from kompeten.web.candidate import asking, fate
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.problems import too_many
from kompeten.web.ui.shapes import Column, Tab, Tone

if TYPE_CHECKING:
    from datetime import date

PAGE_SIZE = 25
GROUPS = {group.value: group for group in Group}
SOON_DAYS = 183


class Adding(forms.Form):
    """A certificate by its number, and for which office it is watched."""

    kantor = forms.TypedChoiceField(label=gettext_lazy("For which office"), coerce=int)
    nomor = forms.CharField(
        label=gettext_lazy("Number of the certificate"),
        help_text=gettext_lazy("As it is printed, of somebody who did not come through you."),
        max_length=80,
    )

    def __init__(self, *args: Any, offices: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, offices)


@dataclass(frozen=True, slots=True)
class Line:
    """One certificate as the list shows it; `left` says how long it still holds, where that matters."""

    ref: str
    number: str
    name: str
    title: str
    word: Any
    tone: Tone
    valid_until: "date | None"
    left: str
    is_added: bool


@require_safe
def staff(request: Request) -> HttpResponse:
    """List the certificates of an office's people, the next to end first."""
    return show(request)


@require_POST
def add(request: Request) -> HttpResponse:
    """Watch one more certificate; numbers follow one another, so wrong ones are counted."""
    misses = f"miss/account/{request.actor.account}"
    if was_too_often(misses, most=MISSES):
        return too_many(request)
    form = Adding(request.POST, offices=offices(request))
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.add(said["kantor"], number=said["nomor"], by=request.actor, at=request.at)
        except StepRefused as refusal:
            if "watch.no_number" in refusal.reasons:
                too_often(misses, most=MISSES, seconds=MISSES_SECONDS)
            asking.refuse(form, refusal, {"watch.no_number": "nomor"})
        else:
            messages.success(request, _("You watch this certificate now."))
            return go(request, "candidate:staff")
    return show(request, form=form)


@require_POST
def remove(request: Request, ref: str) -> HttpResponse:
    """Watch a certificate no longer that was added; a second click finds it out."""
    offices(request)
    actions.remove(ref, by=request.actor)
    messages.success(request, _("You do not watch this certificate any more."))
    return go(request, "candidate:staff")


def show(request: Request, *, form: Adding | None = None) -> HttpResponse:
    """Show the list; `form` is a number that was not taken."""
    mine, on = offices(request), asking.today(request)
    # No name holds a NUL, and not every database takes one in a question.
    wanted = request.GET.get("cari", "").replace("\0", "").strip()[:80]
    group = GROUPS.get(request.GET.get("kelompok", ""), Group.ALL)
    everybody = queries.staff(request.actor)
    found = queries.sought(everybody, text=wanted, group=group, on=on)
    counts = queries.counts(queries.sought(everybody, text=wanted, group=Group.ALL, on=on), on=on)
    shown = Paginator(range(counts[group]), PAGE_SIZE).get_page(request.GET.get("halaman"))
    first = max(shown.start_index() - 1, 0)
    rows = queries.staff_rows(found[first : first + PAGE_SIZE], request.actor, on=on)
    context = {
        "offices": ", ".join(mine.values()),
        "places": places(request),
        "wanted": wanted,
        "group": group.value,
        "tabs": _tabs(request, counts, group, wanted),
        "columns": [Column(_("Person")), Column(_("Certificate")), Column(_("Today")), Column("")],
        "lines": [_line(row) for row in rows],
        "page": shown,
        "adding": form or Adding(offices=mine),
    }
    status = 422 if form is not None else 200
    return page(request, "candidate/staff.html", context, part="people", status=status)


def places(request: Request) -> list[Tab]:
    """Return the pages of an office, as tabs."""
    leads = (
        (_("Lists"), "candidate:collectives"),
        (_("Help somebody"), "candidate:help_people"),
        (_("Our people"), "candidate:staff"),
        (_("Status messages"), "candidate:watches"),
    )
    return [Tab(label, reverse(name), reverse(name) == request.path) for label, name in leads]


def offices(request: Request) -> dict[int, str]:
    """Return the offices the person is sponsor of, by key.

    :raises PermissionDenied: of none, or no longer
    """
    keys = queries.offices(request.actor)
    if not keys:
        raise PermissionDenied
    return people.organization_names(keys, on=asking.today(request))


def offer(form: forms.Form, offices: dict[int, str]) -> None:
    """Let a form ask for one of the offices; where there is one only, it does not ask."""
    choice = form.fields["kantor"]
    assert isinstance(choice, forms.ChoiceField)
    choice.choices = list(offices.items())
    if len(offices) == 1:
        choice.widget = forms.HiddenInput()
        choice.initial = next(iter(offices))


def _tabs(request: Request, counts: dict[Group, int], now: Group, wanted: str) -> list[Tab]:
    def lead(group: Group) -> str:
        kept = {"kelompok": "" if group is Group.ALL else group.value, "cari": wanted}
        query = urlencode({name: said for name, said in kept.items() if said})
        return f"{reverse('candidate:staff')}?{query}" if query else reverse("candidate:staff")

    return [Tab(GROUP[group], lead(group), group is now, counts[group]) for group in Group]


def _line(row: StaffRow) -> Line:
    is_near = row.status is Status.VALID and row.days_left <= SOON_DAYS
    return Line(
        ref=row.ref,
        number=row.number,
        name=row.name,
        title=row.title,
        word=STATUS[row.status],
        tone=Tone.WAIT if is_near else fate.TONE[row.status],
        # One that holds no more has no last day to hope for.
        valid_until=None if row.status in (Status.WITHDRAWN, Status.REPLACED) else row.valid_until,
        left=_left(row) if row.status in (Status.VALID, Status.SUSPENDED) else "",
        is_added=row.is_added,
    )


def _left(row: StaffRow) -> str:
    said = ngettext("%(n)s day left", "%(n)s days left", row.days_left)
    return said % {"n": number_format(row.days_left)} if row.days_left > 0 else _("last day today")
