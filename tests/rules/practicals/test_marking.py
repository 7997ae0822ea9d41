"""Which ratings can be handed in, and when is a candidate absent?"""

import pytest

from kompeten.practicals.rules.marking import faults, hand_in_reasons, miss_reasons
from kompeten.practicals.terms import Absence, RatingHandIn
from tests.rules.practicals.rubrics import RUBRIC

NOTES = {"ethics": "Menjaga rahasia.", "skill": "Bertanya terbuka."}
MARKS = {"ethics": 4, "skill": 2}


@pytest.mark.parametrize(
    ("marks", "notes", "expected"),
    [
        (MARKS, NOTES, {}),
        ({"ethics": 4}, NOTES, {"unmarked": ("skill",)}),
        (MARKS | {"skill": 0}, NOTES, {"off_scale": ("skill",)}),
        (MARKS | {"skill": 6}, NOTES, {"off_scale": ("skill",)}),
        (MARKS | {"charm": 5}, NOTES, {"unknown": ("charm",)}),
        (MARKS, {"ethics": "Menjaga rahasia."}, {"short_notes": ("skill",)}),
        (MARKS, NOTES | {"skill": "   baik   "}, {"short_notes": ("skill",)}),
    ],
)
def test_faults_name_the_criteria(
    marks: dict[str, int], notes: dict[str, str], expected: dict[str, tuple[str, ...]]
) -> None:
    assert faults(RUBRIC, marks, notes) == expected


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (RatingHandIn(6, 10, True), ()),
        (RatingHandIn(6, 10, True, too_early=True), ("slot.not_started",)),
        (
            RatingHandIn(6, 10, True, off_scale=("skill",), short_notes=("skill",)),
            ("marks.off_scale", "notes.short"),
        ),
    ],
)
def test_hand_in_reasons(facts: RatingHandIn, reasons: tuple[str, ...]) -> None:
    assert hand_in_reasons(facts) == reasons


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (Absence(), ()),
        (Absence(too_early=True), ("slot.not_started",)),
        (Absence(too_early=True, has_ratings=True), ("slot.not_started", "slot.has_ratings")),
    ],
)
def test_miss_reasons(facts: Absence, reasons: tuple[str, ...]) -> None:
    assert miss_reasons(facts) == reasons
