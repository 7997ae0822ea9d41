"""Can entries be kept? Each field of each kind, read kindly and judged strictly."""

from datetime import date

import pytest

from kompeten.portfolios.rules.vitae import MAX_ENTRIES, judge
from kompeten.portfolios.terms import Problem
from tests.rules.portfolios.instruments import KINDS, SINGLE

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        ("name", "  Ani Rahayu ", "Ani Rahayu"),
        ("story", "Satu.\r\nDua.", "Satu.\nDua."),
        ("day", "2015-02-01", "2015-02-01"),
        ("day", "1/2/2015", "2015-02-01"),
        ("day", "01-02-2015", "2015-02-01"),
        ("day", "29.02.2024", "2024-02-29"),
        ("year", "2008", "2008"),
        ("hours", "37,5", "37.5"),
        ("hours", "40", "40"),
        ("stage", "master", "master"),
    ],
)
def test_a_field_is_kept_in_one_notation(field: str, sent: str, kept: str) -> None:
    entries, problems = judge(KINDS, [{"name": "x", field: sent}], on=ON)

    assert problems == ()
    assert entries[0][field] == kept


@pytest.mark.parametrize(
    ("field", "sent", "code"),
    [
        ("name", "x" * 301, "text.long"),
        ("story", "x" * 4_001, "text.long"),
        ("day", "kemarin", "date.invalid"),
        ("day", "30/2/2015", "date.invalid"),
        ("day", "29/02/2025", "date.invalid"),
        ("day", "1/2/15", "date.invalid"),
        ("day", "1/2/1215", "date.range"),
        ("day", "2037-01-01", "date.range"),
        ("year", "08", "year.invalid"),
        ("year", "२०१९", "year.invalid"),
        ("year", "1929", "year.range"),
        ("year", "2037", "year.range"),
        ("hours", "empat puluh", "number.invalid"),
        ("hours", "-4", "number.invalid"),
        ("hours", "1e9", "number.invalid"),
        ("stage", "doctor", "choice.unknown"),
        ("nik", "1218905704850001", "field.unknown"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(field: str, sent: str, code: str) -> None:
    _, problems = judge(KINDS, [{"name": "x"}, {"name": "x", field: sent}], on=ON)

    assert problems == (Problem("kinds", 1, field, code),)


def test_every_problem_is_told_at_once() -> None:
    _, problems = judge(KINDS, [{"year": "08", "stage": "x"}, {"name": ""}, {"day": "x"}], on=ON)

    assert problems == (
        Problem("kinds", 0, "name", "field.missing"),
        Problem("kinds", 0, "year", "year.invalid"),
        Problem("kinds", 0, "stage", "choice.unknown"),
        Problem("kinds", 2, "name", "field.missing"),
        Problem("kinds", 2, "day", "date.invalid"),
    )


def test_entries_left_empty_are_dropped() -> None:
    entries, problems = judge(KINDS, [{"name": " "}, {"name": "Ani"}, {}], on=ON)

    assert (entries, problems) == (({"name": "Ani"},), ())


def test_a_single_part_holds_one_entry() -> None:
    assert judge(SINGLE, [{"name": "Ani"}], on=ON)[1] == ()

    _, problems = judge(SINGLE, [{"name": "Ani"}, {"name": "Eko"}], on=ON)

    assert [p.code for p in problems] == ["entries.many"]


def test_a_list_without_end_is_cut_short_and_refused() -> None:
    kept, problems = judge(KINDS, [{"name": "x"}] * 50_000, on=ON)

    assert len(kept) == MAX_ENTRIES + 1
    assert [p.code for p in problems] == ["entries.many"]
