"""What does a verifier write down? Findings on documents, things to mend, grounds to refuse.

Fields have Indonesian names, since they stand in addresses and pages; `nilai-<code>` is the
finding on the document `code`, `sebab-` its fault, `catatan-` the note.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.verification import labels
from kompeten.verification.terms import (
    STATEMENT_FAULTS,
    Fault,
    Finding,
    Ground,
    Judgement,
    Remark,
    SheetRow,
    Topic,
)

NOTE_MAX = 500


class Findings(forms.Form):
    """The verifier's sheet: for each document a finding, its fault and a note.

    `seperti` names a document of which is found again what an earlier round found.
    """

    def __init__(self, data: Any, *, rows: Sequence[SheetRow]) -> None:
        super().__init__(_accepted(data, rows))
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
        there = row.document.is_there
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
        # A reason that has left the list since may stay where it was given.
        kinds |= {f.reason: f.fault for row in self.rows for f in _held(row) if f.fault}
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


def _same(finding: Finding, held: Finding | None) -> bool:
    if held is None:
        return False
    return (finding.judgement, finding.fault, finding.note.strip(), finding.reason) == (
        held.judgement,
        held.fault,
        held.note,
        held.reason,
    )


def _held(row: SheetRow) -> list[Finding]:
    """Return what is, or may be, found of a document: what is held, and what an earlier round found."""
    return [f for f in (row.finding, row.before.finding if row.before else None) if f]


def _accepted(data: Any, rows: Sequence[SheetRow]) -> Any:
    """Return what was sent, with the earlier finding filled in where it was accepted by a button."""
    code = str(data.get("seperti") or "") if data else ""
    before = {r.document.code: r.before.finding for r in rows if r.before}.get(code)
    if before is None:
        return data
    filled = data.copy()
    filled[f"nilai-{code}"] = before.judgement.value
    filled[f"sebab-{code}"] = before.reason or before.fault or ""
    filled[f"catatan-{code}"] = before.note
    return filled


def _why(row: SheetRow) -> list[tuple[str, Any]]:
    """Return the reasons to choose from: those of the list for this document, then the kinds of fault."""
    listed = [(r.ref, r.of(get_language() or "id")) for r in row.reasons]
    kept = {f.reason for f in _held(row) if f.reason} - dict(listed).keys()
    gone = [(ref, _("As before")) for ref in sorted(kept)]
    kinds = [(f.value, labels.FAULT[f]) for f in row.faults]
    return [("", _("Choose a reason")), *gone, *listed, *kinds]
