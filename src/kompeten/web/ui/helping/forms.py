"""What is asked of the person before somebody helps them?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from kompeten.applications.terms.helping import Shown

# What one has typed is not shown to the next at this device.
QUIET = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
WRONG = _("This does not fit. After five wrong answers nobody can begin before tomorrow.")
EMPTY = _("Type your code, or the end of your NIK and your date of birth.")


class Showing(forms.Form):
    """By what the person shows that it is they: a code, or the end of their NIK and their birth date."""

    kode = forms.CharField(
        label=_("Your code"),
        help_text=_("From your letter or from your link. Without one, fill in the next two."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=QUIET),
    )
    nik_akhir = forms.CharField(
        label=_("The last four digits of your NIK"),
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs=QUIET | {"inputmode": "numeric"}),
    )
    lahir = forms.CharField(
        label=_("Your date of birth"),
        help_text=_("Day, month and year, for example 27/01/1992."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=QUIET | {"inputmode": "numeric"}),
    )

    def shown(self) -> Shown:
        """Return what was typed."""
        said = self.cleaned_data
        return Shown(code=said["kode"], nik_end=said["nik_akhir"], birth=said["lahir"])

    def is_empty(self) -> bool:
        """Say whether nothing was typed that could show anything; that is no wrong answer."""
        shown = self.shown()
        return not shown.code and not (shown.nik_end and shown.birth)


class Beginning(Showing):
    """That the person agrees to be helped, and by what they show that it is they."""

    setuju = forms.BooleanField(label=_("I want to be helped, and I have read this."))
    version = forms.CharField(max_length=16, widget=forms.HiddenInput)
    field_order = ("setuju", "kode", "nik_akhir", "lahir", "version")
