"""What is asked before a list about the people of a decree is given out?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kompeten.reporting.terms import Order, Parcel

CODE = r"^[A-Za-z0-9./-]*$"
LABELS_LEFT = 13
ALL, NONE = "", "-"


class Bnsp(forms.Form):
    """The codes that stand on every line of the list for BNSP."""

    jadwal = forms.RegexField(
        CODE,
        label=_("Schedule code"),
        help_text=_("As BNSP gave it for this assessment. Empty cells can be filled in later."),
        max_length=40,
        required=False,
    )
    anggaran = forms.RegexField(CODE, label=_("Funding code"), max_length=20, required=False)
    kementerian = forms.RegexField(CODE, label=_("Ministry code"), max_length=20, required=False)

    def __init__(self, data: Any = None) -> None:
        offered = {
            "anggaran": settings.OPTIONS.bnsp_funding,
            "kementerian": settings.OPTIONS.bnsp_ministry,
        }
        super().__init__(data, initial=offered)

    def order(self) -> Order:
        """Return the codes; `is_valid` was asked before."""
        said = self.cleaned_data
        return Order(said["jadwal"], said["anggaran"], said["kementerian"])


class Handover(forms.Form):
    """Whose certificates are handed over, and how many labels of the first sheet are used."""

    provinsi = forms.ChoiceField(label=_("Province"), required=False)
    kantor = forms.ChoiceField(label=_("Through which office"), required=False)
    lewati = forms.IntegerField(
        label=_("Labels used already"),
        help_text=_("Of the first sheet, counted from the top left. A sheet has 14."),
        min_value=0,
        max_value=LABELS_LEFT,
        required=False,
        initial=0,
    )

    def __init__(self, data: Any = None, *, parcels: Sequence[Parcel]) -> None:
        super().__init__(data)
        provinces = sorted({p.province for p in parcels})
        offices = sorted({p.office for p in parcels if p.office})
        offered: dict[str, list[tuple[str, Any]]] = {
            "provinsi": [(ALL, _("All")), *((name, name) for name in provinces)],
            "kantor": [(ALL, _("All")), *((name, name) for name in offices)],
        }
        if any(not p.office for p in parcels):
            offered["kantor"].append((NONE, _("Straight to the holder")))
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def chosen(self) -> dict[str, Any]:
        """Return province and office as the actions take them; `is_valid` was asked before."""
        office = self.cleaned_data["kantor"]
        meant = {ALL: None, NONE: ""}.get(office, office)
        return {"province": self.cleaned_data["provinsi"], "office": meant}
