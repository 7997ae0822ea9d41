"""Which fields do forms of every face share? Texts that are printed on papers of the body."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.kernel import lettering

# What stands in a list of choices while nothing is chosen.
CHOOSE = _("Choose …")


class PrintedText(forms.CharField):
    """A text that may be printed: kept tidy, and refused where our papers could not draw it."""

    code = "text.letters"

    def to_python(self, value: Any) -> str:
        """Return the text as it is kept."""
        return lettering.tidy(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """Refuse what cannot be printed.

        :raises ValidationError: with the words of the reason
        """
        super().validate(value)
        if reason := self.flaw(value):
            raise forms.ValidationError(words.reason(reason), code=reason)

    def flaw(self, text: str) -> str:
        """Return why the text cannot be printed, as a code; empty when it can."""
        return "" if lettering.is_printable(text) else self.code


class PrintedLines(PrintedText):
    """A text of several lines that may be printed; its line breaks are kept."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the text as it is kept, line by line."""
        lines = str(forms.CharField.to_python(self, value) or "").splitlines()
        return "\n".join(lettering.tidy(line) for line in lines)

    def flaw(self, text: str) -> str:
        """Return why a line of it cannot be printed, as a code; empty when all can."""
        return "" if all(map(lettering.is_printable, text.splitlines())) else self.code


class PersonName(PrintedText):
    """The name of a person without titles, as on the identity card."""

    def flaw(self, text: str) -> str:
        """Return why it is no name; see `lettering.name_flaw`."""
        return lettering.name_flaw(text) if text else ""


class Title(PrintedText):
    """A title before or after a name."""

    def flaw(self, text: str) -> str:
        """Return why it is no title."""
        return "" if lettering.is_title(text) else self.code
