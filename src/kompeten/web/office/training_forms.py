"""What does a coordinator write of a session? Times are those of the zone it is announced in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.training import labels
from kompeten.training.terms import Plan, SessionRow, Zone

CLOCK = "%Y-%m-%dT%H:%M"
EARLIEST, LATEST = datetime(2020, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 (clocks on a wall)
FIELD_OF = {
    "session.ends_before_start": "selesai",
    "session.too_long": "selesai",
    "session.nowhere": "tempat",
    "session.no_places": "kuota",
    "session.full": "kuota",
}


class Moment(forms.DateTimeField):
    """A day and an hour without a zone: the zone is another field of the form."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=CLOCK)

    def __init__(self, *, label: Any) -> None:
        # A year past what a clock of computers holds would break at the door of the database.
        reasonable = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(label=label, validators=reasonable)

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment as written on a clock, without a zone."""
        moment = super().to_python(value)
        # Django has read it in the house's zone; the wall clock is what was meant.
        return None if moment is None else moment.replace(tzinfo=None)


class Planned(forms.Form):
    """What a session is to be; the fields have the names that stand on the page."""

    judul = forms.CharField(label=_("Title"), max_length=160)
    mulai = Moment(label=_("Begins"))
    selesai = Moment(label=_("Ends"))
    zona = forms.ChoiceField(
        label=_("Time zone"), choices=[(z.value, labels.ZONE[z]) for z in Zone]
    )
    kuota = forms.IntegerField(label=_("Places"), min_value=1, max_value=10_000)
    tempat = forms.CharField(
        label=_("Place"), required=False, max_length=200, help_text=_("Where to go.")
    )
    tautan = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("Where to connect. With a place as well, the session is hybrid."),
    )
    narasumber = forms.TypedMultipleChoiceField(
        label=_("Resource persons"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who teaches may not assess these candidates for two years."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        trainers: Sequence[tuple[int, str]],
        session: SessionRow | None = None,
        taught_by: Sequence[int] = (),
    ) -> None:
        super().__init__(data, initial=_initial(session, taught_by))
        field = self.fields["narasumber"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = list(trainers)

    def plan(self) -> Plan:
        """Return the plan; `is_valid` was asked before."""
        said = self.cleaned_data
        zone = Zone(said["zona"])
        return Plan(
            title=said["judul"],
            starts_at=said["mulai"].replace(tzinfo=ZoneInfo(zone)),
            ends_at=said["selesai"].replace(tzinfo=ZoneInfo(zone)),
            zone=zone,
            quota=said["kuota"],
            place=said["tempat"],
            link=said["tautan"],
            trainers=tuple(said["narasumber"]),
        )

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the fields they are about.

        :raises StepRefused: no field could mend it; the page of problems tells
        """
        for code in refusal.reasons:
            if code not in FIELD_OF:
                raise refusal
            self.add_error(FIELD_OF[code], words.reason(code))


class Waiting(forms.Form):
    """Which of the waiting candidates to look at."""

    skema = forms.ChoiceField(label=_("Scheme"), required=False)
    provinsi = forms.ChoiceField(label=_("Province"), required=False)

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
        return {"scheme": said.get("skema", ""), "province": said.get("provinsi", "")}


class Cancelling(forms.Form):
    """Why a session is called off."""

    alasan = forms.CharField(
        label=_("Why is it called off?"),
        max_length=300,
        help_text=_("Those who have a place read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _initial(session: SessionRow | None, taught_by: Sequence[int]) -> dict[str, Any]:
    if session is None:
        return {"zona": Zone.WIB.value, "kuota": 40}
    zone = ZoneInfo(session.zone)
    return {
        "judul": session.title,
        "mulai": session.starts_at.astimezone(zone).replace(tzinfo=None),
        "selesai": session.ends_at.astimezone(zone).replace(tzinfo=None),
        "zona": session.zone.value,
        "kuota": session.quota,
        "tempat": session.place,
        "tautan": session.link,
        "narasumber": list(taught_by),
    }
