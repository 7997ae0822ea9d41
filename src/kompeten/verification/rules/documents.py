"""What does a set of findings come to? Judgement on documents, without a database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from kompeten.kernel import digest
from kompeten.kernel.canonical import plain
from kompeten.schemes.terms import DocumentRules
from kompeten.verification.terms import (
    FAULTS,
    STATEMENT_FAULTS,
    Eligible,
    Fault,
    Finding,
    Judgement,
    ReasonRow,
    Record,
    Rejection,
    Remark,
    Return,
)

NOTE_MAX = 500


def finding_reasons(finding: Finding, *, asked: Collection[str]) -> tuple[str, ...]:
    """Return why a finding cannot be noted; empty when it can.

    >>> finding_reasons(Finding("photo", Judgement.NOT_MET, file="9f2c"), asked={"photo"})
    ('finding.fault_missing',)
    >>> finding_reasons(Finding("photo", Judgement.MET), asked={"photo"})
    ('finding.nothing_there',)
    """
    if finding.document not in asked:
        return ("finding.not_asked",)
    if (finding.judgement is Judgement.ABSENT) == bool(finding.file):
        return ("finding.file_there" if finding.file else "finding.nothing_there",)
    allowed = FAULTS[finding.judgement]
    if allowed and finding.fault is None:
        return ("finding.fault_missing",)
    if finding.fault is not None and finding.fault not in allowed:
        return ("finding.fault_unfit",)
    return _note_reasons(finding.fault, finding.note)


def given_reasons(finding: Finding, given: Mapping[str, ReasonRow]) -> tuple[str, ...]:
    """Return why the maintained reason of a finding does not fit it; empty when it does, or none is given."""
    if not finding.reason:
        return ()
    row = given.get(finding.reason)
    if row is None or row.kind is not finding.fault:
        return ("finding.reason_unfit",)
    fits = not row.documents or finding.document in row.documents
    return () if fits else ("finding.reason_unfit",)


def remark_reasons(remark: Remark) -> tuple[str, ...]:
    """Return why a remark cannot be sent; empty when it can."""
    if remark.fault not in STATEMENT_FAULTS:
        return ("finding.fault_unfit",)
    return _note_reasons(remark.fault, remark.note)


def merged(
    held: Iterable[Finding], fresh: Iterable[Finding], *, order: Sequence[str]
) -> list[Finding]:
    """Return the findings with `fresh` ones in place of those on the same documents, in `order`."""
    by_document = {f.document: f for f in (*held, *fresh)}
    return [by_document[code] for code in order if code in by_document]


def unjudged(
    rules: DocumentRules, findings: Iterable[Finding], *, files: Collection[str]
) -> tuple[str, ...]:
    """Return the documents still to be judged: each that is required, and each that was put in.

    So that an applicant hears of everything at once, and not of one thing each time.
    """
    judged = {f.document for f in findings}
    unseen = {codes[0] for codes in rules.one_of.values() if judged.isdisjoint(codes)}
    asked = {*rules.required, *files, *unseen}
    return tuple(code for code in rules.codes if code in asked and code not in judged)


def unmet(rules: DocumentRules, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the requirements that no document meets; a group as its codes joined by `|`."""
    met = {f.document for f in findings if f.judgement is Judgement.MET}
    return tuple("|".join(codes) for codes in rules.missing(met))


def to_mend(rules: DocumentRules, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings an applicant has to mend.

    A document that does not do has to be replaced whatever it is; one that is absent only when
    nothing else meets the requirement.
    """
    held = tuple(findings)
    wanted = {code for codes in unmet(rules, held) for code in codes.split("|")}
    return tuple(
        f
        for f in held
        if f.judgement is Judgement.NOT_MET
        or (f.judgement is Judgement.ABSENT and f.document in wanted)
    )


def unchanged(earlier: Iterable[Finding], files: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return those findings that were made of the very file that is there now.

    >>> met = Finding("photo", Judgement.MET, file="9f2c")
    >>> unchanged([met], {"photo": "9f2c"}) == (met,)
    True
    >>> unchanged([met], {"photo": "77aa"})
    ()
    """
    return tuple(f for f in earlier if f.file and f.file == files.get(f.document))


def eligible_reasons(facts: Eligible) -> tuple[str, ...]:
    """Return what bars the finding that somebody is eligible."""
    reasons = []
    if facts.unjudged:
        reasons.append("finding.unjudged")
    if facts.unmet:
        reasons.append("finding.unmet")
    return tuple(reasons)


def return_reasons(facts: Return) -> tuple[str, ...]:
    """Return what bars sending an application back."""
    if facts.unjudged:
        return ("finding.unjudged",)
    return () if facts.items else ("return.nothing_to_mend",)


def rejection_reasons(facts: Rejection) -> tuple[str, ...]:
    """Return what bars refusing an application."""
    return () if facts.grounds else ("reject.ground_missing",)


def correct_by(on: date, *, days: int) -> date:
    """Return the last day to mend what is returned on the day `on`; the day itself is not counted.

    >>> correct_by(date(2026, 2, 27), days=14)
    datetime.date(2026, 3, 13)
    """
    return on + timedelta(days=days)


def seal(record: Record) -> str:
    """Return the digest of the record's canonical bytes.

    A reason that was not given is left out, as before there was a list of them.
    """
    whole = plain(record)
    for finding in whole["findings"]:
        if not finding["reason"]:
            del finding["reason"]
    return digest.of(whole)


def noted(findings: Iterable[Finding]) -> Mapping[str, str]:
    """Return judgement and fault by document, without the notes, for the ledger."""
    return {
        f.document: f.judgement.value + (f" {f.fault.value}" if f.fault else "") for f in findings
    }


def _note_reasons(fault: Fault | None, note: str) -> tuple[str, ...]:
    if fault is Fault.OTHER and not note.strip():
        return ("finding.note_missing",)
    return ("finding.note_long",) if len(note) > NOTE_MAX else ()
