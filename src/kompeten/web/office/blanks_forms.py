"""What is written when sheets come, are printed on, or are spoiled?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.certificates.terms import Range
from kompeten.web.ui.fields import PrintedText

SERIAL = r"^(?P<prefix>[A-Z0-9./ -]*?)(?P<number>\d{1,12})$"


class Serial(forms.RegexField):
    """A number as it stands on a sheet: signs in front, if any, and digits at the end."""

    def __init__(self, **options: Any) -> None:
        super().__init__(SERIAL, max_length=32, strip=True, **options)

    def to_python(self, value: Any) -> str:
        """Return the number in capitals, as sheets bear it."""
        return str(super().to_python(value)).upper()


class Receive(forms.Form):
    """The first and the last number of a delivery, as they stand on the sheets."""

    awal = Serial(
        label=_("First number"),
        help_text=_("As it stands on the sheet, zeros included. For example: LSP-000001."),
    )
    akhir = Serial(label=_("Last number"))
    catatan = PrintedText(
        label=_("Delivery note"),
        help_text=_("Who delivered, and the number of the receipt."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Read both numbers as the ends of one range: same signs in front, same count of digits."""
        said = super().clean() or {}
        first, last = said.get("awal", ""), said.get("akhir", "")
        if first and last:
            prefix, digits = _split(first)
            if _split(last) != (prefix, digits):
                self.add_error("akhir", _("Both numbers begin alike and have as many digits."))
        return said

    def range(self) -> Range:
        """Return the range; `is_valid` was asked before."""
        said = self.cleaned_data
        prefix, digits = _split(said["awal"])
        first, last = (int(said[name][len(prefix) :]) for name in ("awal", "akhir"))
        return Range(prefix, first, last, digits)


class Print(forms.Form):
    """From which sheet on certificates are printed."""

    mulai = forms.CharField(
        label=_("Sheet on top of the printer"),
        help_text=_("The next in the books is offered. Sheets after it follow by number."),
        max_length=40,
        required=False,
        strip=True,
    )


class Spoil(forms.Form):
    """Why a sheet cannot be used."""

    alasan = PrintedText(
        label=pgettext_lazy("blank", "What happened to it"),
        help_text=_("For example: torn in the printer, lost in the post."),
        max_length=200,
    )


def _split(serial: str) -> tuple[str, int]:
    """Return the signs in front of a number and how many digits it has."""
    prefix = serial.rstrip("0123456789")
    return prefix, len(serial) - len(prefix)
