"""How is a bad line of a list mended? Field by field, as it was written, with what is wrong beside it."""

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kompeten.applications import actions, queries
from kompeten.applications.labels import FIELD, FIELD_HELP
from kompeten.applications.terms.application import RepairState
from kompeten.foundation import words
from kompeten.schemes.terms import Route
from kompeten.web.candidate import asking, labels
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.fields import CHOOSE
from kompeten.web.ui.http import go, page
from kompeten.web.ui.proposing import propose

if TYPE_CHECKING:
    from kompeten.applications.models import Repair

REQUIRED = frozenset({"nik", "name", "birth_on", "region_code", "profession", "route"})
LENGTH = 200


class Mending(forms.Form):
    """One line as it was written; the room reads it again by the rules of the list."""

    def __init__(
        self,
        written: Mapping[str, str],
        data: Mapping[str, Any] | None = None,
        *,
        wrong: Sequence[str] = (),
        routes: Sequence[Route] = (),
    ) -> None:
        super().__init__(data, initial=dict(written))
        self.leaves_out = False  # whether something is wrong that no field of the line could mend
        self.wrong = queries.fields_asked(wrong)
        choices = queries.list_words()
        for name in written:
            self.fields[name] = _field(name, choices.get(name))
        propose(self.fields.get("route"), queries.route_words(routes))

    def asked(self) -> list[forms.BoundField]:
        """Return the fields that something is wrong with; they stand on top."""
        return [bound for bound in self if bound.name in self.wrong]

    def others(self) -> list[forms.BoundField]:
        """Return the fields that may stay as they are."""
        return [bound for bound in self if bound.name not in self.wrong]

    def refuse(self, codes: tuple[str, ...]) -> None:
        """Put the reasons on the fields they are about."""
        for code in codes:
            name = next(iter(queries.fields_asked([code])), None)
            self.leaves_out = self.leaves_out or name is None
            self.add_error(name if name in self.fields else None, words.reason(code))


@require_http_methods(["GET", "POST"])
def repair(request: Request, ref: str) -> HttpResponse:
    """Show a waiting line to be mended; when it is good it becomes a draft."""
    found = _own(request, ref)
    if found.state != RepairState.WAITING:
        messages.info(request, labels.LINE_SETTLED)
        return go(request, "candidate:batch", found.line.collective.ref)
    sent = request.POST if request.method == "POST" else None
    proposed = queries.routes_proposed([found], on=asking.today(request)).get(found.pk, ())
    form = Mending(actions.as_written(found), sent, wrong=found.line.reasons, routes=proposed)
    if request.method == "POST" and form.is_valid():
        left = actions.mend(
            found, form.cleaned_data, by=request.actor, at=request.at, rng=random.SystemRandom()
        )
        if not left:
            messages.success(request, labels.LINE_MENDED)
            return go(request, f"{_batch(found)}?posisi=mend")
        form.refuse(left)
    context = {
        "form": form,
        "repair": found,
        "line": found.line,
        "reasons": [words.reason(code) for code in found.line.reasons],
    }
    status = 422 if form.errors else 200
    return page(request, "candidate/repair.html", context, part="form", status=status)


@require_POST
def drop(request: Request, ref: str) -> HttpResponse:
    """Leave a line out: it names nobody who applies."""
    found = _own(request, ref)
    actions.drop(found, by=request.actor, at=request.at)
    messages.success(request, labels.LINE_DROPPED)
    return go(request, "candidate:batch", found.line.collective.ref)


def _own(request: Request, ref: str) -> "Repair":
    """Return a line of a list that the person answers for; whoever else may see it mends nothing here."""
    found = asking.there(queries.repair(ref, request.actor))
    lists = queries.sponsored(request.actor)
    asking.there(lists.filter(pk=found.line.collective_id).first())
    return found


def _batch(found: "Repair") -> str:
    return reverse("candidate:batch", args=[found.line.collective.ref])


def _field(name: str, known: tuple[str, ...] | None) -> forms.Field:
    common: dict[str, Any] = {
        "label": FIELD.get(name, name),
        "help_text": FIELD_HELP.get(name, ""),
        "required": name in REQUIRED,
    }
    if known is not None:
        return forms.ChoiceField(
            choices=[("", CHOOSE), *((word, word) for word in known)], **common
        )
    return forms.CharField(max_length=LENGTH, **common)
