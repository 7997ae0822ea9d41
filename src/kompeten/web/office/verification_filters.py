"""Which part of the queue, and which reviews, does somebody want to see?

Fields have Indonesian names, since they stand in addresses and pages.
"""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kompeten.kernel.workdays import Band
from kompeten.verification import labels
from kompeten.verification.terms import Part
from kompeten.web.office import shown

ANY: tuple[str, Any] = ("", _("All"))
AGES = {
    3: _("more than 3 days"),
    7: _("more than a week"),
    14: _("more than two weeks"),
    30: _("more than a month"),
}
# In the words of the addresses: an answer that is due soon, or was due already.
BANDS = {
    "segera": (Band.SOON, _("due soon or late")),
    "lewat": (Band.LATE, _("late")),
}
PART = ("skema", "provinsi", "lama", "daftar")


def part_of(data: QueryDict, *, at: datetime) -> Part:
    """Return the part of the queue that an address names; what cannot be read narrows nothing."""
    said = {name: str(data.get(name) or "")[:64] for name in PART}
    days = said["lama"] if said["lama"] in {str(n) for n in AGES} else ""
    return Part(
        scheme=said["skema"],
        province=said["provinsi"] if re.fullmatch("[0-9]{2}", said["provinsi"]) else "",
        collective=said["daftar"],
        before=at - timedelta(days=int(days)) if days else None,
        band=BANDS[said["lama"]][0] if said["lama"] in BANDS else None,
        at=at if said["lama"] in BANDS else None,
    )


def carried(data: QueryDict) -> str:
    """Return the query of an address that names the same part of the queue; empty for all of it."""
    return urlencode({name: data[name] for name in PART if data.get(name)})


class Filter(forms.Form):
    """Which part of the queue to look at."""

    skema = forms.ChoiceField(label=_("Scheme"), required=False)
    provinsi = forms.ChoiceField(label=_("Province"), required=False)
    lama = forms.ChoiceField(
        label=_("Waiting"),
        required=False,
        choices=[
            ANY,
            *((name, words) for name, (_band, words) in BANDS.items()),
            *((str(n), days) for n, days in AGES.items()),
        ],
    )
    daftar = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, schemes: dict[str, str], provinces: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self._choose("skema", list(schemes.items()))
        self._choose("provinsi", provinces)

    def chosen(self, *, at: datetime) -> Part:
        """Return the filters as the query takes them; what is not a choice filters nothing."""
        self.is_valid()
        kept = QueryDict(mutable=True)
        kept.update(self.cleaned_data)
        return part_of(kept, at=at)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ANY, *choices]


class Ended(forms.Form):
    """Which reviews to list."""

    keadaan = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ANY, *((s.value, labels.STATE[s]) for s in shown.REVIEW_TONE)],
    )
