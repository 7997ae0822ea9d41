"""What do item writers send? A file of cases, what is to become of items, and what a form is to be."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.itembank import labels
from kompeten.itembank.terms import ItemState

LARGEST = 5_000_000  # bytes; the room refuses more
SEED_MOST = 2**32


class Upload(forms.Form):
    """A file of cases and items."""

    berkas = forms.FileField(
        label=_("File"),
        help_text=_("GIFT text (.gift, .txt) or our Excel sheet (.xlsx), at most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".gift,.txt,.xlsx"}),
        error_messages={"empty": labels.REASON["itemfile.no_items"]},
    )

    def clean_berkas(self) -> UploadedFile[Any]:
        """Refuse what is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["berkas"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(words.reason("itemfile.too_large"))
        return file


class Shelf(forms.Form):
    """Which cases to look at."""

    cari = forms.CharField(label=_("Code or words"), required=False, max_length=80)
    keadaan = forms.ChoiceField(
        label=_("With items that are"),
        required=False,
        choices=[
            ("", _("All")),
            *((s.value, labels.ITEM_STATE[s]) for s in ItemState if s is not ItemState.RETIRED),
        ],
    )


class Verdict(forms.Form):
    """What is said of items that are sent back or taken out of use."""

    catatan = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def note(self) -> str:
        """Return the note, or an empty text and a complaint: its writer needs to know why."""
        said = str(self.cleaned_data.get("catatan", "")).strip() if self.is_valid() else ""
        if not said and "catatan" not in self.errors:
            self.add_error("catatan", _("Say why, so that the writer knows what to do."))
        return said


class Assemble(forms.Form):
    """A form to be put together; `benih` is drawn when the page is made, so that a second click is known."""

    judul = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("So that you find it again: Form A, March.")
    )
    skema = forms.ChoiceField(label=_("Blueprint of the scheme"))
    benih = forms.IntegerField(min_value=0, max_value=SEED_MOST, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, schemes: Sequence[tuple[str, str]], seed: int) -> None:
        super().__init__(data, initial={"benih": seed})
        field = self.fields["skema"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(schemes)
