"""What is written down around a written exam? The plan, an incident, and time given on top."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kompeten.exams.terms import MAX_EXTRA
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.regions import labels as region_labels
from kompeten.web.office.training_forms import Moment

if TYPE_CHECKING:
    from kompeten.people.models import Site

REASON_MAX = 300
MOST_SEATS = 100_000
FIELD_OF = {
    "sitting.window_order": "tutup",
    "sitting.window_too_short": "tutup",
    "sitting.zone_unknown": "zona",
    "sitting.no_scheme": "skema",
    "sitting.minutes_differ": "skema",
    "sitting.blueprint_differs": "paket",
    "sitting.form_unknown": "paket",
    "sitting.site_unknown": "tempat",
    "sitting.site_too_small": "kapasitas",
}


class Planned(forms.Form):
    """A sitting as it is to be; `zona` is where its clocks hang."""

    judul = forms.CharField(label=_("Title"), max_length=120)
    skema = forms.TypedMultipleChoiceField(
        label=_("For candidates of"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    paket = forms.ChoiceField(
        label=_("Form"), help_text=_("It must have the blueprint of these schemes.")
    )
    buka = Moment(label=_("Opens"))
    tutup = Moment(label=_("Closes"))
    zona = forms.ChoiceField(label=_("Time zone"), choices=list(region_labels.ZONE.items()))
    tempat = forms.TypedChoiceField(
        label=_("Assessment site"), required=False, coerce=int, empty_value=None
    )
    kapasitas = forms.IntegerField(
        label=_("Seats at most"),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text=_("Left empty: as many as the site has; online without limit."),
    )

    def __init__(
        self,
        data: Any,
        *,
        schemes: Sequence[tuple[int, str]],
        chosen: Sequence[int],
        papers: Sequence[tuple[str, str]],
        sites: "Sequence[Site]",
        at: datetime,
    ) -> None:
        super().__init__(data, initial=_usual(at) | {"skema": list(chosen)})
        choices: dict[str, list[tuple[Any, Any]]] = {
            "skema": list(schemes),
            "paket": list(papers),
            "tempat": [("", _("None, online")), *((site.pk, site.name) for site in sites)],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def plan(self) -> dict[str, Any]:
        """Return the plan as the action takes it; `is_valid` was asked before."""
        said = self.cleaned_data
        zone = ZoneInfo(said["zona"])
        return {
            "scheme_version_ids": said["skema"],
            "form_ref": said["paket"],
            "opens_at": said["buka"].replace(tzinfo=zone),
            "closes_at": said["tutup"].replace(tzinfo=zone),
            "zone": said["zona"],
            "site_id": said["tempat"],
            "capacity": said["kapasitas"],
        }

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the fields they are about.

        :raises StepRefused: no field could mend it; the page of problems tells
        """
        for code in refusal.reasons:
            if code not in FIELD_OF:
                raise refusal
            self.add_error(FIELD_OF[code], words.reason(code))


class Incident(forms.Form):
    """What broke an attempt off."""

    sebab = forms.CharField(
        label=_("What happened?"),
        max_length=REASON_MAX,
        help_text=_("A few words: power failed, line was down, device broke."),
    )


class Reseat(forms.Form):
    """A seat given back, with minutes on top if any were lost."""

    menit = forms.IntegerField(
        label=_("Minutes more"), min_value=0, max_value=MAX_EXTRA, initial=0, required=False
    )

    def minutes(self) -> int:
        """Return the minutes given, none if nothing was written."""
        return int(self.cleaned_data["menit"] or 0)


class ExtraTime(forms.Form):
    """Minutes given on top, and why."""

    menit = forms.IntegerField(label=_("Minutes more"), min_value=1, max_value=MAX_EXTRA)
    alasan = forms.CharField(
        label=_("Why?"),
        max_length=REASON_MAX,
        help_text=_("It stands in the history of each candidate."),
    )


def _usual(at: datetime) -> dict[str, Any]:
    """Return a morning a week after `at`."""
    day = (timezone.localtime(at) + timedelta(days=7)).replace(
        hour=9, minute=0, second=0, microsecond=0, tzinfo=None
    )
    return {"buka": day, "tutup": day + timedelta(hours=4), "zona": "Asia/Jakarta"}
