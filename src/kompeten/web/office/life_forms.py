"""What is asked before a certificate in force is suspended, withdrawn or put right?"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy

from kompeten.certificates import labels
from kompeten.certificates.terms import BODY_ZONE, SuspensionCause, WithdrawalCause
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.web.ui.fields import PrintedText

NOTE_MAX = 400
LATEST = date(2999, 12, 31)  # later days have no midnight after them that every calendar knows


class Act(forms.Form):
    """One thing that may be done; a refusal is shown on the form it belongs to."""

    field_of: Mapping[str, str] = {}

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons where they can be mended."""
        for code in refusal.reasons:
            self.add_error(self.field_of.get(code), words.reason(code))


def _note(label: Any, help_text: Any) -> forms.CharField:
    return PrintedText(
        label=label,
        help_text=help_text,
        max_length=NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class _Until(Act):
    sampai = forms.DateField(
        label=gettext_lazy("Last day of the suspension"),
        help_text=gettext_lazy("After it the certificate holds again by itself."),
        widget=forms.DateInput(),
        validators=[MaxValueValidator(LATEST)],
    )
    field_of = {"suspension.ends_early": "sampai", "suspension.too_long": "sampai"}

    def ends_at(self) -> datetime:
        """Return the instant after the last day, where the body sits."""
        after = self.cleaned_data["sampai"] + timedelta(days=1)
        return datetime.combine(after, time.min, BODY_ZONE)


class Suspend(_Until):
    """Why, until when, and on what it rests."""

    sebab = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[(cause.value, labels.SUSPENSION[cause]) for cause in SuspensionCause],
    )
    catatan = _note(
        gettext_lazy("On what it rests"),
        gettext_lazy("For staff and the holder; the public page shows only that it is suspended."),
    )
    field_order = ("sebab", "sampai", "catatan")


class Extend(_Until):
    """Until when instead."""


class Withdraw(Act):
    """Why, and on what it rests."""

    sebab = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[(cause.value, labels.WITHDRAWAL[cause]) for cause in WithdrawalCause],
    )
    catatan = _note(
        gettext_lazy("On what it rests"),
        gettext_lazy("For example: the number of the decision. Staff and the holder see it."),
    )


class Anew(Act):
    """Why a certificate is issued in the place of this one."""

    dasar = _note(
        gettext_lazy("Why another one is issued"),
        gettext_lazy("It stands in the history. For example: name as on the identity card."),
    )


FORMS: dict[str, type[Act]] = {
    "bekukan": Suspend,
    "perpanjang": Extend,
    "angkat": Act,
    "cabut": Withdraw,
    "perbaiki": Anew,
    "pulihkan": Anew,
}
