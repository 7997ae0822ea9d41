"""What is asked about a breach of personal data? The three things that the law wants told, and who was told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people.terms import Disclosure

MOMENT = {"type": "datetime-local"}


class Refusing(forms.Form):
    """A form that shows why a step was refused."""

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the form.

        :raises StepRefused: no other words would mend it
        """
        if not all(code.startswith("breach.") for code in refusal.reasons):
            raise refusal
        for code in refusal.reasons:
            self.add_error(None, words.reason(code))


class Noted(Refusing):
    """What is known of a breach; the letters to those concerned say it in these words."""

    judul = forms.CharField(
        label=_("In a few words"),
        help_text=_("For the register; nobody outside reads it."),
        max_length=120,
    )
    diketahui = forms.DateTimeField(
        label=_("Noticed"),
        help_text=_("Day and hour. From here the 3 × 24 hours run."),
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"),
    )
    isi = forms.CharField(
        label=_("Which personal data was disclosed?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kejadian = forms.CharField(
        label=_("When and how was it disclosed?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tindakan = forms.CharField(
        label=_("What is done about it, and for its repair?"),
        help_text=_(
            "Write so that those concerned understand it: these words stand in their letter."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["judul"], self.fields["diketahui"]

    def disclosure(self) -> Disclosure:
        """Return the three things that the law wants told."""
        said = self.cleaned_data
        return Disclosure(said["isi"], said["kejadian"], said["tindakan"])


class Named(Refusing):
    """Whom the breach concerns."""

    rujukan = forms.CharField(
        label=_("References"),
        help_text=_("Of applications or persons, one a line or apart by commas."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    semua = forms.BooleanField(label=_("Everybody whose data is kept"), required=False)


class Told(Refusing):
    """When the authority was told, and under which number."""

    pada = forms.DateTimeField(
        label=_("Told at"), widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
    )
    nomor = forms.CharField(label=_("Number of the letter or receipt"), max_length=80)


class Closing(Refusing):
    """What is noted when all is done."""

    catatan = forms.CharField(
        label=_("Note"),
        help_text=_("Needed if nobody is named: why nobody's data was disclosed."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
