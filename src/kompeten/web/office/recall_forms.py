"""What is asked before many certificates are taken back?"""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompeten.certificates import labels
from kompeten.certificates.terms import RecallWish, WithdrawalCause
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.web.office import shown
from kompeten.web.ui.fields import PrintedText

MOST_NUMBERS = 500


class Wish(forms.Form):
    """Which certificates: every part that is filled in narrows it."""

    skema = forms.ChoiceField(label=_("Scheme"), required=False)
    sk = forms.CharField(
        label=_("Number of the decree"),
        required=False,
        max_length=80,
        help_text=_("As it is printed on the certificates."),
    )
    provinsi = forms.ChoiceField(label=_("Province"), required=False)
    dari = forms.DateField(
        label=_("Valid from, first day"), required=False, widget=forms.DateInput()
    )
    sampai = forms.DateField(
        label=_("Valid from, last day"), required=False, widget=forms.DateInput()
    )
    nomor = forms.CharField(
        label=_("Certificate numbers"),
        required=False,
        max_length=40_000,
        help_text=_("One on each line. Leave it empty to take all that meet the rest."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any, *, on: date) -> None:
        super().__init__(data)
        known = {"skema": list(shown.scheme_titles().items()), "provinsi": shown.provinces(on)}
        for name, choices in known.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *choices]

    def clean_nomor(self) -> tuple[str, ...]:
        """Return the numbers, each once, as they are printed."""
        lines = (" ".join(line.split()) for line in re.split(r"[\n;]", self.cleaned_data["nomor"]))
        numbers = tuple(dict.fromkeys(line for line in lines if line))
        if len(numbers) > MOST_NUMBERS:
            raise forms.ValidationError(
                _("These are more than 500 numbers; make two recalls of them.")
            )
        return numbers

    def clean(self) -> dict[str, Any]:
        """Refuse a wish that asks for nothing, or for days that no day lies between."""
        said = super().clean() or {}
        first, last = said.get("dari"), said.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("The last day comes before the first."))
        if not self.errors and self.wish().is_empty:
            self.add_error(None, words.reason("recall.everything"))
        return said

    def wish(self) -> RecallWish:
        """Return what is wished for."""
        said = self.cleaned_data
        return RecallWish(
            scheme=said["skema"],
            decree=" ".join(said["sk"].split()),
            province=said["provinsi"],
            first_on=said["dari"],
            last_on=said["sampai"],
            numbers=said["nomor"],
        )


class Propose(forms.Form):
    """Why, on what it rests, and which certificates the page showed."""

    sebab = forms.ChoiceField(
        label=_("Why?"),
        choices=[(cause.value, labels.WITHDRAWAL[cause]) for cause in WithdrawalCause],
    )
    catatan = PrintedText(
        label=_("On what it rests"),
        help_text=_("For example: the number of the decision. Staff and the holders see it."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    sidik = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the form."""
        for code in refusal.reasons:
            self.add_error("catatan" if code == "withdrawal.no_note" else None, words.reason(code))
