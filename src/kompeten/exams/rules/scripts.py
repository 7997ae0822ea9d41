"""What do the points of assessors for one essay come to, and is a third one called?"""

from collections.abc import Sequence

from kompeten.exams.terms.scripts import MIN_NOTE, MarkingHandIn
from kompeten.kernel import panels

TOLERANCE = 5  # two assessors may differ by a fifth of the points


def is_third_needed(points: Sequence[int], *, most: int) -> bool:
    """Say whether two assessors differ by more than a fifth of the points; never after a third.

    >>> is_third_needed([10, 14], most=20), is_third_needed([10, 15], most=20)
    (False, True)
    """
    return len(points) == 2 and abs(points[0] - points[1]) * TOLERANCE > most


def settle(points: Sequence[int]) -> int:
    """Return the mean of two, or of the nearest two of three; a half point counts as a whole one.

    >>> settle([10, 13]), settle([10, 13, 20]), settle([4, 8, 12])
    (12, 12, 8)
    """
    settled = panels.settle([{"": given} for given in points], how="nearest_two")
    return -(-settled.points // settled.parts)


def hand_in_reasons(facts: MarkingHandIn) -> tuple[str, ...]:
    """Return why a marking cannot be handed in.

    >>> hand_in_reasons(MarkingHandIn(points=21, most_points=20, note=3))
    ('marking.points', 'marking.note_short')
    """
    checks = (
        ("marking.points", not 0 <= facts.points <= facts.most_points),
        ("marking.note_short", facts.note < MIN_NOTE),
        ("marking.not_waiting", not facts.waits),
    )
    return tuple(code for code, wrong in checks if wrong)
