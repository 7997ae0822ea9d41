"""What is asked of a person on a list who has come by their link?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kompeten.applications import queries
from kompeten.applications.labels import FIELD, FIELD_HELP
from kompeten.foundation import words
from kompeten.regions import labels as region_labels
from kompeten.regions import queries as regions
from kompeten.schemes.terms import Route
from kompeten.web.ui.fields import CHOOSE
from kompeten.web.ui.proposing import propose

OPTIONAL = frozenset({"title_before", "title_after", "level", "address", "education", "employer"})
LENGTH = 200
# Which keys a phone shows, and that the next one at this phone is not shown what was typed.
TYPED = {
    "nik": {"inputmode": "numeric", "autocomplete": "off"},
    "name": {"autocomplete": "name"},
    "birth_on": {"autocomplete": "bday"},
}


class Proving(forms.Form):
    """The code that the office told, or the birth date."""

    bukti = forms.CharField(
        label=_("Code of six digits, or your date of birth"),
        help_text=_("The date as day, month and year, for example 27/01/1992."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def refuse(self) -> None:
        """Say that it does not fit, and not which of the two was nearer."""
        self.add_error(
            "bukti",
            _(
                "That is neither the code nor the date of birth. After five tries the link is closed."
            ),
        )


class Mending(forms.Form):
    """Those fields of a line that something is wrong with; the rest is not shown and stays."""

    def __init__(
        self,
        written: Mapping[str, str],
        data: Any = None,
        *,
        asked: Sequence[str],
        routes: Sequence[Route] = (),
    ) -> None:
        shown = {name: written.get(name, "") for name in asked if name not in queries.UNSHOWN}
        super().__init__(data, initial=shown)
        choices = queries.list_words()
        for name in asked:
            self.fields[name] = _field(name, choices.get(name))
        propose(self.fields.get("route"), queries.route_words(routes))

    def refuse(self, codes: Sequence[str]) -> None:
        """Put the reasons on the fields they are about."""
        for code in codes:
            name = next(iter(queries.fields_asked([code])), None)
            self.add_error(name if name in self.fields else None, words.reason(code))


class Agreeing(forms.Form):
    """That the data are right, and that the person agrees to the text of this version."""

    setuju = forms.BooleanField(label=_("My data are right, and I agree to this use of them."))
    version = forms.CharField(max_length=16)


class Objecting(forms.Form):
    """What the person says is wrong."""

    salah = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("Your office reads this. Do not write your NIK here."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Password(forms.Form):
    """The password of the account that was opened for the person."""

    sandi = forms.CharField(
        label=_("A new password"),
        help_text=_("At least ten characters; a short sentence is easy to remember."),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
    )


def _field(name: str, known: tuple[str, ...] | None) -> forms.Field:
    common: dict[str, Any] = {
        "label": FIELD.get(name, name),
        "help_text": FIELD_HELP.get(name, ""),
        "required": name not in OPTIONAL,
    }
    if name == "region_code":
        return forms.ChoiceField(choices=_places(), **(common | {"help_text": ""}))
    if known is not None:
        return forms.ChoiceField(
            choices=[("", CHOOSE), *((word, word) for word in known)], **common
        )
    widget = forms.TextInput(attrs=TYPED.get(name, {}))
    return forms.CharField(max_length=LENGTH, widget=widget, **common)


def _places() -> list[tuple[str, Any]]:
    grouped: list[tuple[str, Any]] = [("", _("Choose"))]
    for province in regions.provinces():
        found = regions.districts(province.code)
        named = sorted((region_labels.full_name(place), place.code) for place in found)
        grouped.append((province.name, [(code, name) for name, code in named]))
    return grouped
