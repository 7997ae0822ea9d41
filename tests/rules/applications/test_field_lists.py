"""Is everybody found, nobody joined wrongly, every planted fault named? On made-up field lists."""

from collections import Counter
from functools import cache

import pytest

from kompeten.applications.adapters import workbook
from kompeten.applications.terms import Place, Row, Verdict
from tests.make import collective
from tests.make.collective import Planted


@cache
def made(seed: int) -> tuple[tuple[Row, ...], dict[Place, Planted]]:
    """Return the rows as judged, and what was planted at each place."""
    content, planted = collective.field_list(count=630, seed=seed)
    rows = collective.judged(*workbook.read(content)).rows
    return rows, {Place(line.sheet, line.row): line for line in planted}


@pytest.mark.parametrize("seed", range(6))
def test_every_person_is_found_and_every_planted_fault_is_named(seed: int) -> None:
    rows, planted = made(seed)

    said = {row.place: set(row.reasons) - {"person.duplicate"} for row in rows}
    assert said == {place: line.faults for place, line in planted.items()}


@pytest.mark.parametrize("seed", range(6))
def test_only_lines_of_one_person_are_joined_and_all_of_them(seed: int) -> None:
    rows, planted = made(seed)
    person_at = {place: line.person for place, line in planted.items()}

    joined = [
        (person_at[row.place], person_at[row.duplicate_of]) for row in rows if row.duplicate_of
    ]
    assert [pair for pair in joined if pair[0] != pair[1]] == []
    kept = Counter(person_at[row.place] for row in rows if row.verdict is not Verdict.DUPLICATE)
    assert kept == Counter(range(630))


def test_the_good_line_is_kept_wherever_it_stands() -> None:
    rows, planted = made(5)
    lines_of = Counter(line.person for line in planted.values())

    kept = [
        row for row in rows if lines_of[planted[row.place].person] == 2 and not row.duplicate_of
    ]

    assert [planted[row.place].faults for row in kept] == [frozenset()] * 21
    assert {row.verdict for row in kept} == {Verdict.GOOD}
    assert any(row.duplicate_of and row.duplicate_of > row.place for row in rows)
