"""What can be handed in to be checked? A file, a picture of the QR code, or a text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompeten.foundation.qr import PictureUnreadable
from kompeten.register.queries import pictures

LARGEST = 8 * 1024 * 1024
# A token of ours has 9,000 letters; a QR code at most 350.
LONGEST_TEXT = 40_000
NO_CODE = _(
    "No QR code can be read in this picture. Hold the phone closer and straight, in good light."
)
OTHER_CODE = _("The QR code in this picture is not that of a certificate.")


class Check(forms.Form):
    """A certificate as PDF, a credential as JSON or token, or what a QR code says."""

    berkas = forms.FileField(
        label=_("The file of the certificate"),
        help_text=_(
            "PDF, JSON, JWT or the file with its proof (ZIP), as it was issued, or a photo of the QR code. "
            "At most 8 MB."
        ),
        required=False,
        widget=forms.FileInput(
            attrs={"accept": ".pdf,.json,.jwt,.zip,application/pdf,application/zip,image/*"}
        ),
    )
    teks = forms.CharField(
        label=_("Or the text of the QR code or of a token"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        said = super().clean() or {}
        file = said.get("berkas")
        if file is not None and file.size > LARGEST:
            self.add_error("berkas", _("This file is too large to be a certificate."))
        if not self.errors and not file and not said.get("teks"):
            self.add_error("berkas", _("Choose a file, or paste the text of the QR code."))
        if not self.errors:
            self._read(file)
        return said

    def content(self) -> bytes:
        """Return what was handed in, as bytes; of a picture the text of its QR code."""
        return self._content

    def _read(self, file: Any) -> None:
        """Read what was handed in; a picture is looked at here, and not kept."""
        content = file.read() if file else str(self.cleaned_data["teks"]).encode()
        try:
            self._content = pictures.handed_in(content)
        except PictureUnreadable:
            self.add_error("berkas", _("This picture cannot be opened. Take another one."))
        except pictures.NoCode as missing:
            self.add_error("berkas", OTHER_CODE if missing.has_others else NO_CODE)
