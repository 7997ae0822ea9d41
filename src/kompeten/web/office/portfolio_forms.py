"""What does a coordinator choose around portfolios? Which to look at, and out of whom readers are drawn."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

NAMED_MOST = 120  # assessors that are offered by name; beyond, all are drawn from


class Narrow(forms.Form):
    """Which portfolios, or performances, to look at."""

    cari = forms.CharField(label=_("Name"), required=False, max_length=80)
    skema = forms.ChoiceField(label=_("Scheme"), required=False)
    provinsi = forms.ChoiceField(label=_("Province"), required=False)
    rak = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, schemes: dict[str, str], provinces: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        for name, choices in (("skema", list(schemes.items())), ("provinsi", provinces)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *choices]

    def chosen(self) -> dict[str, str]:
        """Return the filters as the query takes them; what is not a choice filters nothing."""
        self.is_valid()
        said = self.cleaned_data
        return {
            "text": said.get("cari", ""),
            "scheme": said.get("skema", ""),
            "province": said.get("provinsi", ""),
        }


class Panel(forms.Form):
    """Out of which assessors is drawn? Nobody chosen: out of all. Each is (key, name, load)."""

    asesor = forms.TypedMultipleChoiceField(
        label=_("Only these assessors"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The least burdened come first. Nobody ticked means everybody."),
    )

    def __init__(self, data: Any, *, assessors: Sequence[tuple[int, str, int]]) -> None:
        super().__init__(data)
        self.assessors = assessors
        self.offers_names = 0 < len(assessors) <= NAMED_MOST
        field = self.fields["asesor"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(key, _burdened(name, load)) for key, name, load in assessors]

    def persons(self) -> list[int]:
        """Return the keys of those drawn from; `is_valid` was asked before."""
        chosen: list[int] = self.cleaned_data["asesor"]
        return chosen or [key for key, _name, _load in self.assessors]

    @property
    def loads(self) -> tuple[int, int]:
        """Return the least and the largest number of tasks that one of them has open."""
        burdens = [load for _key, _name, load in self.assessors] or [0]
        return min(burdens), max(burdens)


def _burdened(name: str, load: int) -> str:
    said = ngettext("%(name)s · %(n)d open task", "%(name)s · %(n)d open tasks", load)
    return said % {"name": name, "n": load}
