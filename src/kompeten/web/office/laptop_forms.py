"""What is asked about laptops at sites? A card, for which one to pack, how to print, what came back."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.node.terms import CardOrder

MOST_CARD = 4_096  # bytes; a card has some 300
PARCEL_MB = 64  # some twenty times what two hundred phones send in an exam
LONGEST_ADDRESS = 60  # what still stands on one line of a card
ORDER = {CardOrder.NAME: _("By name"), CardOrder.CODE: _("By seat code")}


class CardBrought(forms.Form):
    """The card of a laptop, as its file or as its text."""

    berkas = forms.FileField(
        label=_("The card as a file"),
        help_text=_("The laptop calls it kartu.json."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.txt"}),
    )
    teks = forms.CharField(
        label=_("Or its text"),
        help_text=_("All of it, from the first brace to the last."),
        required=False,
        max_length=MOST_CARD,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocapitalize": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        said = super().clean() or {}
        file = said.get("berkas")
        if file is not None and file.size > MOST_CARD:
            self.add_error("berkas", words.reason("card.shape"))
        if not self.errors and not file and not said.get("teks"):
            self.add_error("berkas", _("Choose the file, or paste the text of the card."))
        return said

    def content(self) -> bytes:
        """Return what was brought."""
        file = self.cleaned_data["berkas"]
        if file:
            content: bytes = file.read()
            return content
        return str(self.cleaned_data["teks"]).encode()

    def refuse(self, *codes: str) -> None:
        """Say on the field it is about why no laptop was registered."""
        for code in codes:
            self.add_error("berkas" if self.cleaned_data["berkas"] else "teks", words.reason(code))


class Packed(forms.Form):
    """For which laptop; `sudah` is the newest parcel that stood on the page when somebody pressed.

    The laptop that has the sitting already stands chosen, or the only one there is; among several
    a person chooses, since a paper at a second laptop is a second paper to look after.
    """

    laptop = forms.ChoiceField(label=_("For which laptop?"))
    sudah = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def __init__(
        self, data: Any, *, laptops: Sequence[tuple[str, str]], newest: str, before: str = ""
    ) -> None:
        known = before in dict(laptops)
        super().__init__(data, initial={"sudah": newest, "laptop": before if known else ""})
        field = self.fields["laptop"]
        assert isinstance(field, forms.ChoiceField)
        chosen = known or len(laptops) == 1
        field.choices = [*([] if chosen else [("", _("Choose a laptop"))]), *laptops]

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the form.

        :raises StepRefused: the role is gone
        """
        if "role.not_held" in refusal.reasons:
            raise refusal
        for code in refusal.reasons:
            self.add_error("laptop", words.reason(code))


class Printed(forms.Form):
    """In which order cards are printed, and the address of the room where it is known."""

    urutan = forms.ChoiceField(label=_("In which order?"), choices=list(ORDER.items()))
    alamat = forms.CharField(
        label=_("Address in the room"),
        help_text=_(
            "The laptop shows it when it starts, such as http://192.168.1.10:8000. With it each card"
            " has a QR code. Left empty, the cards point to the screen in the room."
        ),
        required=False,
        max_length=LONGEST_ADDRESS,
    )

    def clean_alamat(self) -> str:
        """Return the address as phones open it.

        :raises ValidationError: no phone could open it
        """
        said = str(self.cleaned_data["alamat"]).strip()
        if not said:
            return ""
        address = said if "://" in said else f"http://{said}"
        try:
            parts = urlsplit(address)
            fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            fits = False
        plain = address.isascii() and not set(address) & set(" \\\"'<>{}|^`@?#")
        if not fits or not plain or parts.path.strip("/"):
            raise forms.ValidationError(
                _("This is no address. Copy it as it stands on the laptop's screen.")
            )
        return address.rstrip("/")


class ParcelBrought(forms.Form):
    """A parcel that came back."""

    berkas = forms.FileField(
        label=_("The file from the laptop"),
        help_text=_("It ends in .parsel. At most 64 MB; the same file twice does no harm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".parsel"}),
        error_messages={"empty": _("This file is empty. Copy it again.")},
    )

    def content(self) -> bytes:
        """Return what was brought; until now it lay on the disk."""
        file: UploadedFile[Any] = self.cleaned_data["berkas"]
        return bytes(file.read())

    def refuse(self, code: str) -> None:
        """Say why nothing was taken in."""
        self.add_error("berkas", words.reason(code))
