"""What does a coordinator plan of practice exams and interviews? Days and hours become seats."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.practicals import labels
from kompeten.practicals.terms import Cause, Seat
from kompeten.regions import labels as region_labels
from kompeten.web.office.portfolio_forms import Narrow

if TYPE_CHECKING:
    from kompeten.people.models import Site

NOON, ONE = time(12), time(13)
SATURDAY = 5
MOST_DAYS, MOST_AT_ONCE, MOST_SEATS = 60, 100, 2000
EARLIEST, LATEST = date(2020, 1, 1), date(2100, 1, 1)
FIELD_OF = {
    "seat.past": "hari",
    "seat.place_missing": "tempat",
    "seat.zone_unknown": "zona",
    "seats.too_few": "sekaligus",
}


class Waiting(Narrow):
    """Whom to book: narrowed by name, scheme and province."""


class Timetable(forms.Form):
    """Days and hours, a place, and how many perform at once. `minutes` is what one of them takes."""

    hari = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
    jumlah_hari = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=MOST_DAYS)
    mulai = forms.TimeField(
        label=_("First hour"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    selesai = forms.TimeField(
        label=_("Over at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    zona = forms.ChoiceField(label=_("Time zone"), choices=list(region_labels.ZONE.items()))
    jeda = forms.IntegerField(label=_("Break between two (minutes)"), min_value=0, max_value=120)
    istirahat = forms.BooleanField(label=_("Rest from 12.00 to 13.00"), required=False)
    akhir_pekan = forms.BooleanField(label=_("On Saturdays and Sundays too"), required=False)
    sekaligus = forms.IntegerField(
        label=_("How many at once"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        help_text=_("As many rooms, or meetings online, as there are at the same time."),
    )
    tempat = forms.TypedChoiceField(
        label=_("Assessment site"), required=False, coerce=int, empty_value=None
    )
    tautan = forms.URLField(
        label=_("Or a link for meetings online"),
        required=False,
        max_length=300,
        assume_scheme="https",
    )

    def __init__(self, data: Any, *, sites: "Sequence[Site]", minutes: int, on: date) -> None:
        super().__init__(data, initial=_usual(on))
        self.minutes = minutes
        field = self.fields["tempat"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("None, online")), *((site.pk, site.name) for site in sites)]

    def clean(self) -> dict[str, Any]:
        """Ask for one place, and for hours in which somebody can be heard."""
        said = super().clean() or {}
        if bool(said.get("tempat")) == bool(said.get("tautan")) and not self.errors:
            self.add_error("tempat", _("Choose a site, or give a link; one of the two."))
        if "mulai" in said and "selesai" in said and not self.errors and not self.seats():
            self.add_error(
                "selesai",
                _("Nobody fits in between: one takes %(minutes)d minutes.")
                % {"minutes": self.minutes},
            )
        return said

    def seats(self) -> list[Seat]:
        """Return the seats, the earliest first, and no more than can be booked in one go."""
        said = self.cleaned_data
        found: list[Seat] = []
        for start in self._starts():
            seat = Seat(start, said["zona"], site_id=said["tempat"], link=said["tautan"])
            found += [seat] * said["sekaligus"]
            if len(found) >= MOST_SEATS:
                break
        return found[:MOST_SEATS]

    def _starts(self) -> Iterator[datetime]:
        said, zone = self.cleaned_data, ZoneInfo(self.cleaned_data["zona"])
        takes, step = (
            timedelta(minutes=self.minutes),
            timedelta(minutes=self.minutes + said["jeda"]),
        )
        for day in self._days():
            begins = datetime.combine(day, said["mulai"])
            over = datetime.combine(day, said["selesai"])
            while begins + takes <= over:
                if said["istirahat"] and _meets_noon(begins, begins + takes):
                    begins = datetime.combine(day, ONE)
                    continue
                yield begins.replace(tzinfo=zone)
                begins += step

    def _days(self) -> Iterator[date]:
        day, left = self.cleaned_data["hari"], self.cleaned_data["jumlah_hari"]
        while left:
            if self.cleaned_data["akhir_pekan"] or day.weekday() < SATURDAY:
                yield day
                left -= 1
            day += timedelta(days=1)

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the fields they are about.

        :raises StepRefused: no field could mend it; the page of problems tells
        """
        for code in refusal.reasons:
            if code not in FIELD_OF:
                raise refusal
            self.add_error(FIELD_OF[code], words.reason(code))


class Interrupted(forms.Form):
    """What broke a performance off."""

    sebab = forms.ChoiceField(
        label=_("What happened?"), choices=[(c.value, labels.CAUSE[c]) for c in Cause]
    )


def _usual(on: date) -> dict[str, Any]:
    """Return a working week that begins a week after `on`."""
    return {
        "hari": on + timedelta(days=7),
        "jumlah_hari": 5,
        "mulai": time(9),
        "selesai": time(16),
        "zona": "Asia/Jakarta",
        "jeda": 10,
        "istirahat": True,
        "sekaligus": 2,
    }


def _meets_noon(begins: datetime, ends: datetime) -> bool:
    return begins.time() < ONE and ends.time() > NOON and begins.date() == ends.date()
