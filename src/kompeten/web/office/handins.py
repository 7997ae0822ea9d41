"""How does the office take answers in that came without a line? By camera, code or file, with a receipt."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kompeten.exams import queries
from kompeten.exams.actions import handins
from kompeten.exams.terms import TAKERS
from kompeten.exams.terms.byhand import TakenIn
from kompeten.exams.terms.vault import Unreadable, Via
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.web.office import asking, nav
from kompeten.web.office.asking import Request
from kompeten.web.ui.brought import Brought, Receipt
from kompeten.web.ui.http import page
from kompeten.web.ui.listed import note_list

nav.offer(
    nav.Place(
        label=gettext_lazy("Take in answers"),
        route="office:handins",
        icon="inbox-arrow-down",
        order=52,
        roles=TAKERS,
    ),
)


@require_http_methods(["GET", "POST"])
@asking.only(TAKERS)
def take_in(request: Request) -> HttpResponse:
    """Take answers in, and show the receipt for the candidate to photograph."""
    form, receipt = Brought(), None
    if request.method == "POST":
        form = Brought(request.POST, request.FILES)
        receipt = _receipt(request, form) if form.is_valid() else None
    context = {"form": form, "receipt": receipt}
    return page(request, "office/handins.html", context, status=422 if form.errors else 200)


def _receipt(request: Request, form: Brought) -> Receipt | None:
    via = Via.QR if form.cleaned_data["lewat"] else None
    try:
        taken = handins.receive(form.sent(), by=request.actor, via=via, at=request.at)
    except Unreadable as problem:
        form.refuse(problem.code)
        return None
    name = _name(request, taken)
    return Receipt(taken.words, taken.answered, taken.received, taken.receipts, name, taken.owed)


def _name(request: Request, taken: TakenIn) -> str:
    """Return whose answers they are, to whoever may see that; else the number of the attempt."""
    entry = queries.entry(taken.attempt, request.actor)
    if entry is None:
        return taken.attempt
    note_list(request, Roll.SITTING, [entry.person_id])
    return str(people.persons([entry.person_id])[entry.person_id].full_name)
