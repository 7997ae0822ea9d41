"""What is written down around a decision: who sits, why one departs, what was said, where it is signed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.decisions.terms import Departure
from kompeten.kernel.actors import Actor
from kompeten.regions import labels as region_labels
from kompeten.web.ui.fields import PrintedLines, PrintedText

REASON_MAX = 1000
EARLIEST, LATEST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
ZONES = [(zone, name) for zone, name in region_labels.ZONE.items()]


class Convene(forms.Form):
    """A committee, who chairs it, a time and a place."""

    anggota = forms.MultipleChoiceField(
        label=_("Members"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least three."),
    )
    ketua = forms.ChoiceField(label=_("Who chairs"), required=False)
    waktu = forms.DateTimeField(
        label=_("Day and hour"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
    zona = forms.ChoiceField(label=_("Time zone"), choices=ZONES)
    tempat = PrintedText(label=_("Place"), max_length=160)

    def __init__(self, data: Any, *, committee: Sequence[Actor], at: datetime) -> None:
        tomorrow = timezone.localtime(at + timedelta(days=1)).replace(minute=0)
        super().__init__(data, initial={"waktu": tomorrow, "zona": "Asia/Jakarta"})
        known: list[tuple[str, Any]] = [(str(member.account), member.label) for member in committee]
        offered: dict[str, list[tuple[str, Any]]] = {
            "anggota": known,
            "ketua": [("", _("The first of them")), *known],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def members(self, committee: Sequence[Actor]) -> list[Actor]:
        """Return the members with the chair in front; `is_valid` was asked before."""
        said = self.cleaned_data
        chosen = [member for member in committee if str(member.account) in said["anggota"]]
        return sorted(chosen, key=lambda member: str(member.account) != said["ketua"])

    def clean(self) -> dict[str, Any]:
        """Read the hour in the zone that was chosen with it."""
        said = super().clean() or {}
        if said.get("ketua") and said["ketua"] not in said.get("anggota", []):
            self.add_error("ketua", _("Whoever chairs is one of the members."))
        if said.get("waktu") and said.get("zona"):
            bare = timezone.make_naive(said["waktu"])
            said["waktu"] = bare.replace(tzinfo=ZoneInfo(said["zona"]))
        return said


class Departures(forms.Form):
    """Where a committee decides otherwise than recommended: `lain-<ref>` and `alasan-<ref>`."""

    def __init__(self, data: Any, *, refs: Sequence[str]) -> None:
        super().__init__(data)
        self.refs = refs
        for ref in refs:
            self.fields[f"lain-{ref}"] = forms.BooleanField(required=False)
            self.fields[f"alasan-{ref}"] = PrintedLines(required=False, max_length=REASON_MAX)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason wherever the committee departs."""
        said = super().clean() or {}
        for ref in self.refs:
            if said.get(f"lain-{ref}") and not said.get(f"alasan-{ref}", "").strip():
                self.add_error(
                    f"alasan-{ref}", _("Write why the committee departs from the recommendation.")
                )
        return said

    def departures(self, recommended: Mapping[str, bool]) -> dict[str, Departure]:
        """Return the departures by decision reference."""
        said = self.cleaned_data
        return {
            ref: Departure(competent=not recommended[ref], reason=said[f"alasan-{ref}"])
            for ref in self.refs
            if said.get(f"lain-{ref}")
        }


class Minutes(forms.Form):
    """The minutes of a meeting."""

    risalah = PrintedLines(
        label=pgettext_lazy("meeting", "Minutes"),
        help_text=_("What was discussed, who was heard, and how the decision came about."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
    )


class Sign(forms.Form):
    """Where a decree is signed."""

    kota = PrintedText(label=_("Signed at"), max_length=60)
