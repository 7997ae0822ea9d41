"""What is brought by hand, and what is shown to whoever brought it? The same in the office and in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words

LARGEST = 2 * 1024 * 1024
LONGEST = 400_000  # signs: all frames of a full record, essays with it


class Brought(forms.Form):
    """A code or frames as text, or the file of a device; `lewat` says that a camera read the text."""

    teks = forms.CharField(
        label=_("Code"),
        help_text=_("Small letters, blanks and line breaks do not matter."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "spellcheck": "false",
                "autocapitalize": "characters",
                "class": "x-code",
            }
        ),
    )
    berkas = forms.FileField(
        label=_("Or the file that the device saved"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.gz,.txt,.ujian"}),
    )
    lewat = forms.ChoiceField(
        choices=[("", ""), ("qr", "qr")], required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        said = super().clean() or {}
        file = said.get("berkas")
        if file is not None and file.size > LARGEST:
            self.add_error("berkas", words.reason("handin.file"))
        if not self.errors and not file and not said.get("teks"):
            self.add_error("teks", _("Type or paste the code, or choose the file."))
        return said

    def sent(self) -> str | bytes:
        """Return what was brought."""
        file = self.cleaned_data.get("berkas")
        if file:
            content: bytes = file.read()
            return content
        return str(self.cleaned_data["teks"])

    def refuse(self, code: str) -> None:
        """Say on the field it is about why it was not taken."""
        self.add_error("berkas" if self.cleaned_data.get("berkas") else "teks", words.reason(code))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody photographs: four words to compare, when it came, and the signed texts.

    `received` is milliseconds since 1970; it is told on the clocks of the body's seat. `owed`: essays
    are still on the device.
    """

    words: Sequence[str]
    answered: int
    received: int
    texts: Sequence[str]
    name: str = ""
    owed: bool = False

    @property
    def when(self) -> str:
        """The day and the minute at which the answers were first received."""
        at = timezone.localtime(datetime.fromtimestamp(self.received / 1000, tz=UTC))
        return f"{formats.date_format(at, 'DATETIME_FORMAT')} {at.tzname()}"

    @property
    def newest(self) -> str:
        """The signed text that the QR code holds."""
        return self.texts[-1]
