"""What do findings come to? Tables of cases, and what holds for every set of findings."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kompeten.schemes.terms import DocumentRules
from kompeten.verification.chart import REVIEW
from kompeten.verification.rules import documents
from kompeten.verification.terms import (
    FAULTS,
    UNANSWERED,
    Eligible,
    Fault,
    Finding,
    Judgement,
    Record,
    Rejection,
    Remark,
    Return,
    Topic,
)

RULES = DocumentRules(
    required=("id_card", "photo"),
    one_of={"letter": ("profession_letter", "workplace_letter")},
    optional=("award",),
)
FILE = "0" * 64


def met(code: str) -> Finding:
    return Finding(code, Judgement.MET, file=FILE)


def not_met(code: str, fault: Fault = Fault.UNREADABLE, note: str = "") -> Finding:
    return Finding(code, Judgement.NOT_MET, fault, note, file=FILE)


def absent(code: str) -> Finding:
    return Finding(code, Judgement.ABSENT, Fault.NOT_ATTACHED)


@pytest.mark.parametrize(
    ("finding", "reasons"),
    [
        (met("photo"), ()),
        (not_met("photo"), ()),
        (absent("photo"), ()),
        (met("diploma"), ("finding.not_asked",)),
        (Finding("photo", Judgement.MET), ("finding.nothing_there",)),
        (Finding("photo", Judgement.NOT_MET, Fault.EXPIRED), ("finding.nothing_there",)),
        (
            Finding("photo", Judgement.ABSENT, Fault.NOT_ATTACHED, file=FILE),
            ("finding.file_there",),
        ),
        (Finding("photo", Judgement.NOT_MET, file=FILE), ("finding.fault_missing",)),
        (Finding("photo", Judgement.ABSENT), ("finding.fault_missing",)),
        (Finding("photo", Judgement.MET, Fault.EXPIRED, file=FILE), ("finding.fault_unfit",)),
        (not_met("photo", Fault.NOT_ATTACHED), ("finding.fault_unfit",)),
        (not_met("photo", Fault.OTHER), ("finding.note_missing",)),
        (not_met("photo", Fault.OTHER, "  "), ("finding.note_missing",)),
        (not_met("photo", Fault.OTHER, "Foto orang lain"), ()),
        (not_met("photo", Fault.EXPIRED, "x" * 501), ("finding.note_long",)),
    ],
)
def test_a_finding_says_something_true_that_can_be_mended(
    finding: Finding, reasons: tuple[str, ...]
) -> None:
    assert documents.finding_reasons(finding, asked=RULES.codes) == reasons


@pytest.mark.parametrize(
    ("remark", "reasons"),
    [
        (Remark(Topic.PRACTICE, Fault.UNCLEAR), ()),
        (Remark(Topic.PRACTICE, Fault.OTHER), ("finding.note_missing",)),
        (Remark(Topic.IDENTITY, Fault.PHOTO_UNFIT), ("finding.fault_unfit",)),
    ],
)
def test_a_remark_uses_the_faults_of_statements(remark: Remark, reasons: tuple[str, ...]) -> None:
    assert documents.remark_reasons(remark) == reasons


@pytest.mark.parametrize(
    ("findings", "files", "left"),
    [
        ((), (), ("id_card", "photo", "profession_letter")),
        ((), ("workplace_letter",), ("id_card", "photo", "profession_letter", "workplace_letter")),
        ((met("id_card"), met("photo"), met("workplace_letter")), (), ()),
        ((met("id_card"), absent("photo"), absent("profession_letter")), (), ()),
        ((met("id_card"), met("photo"), met("workplace_letter")), ("award",), ("award",)),
    ],
)
def test_unjudged_is_what_is_required_or_was_put_in(
    findings: tuple[Finding, ...], files: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert documents.unjudged(RULES, findings, files=files) == left


def test_one_document_of_a_group_meets_it() -> None:
    findings = (met("id_card"), met("photo"), met("workplace_letter"), not_met("profession_letter"))

    assert documents.unmet(RULES, findings) == ()
    assert documents.unmet(RULES, findings[:2]) == ("profession_letter|workplace_letter",)


def test_to_mend_leaves_out_what_something_else_makes_good() -> None:
    findings = (
        absent("id_card"),
        met("photo"),
        absent("profession_letter"),
        met("workplace_letter"),
        not_met("award"),
    )

    assert documents.to_mend(RULES, findings) == (findings[0], findings[4])


def test_a_finding_takes_the_place_of_the_one_before_and_keeps_the_order_of_the_scheme() -> None:
    held = [met("photo"), absent("workplace_letter")]

    merged = documents.merged(held, [not_met("photo"), met("id_card")], order=RULES.codes)

    assert merged == [met("id_card"), not_met("photo"), absent("workplace_letter")]


def test_guards_name_what_bars() -> None:
    assert documents.eligible_reasons(Eligible("sha256:0")) == ()
    assert documents.eligible_reasons(Eligible("sha256:0", ("photo",), ("photo",))) == (
        "finding.unjudged",
        "finding.unmet",
    )
    until = date(2026, 3, 16)
    assert documents.return_reasons(Return("sha256:0", 1, until)) == ()
    assert documents.return_reasons(Return("sha256:0", 0, until)) == ("return.nothing_to_mend",)
    assert documents.return_reasons(Return("sha256:0", 1, until, ("photo",))) == (
        "finding.unjudged",
    )
    assert documents.rejection_reasons(Rejection("sha256:0", ())) == ("reject.ground_missing",)


def test_correct_by_passes_the_end_of_february_and_of_the_year() -> None:
    assert documents.correct_by(date(2028, 2, 27), days=3) == date(2028, 3, 1)
    assert documents.correct_by(date(2026, 12, 25), days=14) == date(2027, 1, 8)


def test_every_fault_belongs_to_a_judgement_or_to_statements() -> None:
    used = {fault for faults in FAULTS.values() for fault in faults} | {Fault.UNCLEAR}

    assert used == set(Fault)


def test_answers_end_a_review() -> None:
    assert [s for s in REVIEW.states if not REVIEW.is_final(s)] == [s.value for s in UNANSWERED]


CODES = RULES.codes
JUDGED = st.sampled_from(list(Judgement)).map(
    lambda j: {
        Judgement.MET: met,
        Judgement.NOT_MET: not_met,
        Judgement.ABSENT: absent,
    }[j]
)
FINDINGS = st.dictionaries(st.sampled_from(CODES), JUDGED).map(
    lambda picked: tuple(picked[code](code) for code in CODES if code in picked)
)


@given(FINDINGS)
def test_a_full_sheet_is_either_eligible_or_has_something_to_mend(
    findings: tuple[Finding, ...],
) -> None:
    files = [f.document for f in findings if f.file]
    assume(not documents.unjudged(RULES, findings, files=files))

    unmet = documents.unmet(RULES, findings)
    mend = documents.to_mend(RULES, findings)

    assert bool(unmet) <= bool(mend)


@given(FINDINGS, st.randoms())
def test_the_order_in_which_findings_are_noted_does_not_matter(
    findings: tuple[Finding, ...], rng: object
) -> None:
    shuffled = list(findings)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    merged: list[Finding] = []
    for finding in shuffled:
        merged = documents.merged(merged, [finding], order=CODES)

    assert tuple(merged) == findings
    assert documents.seal(Record("A", 1, tuple(merged))) == documents.seal(Record("A", 1, findings))
