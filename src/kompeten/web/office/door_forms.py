"""What is written down at the door of an exam? Who came, how it was seen, and what was wrong with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompeten.exams import labels
from kompeten.exams.terms import (
    IdentityCheck,
    NoPhoto,
)
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.web.office.board_forms import FEW_WORDS, REASON_MAX, usual
from kompeten.web.ui.fields import PrintedText

BACK = {
    "orang": _("Wrong person tapped"),
    "foto": _("The photo is of somebody else"),
    "pergi": _("Left again before the start"),
}
DOUBTS = {
    "wajah": _("The face does not fit the card"),
    "nama": _("The name on the card is another"),
    "foto": _("The face does not fit the photo of the application"),
}
OF_PHOTO = {
    "checkin.no_photo",
    "photo.empty",
    "photo.wrong_type",
    "photo.too_large",
    "photo.damaged",
}


class Photo(forms.FileInput):
    """A photo, taken with the phone's own camera where it has one."""

    def __init__(self) -> None:
        super().__init__({"accept": "image/*", "capture": "environment", "data-k-shoot": True})


class Ticked(forms.Form):
    """How it was seen of one or several that they are the ones who sit there."""

    cara = forms.ChoiceField(
        label=_("How was identity checked?"), widget=forms.RadioSelect, initial=IdentityCheck.CARD
    )
    tanpa = forms.ChoiceField(
        label=_("Why without a photo?"),
        choices=[("", _("Not said")), *labels.NO_PHOTO.items()],
        required=False,
    )
    alasan = PrintedText(
        label=_("Note"),
        max_length=FEW_WORDS,
        required=False,
        help_text=_("Needed when known in person (by whom?) or accepted by hand (why?)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cara"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [c for c in labels.IDENTITY.items() if self.has_photo or c[0] != "photo"]

    @property
    def has_photo(self) -> bool:
        """Whether a photo can be taken here: there is none of several people."""
        return "foto" in self.fields

    def said(self) -> dict[str, Any]:
        """Return what was noted as the action takes it."""
        without = self.cleaned_data["tanpa"]
        return {
            "way": IdentityCheck(self.cleaned_data["cara"]),
            "reason": self.cleaned_data["alasan"],
            "without": NoPhoto(without) if without else None,
        }

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the field they are about."""
        for code in refusal.reasons:
            self.add_error("foto" if code in OF_PHOTO else "alasan", words.reason(code))


class Arrival(Ticked):
    """How it was seen that a candidate is the one who sits there, with a photo or without."""

    BY_LIST, BY_SEARCH = "urut", "cari"

    foto = forms.FileField(label=_("Photo"), required=False, allow_empty_file=True, widget=Photo)
    lalu = forms.ChoiceField(
        label=_("And then?"),
        choices=[(BY_SEARCH, _("Search again")), (BY_LIST, _("Next by name"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def said(self) -> dict[str, Any]:
        """Return what was noted as the action takes it."""
        photo = self.cleaned_data["foto"]
        return super().said() | {"photo": photo.read() if photo is not None else None}

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the field they are about.

        A photo once chosen is not sent back by the browser, so it is asked for again.
        """
        super().refuse(refusal)
        if self.cleaned_data.get("foto") is not None and "foto" not in self.errors:
            self.add_error("foto", _("Please take the photo once more."))


class Pressed(forms.Form):
    """A button, and nothing to fill in."""


class TakenBack(forms.Form):
    """Why a check-in does not stand: one of the usual causes, or a few words."""

    mengapa = PrintedText(
        label=_("Why does it not stand?"), max_length=FEW_WORDS, help_text=_("A few words will do.")
    )

    def reason(self) -> str:
        """Return the cause in words."""
        return usual(self.cleaned_data["mengapa"], BACK)


class Doubtful(forms.Form):
    """What does not fit: one of the usual causes, or a few words."""

    ragu = PrintedText(
        label=_("What does not fit?"), max_length=REASON_MAX, help_text=_("A few words will do.")
    )

    def note(self) -> str:
        """Return the cause in words."""
        return usual(self.cleaned_data["ragu"], DOUBTS)
