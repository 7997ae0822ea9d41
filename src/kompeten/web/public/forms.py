"""What can be handed in to be checked? A file, or the text of a QR code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 8 * 1024 * 1024


class Check(forms.Form):
    """A certificate as PDF, a credential as JSON, or what a QR code says."""

    berkas = forms.FileField(
        label=_("The file of the certificate"),
        help_text=_("PDF or JSON, as it was issued, at most 8 MB."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.json,application/pdf"}),
    )
    teks = forms.CharField(
        label=_("Or the text of the QR code"),
        required=False,
        max_length=600,
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
        return said

    def content(self) -> bytes:
        """Return what was handed in, as bytes."""
        file = self.cleaned_data.get("berkas")
        if file:
            content: bytes = file.read()
            return content
        return str(self.cleaned_data["teks"]).encode()
