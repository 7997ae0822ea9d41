"""What does a verifier write down? Findings on documents, things to mend, grounds to refuse.

Fields have Indonesian names, since they stand in addresses and pages; `nilai-<code>` is the
finding on the document `code`, `sebab-` its fault, `catatan-` the note.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.workdays import Band
from kompeten.verification import labels
from kompeten.verification.terms import (
    FAULTS,
    STATEMENT_FAULTS,
    Fault,
    Finding,
    Ground,
    Judgement,
    Part,
    ReasonRow,
    Remark,
    SheetRow,
    Topic,
    Wording,
)
from kompeten.web.office import shown

NOTE_MAX = 500
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


class Findings(forms.Form):
    """The verifier's sheet: for each document a finding, its fault and a note."""

    def __init__(self, data: Any, *, rows: Sequence[SheetRow]) -> None:
        super().__init__(data)
        self.rows = rows
        for row in rows:
            self._ask(row)

    def found(self) -> list[Finding]:
        """Return the findings that are complete; of what is half said nothing is kept yet."""
        self.is_valid()
        said = [self._finding(row.document.code) for row in self.rows]
        return [finding for finding in said if finding is not None]

    def news(self) -> list[Finding]:
        """Return those that differ from what is held."""
        held = {r.document.code: r.finding for r in self.rows}
        return [f for f in self.found() if not _same(f, held[f.document])]

    def clean(self) -> dict[str, Any]:
        """Ask for the fault where something is not in order, and for a note where no fault fits."""
        said = super().clean() or {}
        for row in self.rows:
            code = row.document.code
            if said.get(f"nilai-{code}") != Judgement.NOT_MET:
                continue
            if not said.get(f"sebab-{code}"):
                self._wrong(f"sebab-{code}", "finding.fault_missing")
            elif said[f"sebab-{code}"] == Fault.OTHER and not said.get(f"catatan-{code}", ""):
                self._wrong(f"catatan-{code}", "finding.note_missing")
        return said

    def _ask(self, row: SheetRow) -> None:
        code, finding = row.document.code, row.finding
        there = bool(row.document.sha256)
        judgements = (Judgement.MET, Judgement.NOT_MET) if there else (Judgement.ABSENT,)
        self.fields[f"nilai-{code}"] = forms.ChoiceField(
            label=row.document.title,
            required=False,
            choices=[(j.value, labels.JUDGEMENT[j]) for j in judgements],
            widget=forms.RadioSelect,
            initial=finding.judgement.value if finding else "",
        )
        self.fields[f"sebab-{code}"] = forms.ChoiceField(
            label=_("What is not in order?"),
            required=False,
            choices=_why(row),
            initial=(finding.reason or finding.fault) if finding and finding.fault else "",
        )
        self.fields[f"catatan-{code}"] = forms.CharField(
            label=_("Note to the applicant"),
            required=False,
            max_length=NOTE_MAX,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=finding.note if finding else "",
        )

    def _finding(self, code: str) -> Finding | None:
        said = self.cleaned_data
        wrong = {f"{name}-{code}" for name in ("nilai", "sebab", "catatan")} & self.errors.keys()
        if wrong or not said.get(f"nilai-{code}"):
            return None
        judgement = Judgement(said[f"nilai-{code}"])
        if judgement is Judgement.MET:
            return Finding(code, judgement)
        note = said.get(f"catatan-{code}", "")
        if judgement is Judgement.ABSENT:
            return Finding(code, judgement, Fault.NOT_ATTACHED, note)
        kinds = {r.ref: r.kind for row in self.rows for r in row.reasons}
        why = said[f"sebab-{code}"]
        if why in kinds:
            return Finding(code, judgement, kinds[why], note, reason=why)
        return Finding(code, judgement, Fault(why), note)

    def _wrong(self, name: str, code: str) -> None:
        self.add_error(name, words.reason(code))


class Remarks(forms.Form):
    """What to mend beside the documents, topic by topic: `hal-<topic>` and `catatan-<topic>`."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="perbaikan")
        faults = [
            ("", _("Nothing to mend")),
            *((f.value, labels.FAULT[f]) for f in STATEMENT_FAULTS),
        ]
        for topic in Topic:
            self.fields[f"hal-{topic}"] = forms.ChoiceField(
                label=labels.TOPIC[topic], required=False, choices=faults
            )
            self.fields[f"catatan-{topic}"] = forms.CharField(
                label=_("What should be mended?"), required=False, max_length=NOTE_MAX
            )

    def said(self) -> list[Remark]:
        """Return the remarks; `is_valid` was asked before."""
        said = self.cleaned_data
        return [
            Remark(topic, Fault(said[f"hal-{topic}"]), said[f"catatan-{topic}"])
            for topic in Topic
            if said[f"hal-{topic}"]
        ]


class Refusal(forms.Form):
    """Why an application is refused for good."""

    alasan = forms.MultipleChoiceField(
        label=_("Grounds"),
        choices=[(g.value, labels.GROUND[g]) for g in Ground],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    penjelasan = forms.CharField(
        label=_("Explanation to the applicant"),
        required=False,
        max_length=NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="tolak")


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


class Ended(forms.Form):
    """Which reviews to list."""

    keadaan = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ANY, *((s.value, labels.STATE[s]) for s in shown.REVIEW_TONE)],
    )


def _same(finding: Finding, held: Finding | None) -> bool:
    if held is None:
        return False
    return (finding.judgement, finding.fault, finding.note.strip(), finding.reason) == (
        held.judgement,
        held.fault,
        held.note,
        held.reason,
    )


def _why(row: SheetRow) -> list[tuple[str, Any]]:
    """Return the reasons to choose from: those of the list for this document, then the kinds of fault."""
    kept = row.finding.reason if row.finding else ""
    listed = [(r.ref, r.of(get_language() or "id")) for r in row.reasons]
    gone = [(kept, _("As before"))] if kept and kept not in dict(listed) else []
    kinds = [(f.value, labels.FAULT[f]) for f in row.faults]
    return [("", _("Choose a reason")), *gone, *listed, *kinds]
