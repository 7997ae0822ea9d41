"""May this committee decide, and how is its decree numbered?"""

from datetime import date

import pytest

from kompeten.decisions import rules


@pytest.mark.parametrize(
    ("members", "reasons"),
    [
        ([], ("committee.too_small",)),
        ([1, 2], ("committee.too_small",)),
        ([1, 2, 2], ("committee.too_small",)),
        ([1, 2, 3], ()),
        ([1, 2, 3, 4], ()),
    ],
)
def test_three_different_people_make_a_committee(members: list[int], reasons: tuple) -> None:
    assert rules.quorum_reasons(members) == reasons


def test_one_tied_member_bars_the_candidate_for_the_whole_committee() -> None:
    conflicts = {(1, 10): ("tie.trained",), (2, 10): ("tie.examined",), (3, 99): ("tie.family",)}

    barred = rules.barred(conflicts, {10, 11})

    assert barred == {10: ("tie.examined", "tie.trained")}


@pytest.mark.parametrize(
    ("serial", "on", "number"),
    [
        (1, date(2026, 1, 1), "1/LSP KESOS/SK/I/2026"),
        (45, date(2022, 12, 31), "45/LSP KESOS/SK/XII/2022"),
    ],
)
def test_a_decree_bears_a_roman_month(serial: int, on: date, number: str) -> None:
    assert rules.decree_number(serial, body="LSP KESOS", on=on) == number
