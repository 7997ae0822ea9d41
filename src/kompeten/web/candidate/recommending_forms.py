"""What do we ask of whoever asks for a recommendation? Who shall sign, and where they are reached."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompeten.applications.terms.recommending import Signatory
from kompeten.web.ui.fields import PrintedText

FEWEST_DIGITS = 8
FIELD = {
    "recommendation.no_address": "surel",
    "recommendation.own_address": "surel",
    "recommendation.no_mail": "surel",
    "recommendation.address_too_often": "surel",
    "recommendation.nobody_left": "orang",
    "recommendation.too_many_people": "orang",
}


class Asking(forms.Form):
    """Who shall sign: name, post, office, and an e-mail address or a phone number."""

    nama = PrintedText(label=_("Who shall sign?"), help_text=_("Name and title."), max_length=120)
    jabatan = PrintedText(label=_("Their post"), max_length=120)
    lembaga = PrintedText(label=_("Institution or organization"), max_length=160)
    surel = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("Best: we send them the code that confirms the signature."),
        required=False,
    )
    telepon = forms.CharField(
        label=_("Their phone number"),
        help_text=_("If they have no e-mail address, you tell them the code by phone yourself."),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def __init__(self, data: Any = None, *, mails: bool, **more: Any) -> None:
        super().__init__(data, **more)
        if not mails:  # no code would arrive; whoever asks tells it
            del self.fields["surel"]
            phone = self.fields["telepon"]
            phone.required, phone.help_text = (
                True,
                _("You pass the link on, and tell them the code."),
            )

    def clean_telepon(self) -> str:
        """Return the number, if it can be one."""
        said: str = self.cleaned_data["telepon"].strip()
        if said and len(re.sub(r"\D", "", said)) < FEWEST_DIGITS:
            raise forms.ValidationError(_("This is no phone number. Compare it once more."))
        return said

    def signatory(self) -> Signatory:
        """Return who shall sign."""
        said = self.cleaned_data
        return Signatory(
            name=said["nama"],
            post=said["jabatan"],
            office=said["lembaga"],
            email=said.get("surel", ""),
            phone=said["telepon"],
        )


class AskingForMany(Asking):
    """Who shall sign for several people of a list at once."""

    orang = forms.MultipleChoiceField(label=_("For whom?"), widget=forms.CheckboxSelectMultiple)
    field_order = ("orang",)

    def __init__(self, data: Any = None, *, mails: bool, people: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, mails=mails, initial={"orang": [ref for ref, _name in people]})
        chosen = self.fields["orang"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = list(people)
