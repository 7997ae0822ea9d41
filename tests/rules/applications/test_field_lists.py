"""Is everybody found, nobody joined wrongly, every planted fault named? On made-up field lists."""

from collections import Counter
from datetime import date

import pytest

from kompeten.applications.adapters import workbook
from kompeten.applications.rules import roster
from kompeten.applications.terms import Place, Roster, Verdict
from tests.make import collective

ON = date(2026, 3, 2)


def judged(content: bytes) -> Roster:
    return roster.judge(workbook.read(content), known=collective.KNOWN, on=ON)


@pytest.mark.parametrize("seed", range(12))
def test_every_person_is_found_and_every_planted_fault_is_named(seed: int) -> None:
    content, planted = collective.field_list(count=630, seed=seed)

    rows = judged(content).rows

    said = {row.place: set(row.reasons) - {"person.duplicate"} for row in rows}
    assert said == {Place(line.sheet, line.row): line.faults for line in planted}


@pytest.mark.parametrize("seed", range(12))
def test_only_lines_of_one_person_are_joined_and_all_of_them(seed: int) -> None:
    content, planted = collective.field_list(count=630, seed=seed)
    person_at = {Place(line.sheet, line.row): line.person for line in planted}

    rows = judged(content).rows

    joined = [
        (person_at[row.place], person_at[row.duplicate_of]) for row in rows if row.duplicate_of
    ]
    assert [pair for pair in joined if pair[0] != pair[1]] == []
    kept = Counter(person_at[row.place] for row in rows if row.verdict is not Verdict.DUPLICATE)
    assert kept == Counter(range(630))


def test_the_good_line_is_kept_wherever_it_stands() -> None:
    content, planted = collective.field_list(count=630, seed=5)
    lines_of = Counter(line.person for line in planted)
    faults_at = {Place(line.sheet, line.row): line.faults for line in planted}
    person_at = {Place(line.sheet, line.row): line.person for line in planted}

    rows = judged(content).rows

    kept = [row for row in rows if lines_of[person_at[row.place]] == 2 and not row.duplicate_of]
    assert len(kept) == 21
    assert [faults_at[row.place] for row in kept] == [frozenset()] * 21
    assert {row.verdict for row in kept} == {Verdict.GOOD}
    first_was_bad = [row for row in rows if row.duplicate_of and row.duplicate_of > row.place]
    assert first_was_bad != []
