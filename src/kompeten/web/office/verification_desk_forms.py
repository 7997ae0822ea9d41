"""What is said of more than one review? Which of two holds, one finding for many, reasons for all.

Fields have Indonesian names, since they stand in addresses and pages.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.verification import labels
from kompeten.verification.terms import FAULTS, Fault, Finding, Judgement, ReasonRow, Wording
from kompeten.web.office.verification_forms import NOTE_MAX


class Settling(forms.Form):
    """Which of two reviews that differ holds, and why."""

    berlaku = forms.ChoiceField(
        label=_("Which review holds?"),
        choices=[("pertama", _("The first")), ("kedua", _("The second"))],
        widget=forms.RadioSelect,
    )
    alasan = forms.CharField(
        label=_("Why?"),
        help_text=_("Both verifiers read it."),
        max_length=NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, ref: str) -> None:
        super().__init__(data, prefix=ref)
        self.ref = ref

    def refuse(self, refusal: StepRefused) -> None:
        """Put the reasons of a refusal beside the field they are about."""
        for code in refusal.reasons:
            self.add_error("alasan", words.reason(code))


class Together(forms.Form):
    """One finding for several files, and the answer that follows from it."""

    dokumen = forms.ChoiceField(
        label=_("What do all of them lack?"),
        help_text=_("Nothing: then they pass."),
        required=False,
    )
    sebab = forms.ChoiceField(label=_("What is not in order?"), required=False)
    catatan = forms.CharField(label=_("Note to the applicant"), required=False, max_length=NOTE_MAX)
    sisanya = forms.BooleanField(
        label=_("I have looked at every other document in these files: they are in order."),
        required=False,
    )

    def __init__(
        self, data: Any, *, documents: list[tuple[str, str]], reasons: Sequence[ReasonRow]
    ) -> None:
        super().__init__(data)
        self.reasons = {r.ref: r for r in reasons}
        listed = [(r.ref, r.of(get_language() or "id")) for r in reasons]
        kinds = [(f.value, labels.FAULT[f]) for f in FAULTS[Judgement.NOT_MET]]
        choices = {
            "dokumen": [("", _("Nothing")), *documents],
            "sebab": [("", _("Choose a reason")), *listed, *kinds],
        }
        for name, said in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = said

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where something is lacking."""
        said = super().clean() or {}
        if said.get("dokumen") and not said.get("sebab"):
            self.add_error("sebab", words.reason("finding.fault_missing"))
        return said

    def finding(self) -> Finding | None:
        """Return what all lack, or None; `is_valid` was asked before."""
        said = self.cleaned_data
        if not said["dokumen"]:
            return None
        listed = self.reasons.get(said["sebab"])
        return Finding(
            said["dokumen"],
            Judgement.NOT_MET,
            listed.kind if listed else Fault(said["sebab"]),
            said["catatan"],
            reason=listed.ref if listed else "",
        )


class Worded(forms.Form):
    """A reason for the list, or new words for one that stands there."""

    kode = forms.CharField(
        label=_("Code"),
        help_text=_("A code that stands on the list gets these words from now on."),
        max_length=40,
    )
    jenis = forms.ChoiceField(
        label=_("Kind of fault"),
        choices=[
            (f.value, labels.FAULT[f]) for f in FAULTS[Judgement.NOT_MET] if f is not Fault.OTHER
        ],
    )
    indonesia = forms.CharField(label=_("Words in Indonesian"), max_length=240)
    inggris = forms.CharField(label=_("Words in English"), max_length=240)
    dokumen = forms.CharField(
        label=_("For which documents?"),
        help_text=_("Codes of the scheme, with spaces between; empty for all."),
        required=False,
        max_length=200,
    )

    def wording(self) -> Wording:
        """Return what was filled in; `is_valid` was asked before."""
        said = self.cleaned_data
        words = {"id": said["indonesia"], "en": said["inggris"]}
        return Wording(said["kode"], Fault(said["jenis"]), words, tuple(said["dokumen"].split()))

    def refuse(self, refusal: StepRefused) -> None:
        """Put each reason of a refusal beside the field it is about."""
        places = {"reason.code_unfit": "kode", "reason.kind_unfit": "jenis"}
        for code in refusal.reasons:
            self.add_error(places.get(code, "indonesia"), words.reason(code))
