"""What is written down while an exam runs? What broke off, time given, and what a person decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kompeten.exams import labels
from kompeten.exams.terms import (
    MAX_BREAKS,
    MAX_EXTRA,
    SILENT_AFTER,
    AdjustmentGround,
)
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.web.office.training_forms import Moment
from kompeten.web.ui.fields import PrintedText

REASON_MAX = 300
FEW_WORDS = 120
SILENT_MINUTES = int(SILENT_AFTER.total_seconds() // 60)  # as the board has it
# The usual causes, one tap each; the history keeps the words in the first language of the house.
CAUSES = {
    "listrik": _("The power failed"),
    "jaringan": _("The line was down"),
    "perangkat": _("The device broke"),
    "sakit": _("Fell ill"),
}
FIELD_OF = {
    "sitting.window_order": "tutup",
    "sitting.window_too_short": "tutup",
    "sitting.blueprint_differs": "paket",
    "sitting.form_unknown": "paket",
}


def cause(said: str) -> str:
    """Return what happened in words, for one of the usual causes or what somebody wrote."""
    return usual(said, CAUSES)


def usual(said: str, causes: Mapping[str, Any]) -> str:
    """Return one of `causes` in words, or what somebody wrote."""
    with translation.override("id"):
        return str(causes.get(said, said))


class Incident(forms.Form):
    """What broke an attempt off: one of the usual causes, or a few words."""

    sebab = PrintedText(
        label=_("What happened?"), max_length=REASON_MAX, help_text=_("A few words will do.")
    )

    def reason(self) -> str:
        """Return the cause in words."""
        return cause(self.cleaned_data["sebab"])


class Reseat(forms.Form):
    """A seat given back, with minutes on top if any were lost."""

    menit = forms.IntegerField(
        label=_("Minutes more"), min_value=0, max_value=MAX_EXTRA, initial=0, required=False
    )

    def minutes(self) -> int:
        """Return the minutes given, none if nothing was written."""
        return int(self.cleaned_data["menit"] or 0)


class Seen(forms.Form):
    """What stood on the page when somebody pressed: the minutes given so far.

    Whoever presses twice, or at the same time as another, is told and gives nothing twice.
    """

    sudah = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def refuse_if_moved(self, minutes: int) -> bool:
        """Say whether time was given since the page was made, and put it on the form."""
        seen = self.cleaned_data.get("sudah")
        if seen is None or seen == minutes:
            return False
        told = _("Somebody has given time meanwhile. Look at what there is now, then decide again.")
        self.add_error(None, told)
        self.data = {name: self.data.get(name) for name in self.data} | {"sudah": str(minutes)}
        return True


class ExtraTime(Seen):
    """Minutes given on top, and why."""

    menit = forms.IntegerField(label=_("Minutes more"), min_value=1, max_value=MAX_EXTRA)
    alasan = PrintedText(
        label=_("Why?"),
        max_length=REASON_MAX,
        help_text=_("It stands in the history of each candidate."),
    )


class Adjusted(forms.Form):
    """Extra time and breaks agreed before the start; nothing is asked of why the person needs them."""

    menit = forms.IntegerField(
        label=_("Minutes more in all"),
        min_value=0,
        max_value=MAX_EXTRA,
        help_text=_("With the time of the breaks."),
    )
    jeda = forms.IntegerField(label=_("Breaks"), min_value=0, max_value=MAX_BREAKS, required=False)
    dasar = forms.ChoiceField(
        label=_("On which ground?"),
        choices=list(labels.GROUND.items()),
        help_text=_("How it was decided. Nothing about the person's health is written down."),
    )

    def said(self) -> dict[str, Any]:
        """Return what was agreed as the action takes it."""
        return {
            "minutes": self.cleaned_data["menit"],
            "breaks": self.cleaned_data["jeda"] or 0,
            "ground": AdjustmentGround(self.cleaned_data["dasar"]),
        }


class Outage(forms.Form):
    """Whom one outage hit, and what it was."""

    SILENT, ALL, SITE = "diam", "semua", "lokasi"

    siapa = forms.ChoiceField(label=_("Who?"), widget=forms.RadioSelect, initial=SILENT)
    menit = forms.IntegerField(
        label=_("Not heard of for how many minutes?"),
        min_value=1,
        max_value=MAX_EXTRA,
        initial=SILENT_MINUTES,
    )
    sebab = PrintedText(
        label=_("What happened?"), max_length=REASON_MAX, help_text=_("A few words will do.")
    )

    def __init__(self, data: Any, *, site: str) -> None:
        super().__init__(data)
        field = self.fields["siapa"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (self.SILENT, _("Those at work who have not been heard of")),
            (self.ALL, _("Everybody at work in this sitting")),
            *([(self.SITE, _("Everybody at work at %(site)s") % {"site": site})] if site else []),
        ]

    def silent(self, at: datetime) -> datetime | None:
        """Return since when nothing has come from those meant; None if that does not matter."""
        if self.cleaned_data["siapa"] != self.SILENT:
            return None
        return at - timedelta(minutes=self.cleaned_data["menit"])


class Makeup(forms.Form):
    """Another sitting for those whom a failure hit: a form that nobody has seen, a day and hours."""

    judul = PrintedText(label=_("Title"), max_length=120)
    siapa = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)
    paket = forms.ChoiceField(
        label=_("Form"), help_text=_("Only forms that no sitting has had are offered.")
    )
    buka = Moment(label=_("Opens"))
    tutup = Moment(label=_("Closes"))

    def __init__(
        self,
        data: Any,
        *,
        groups: Sequence[tuple[str, Any]],
        papers: Sequence[tuple[str, str]],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        for name, offered in {"siapa": groups, "paket": papers}.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(offered)

    def plan(self, zone: str) -> dict[str, Any]:
        """Return the plan as the action takes it; the hours are those of `zone`."""
        said, there = self.cleaned_data, ZoneInfo(zone)
        return {
            "title": said["judul"],
            "form_ref": said["paket"],
            "opens_at": said["buka"].replace(tzinfo=there),
            "closes_at": said["tutup"].replace(tzinfo=there),
        }

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons on the fields they are about, or on the form.

        :raises StepRefused: the role is gone
        """
        if "role.not_held" in refusal.reasons:
            raise refusal
        for code in refusal.reasons:
            self.add_error(FIELD_OF.get(code), words.reason(code))


class Looked(forms.Form):
    """What a person made of a remark."""

    catatan = PrintedText(
        label=_("What did you make of it?"),
        max_length=FEW_WORDS,
        help_text=_("A few words will do."),
    )
