"""How is a written exam planned? Title, schemes, form, hours and place."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.regions import labels as region_labels
from kompeten.web.office.training_forms import Moment
from kompeten.web.ui.fields import PrintedText

if TYPE_CHECKING:
    from kompeten.people.models import Site

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

    judul = PrintedText(label=_("Title"), max_length=120)
    skema = forms.TypedMultipleChoiceField(
        label=_("For candidates of"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    paket = forms.MultipleChoiceField(
        label=_("Forms"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Each must have the blueprint of these schemes. With several, every candidate is dealt"
            " one of them, so that neighbours seldom sit the same."
        ),
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
            "form_ref": said["paket"][0],
            "further_refs": said["paket"][1:],
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


def _usual(at: datetime) -> dict[str, Any]:
    """Return a morning a week after `at`."""
    day = (timezone.localtime(at) + timedelta(days=7)).replace(
        hour=9, minute=0, second=0, microsecond=0, tzinfo=None
    )
    return {"buka": day, "tutup": day + timedelta(hours=4), "zona": "Asia/Jakarta"}
