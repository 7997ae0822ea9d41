"""Whose is a NIK that two people state? The office compares cards, decides and says on what it relied."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.applications import queries as applications
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import actions, labels, queries
from kompeten.people.terms import SETTLERS, ClaimRow, ClaimState, Roll
from kompeten.web.office import asking, people, stories
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tone

TONE = {
    ClaimState.OPEN: Tone.WAIT,
    ClaimState.GRANTED: Tone.GOOD,
    ClaimState.DECLINED: Tone.PLAIN,
    ClaimState.LAPSED: Tone.PLAIN,
}
SETTLE = {"pemohon": actions.grant_claim, "pemegang": actions.decline_claim}

stories.offer(
    labels.EVENT,
    tell={
        "nik_claim.granted": lambda facts: str(facts["reason"]),
        "nik_claim.declined": lambda facts: str(facts["reason"]),
    },
)


class Settle(forms.Form):
    """Whose the NIK is, and on what the office relies."""

    milik = forms.ChoiceField(
        label=gettext_lazy("Whose is the NIK?"),
        choices=[
            ("pemohon", gettext_lazy("Theirs who claim it; who holds it states their own anew.")),
            ("pemegang", gettext_lazy("Theirs who hold it; nothing changes.")),
        ],
        widget=forms.RadioSelect,
    )
    alasan = forms.CharField(
        label=gettext_lazy("On what do you rely?"),
        help_text=gettext_lazy(
            "For example: identity card shown at the office, compared with the scan. It stays on "
            "record; leave the number out."
        ),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the form.

        :raises StepRefused: no other words would mend it
        """
        if not all(code.startswith("claim.") for code in refusal.reasons):
            raise refusal
        for code in refusal.reasons:
            self.add_error(None if code == "claim.own" else "alasan", words.reason(code))


@dataclass(frozen=True, slots=True)
class Line:
    """A dispute as its list shows it."""

    ref: str
    claimant: str
    holder: str
    ends: str
    since: datetime


@require_safe
@asking.only(SETTLERS)
def index(request: Request) -> HttpResponse:
    """List the disputes that wait, the oldest first."""
    found = queries.claims(request.actor)
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = queries.claim_rows(found[start : start + asking.PAGE_SIZE])
    sides = {key for row in rows for key in (row.claimant_id, row.holder_id) if key is not None}
    note_list(request, Roll.IDENTITY, sides)
    context = {
        "lines": [Line(r.ref, r.claimant, r.holder, r.ends, r.opened_at) for r in rows],
        "columns": [_("Claimed by"), _("Held by"), _("Last digits of the NIK"), _("Since")],
        "sheet": sheet,
        "tabs": people.tabs(request, "office:nik_claims"),
    }
    return page(request, "office/nik_claims.html", context)


@require_http_methods(["GET", "POST"])
@asking.only(SETTLERS)
def claim(request: Request, ref: str) -> HttpResponse:
    """Show one dispute with the files of both, and settle it."""
    found = asking.there(queries.claim(ref, request.actor))
    form = Settle(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        settle = SETTLE[form.cleaned_data["milik"]]
        try:
            settle(found, reason=form.cleaned_data["alasan"], by=request.actor, at=request.at)
        except StepRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Settled. Who claimed the NIK sees it on their own page."))
            return go(request, "office:nik_claims")
    (row,) = queries.claim_rows(queries.claims(request.actor, open_only=False).filter(ref=ref))
    context = {
        "row": row,
        "word": labels.CLAIM_STATE[row.state],
        "tone": TONE[row.state],
        "is_open": row.state is ClaimState.OPEN,
        "sides": _sides(row),
        "form": form,
        "story": stories.of("nik_claim", found.pk),
    }
    status = 422 if form.errors else 200
    return page(request, "office/nik_claim.html", context, part="form", status=status)


def _sides(row: ClaimRow) -> list[dict[str, Any]]:
    """Return who claims and who holds, each with their files. One query."""
    both = [
        (_("Claims it"), row.claimant_id, row.claimant),
        (_("Holds it"), row.holder_id, row.holder),
    ]
    files = applications.refs_of(key for _label, key, _name in both if key is not None)
    return [
        {"label": label, "name": name, "files": files.get(key, [])}
        for label, key, name in both
        if key is not None
    ]
