"""May an assessor hand in this rating, and may a slot be called missed?"""

from collections.abc import Mapping

from kompeten.practicals.terms import Absence, RatingHandIn
from kompeten.schemes.terms import Rubric

MIN_NOTE = 8  # characters; a note is what was seen, and a tick is none

REFUSING = ("unknown", "off_scale", "unmarked")


def faults(
    rubric: Rubric, marks: Mapping[str, int], notes: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return the criteria at fault by kind: those in `REFUSING`, and `short_notes`."""
    known = {criterion.code for criterion in rubric.criteria}
    found = {
        "unknown": tuple(code for code in marks if code not in known),
        "off_scale": tuple(
            code for code, mark in marks.items() if code in known and mark not in rubric.scale.marks
        ),
        "unmarked": tuple(c.code for c in rubric.criteria if c.code not in marks),
        "short_notes": tuple(
            c.code for c in rubric.criteria if len(notes.get(c.code, "").strip()) < MIN_NOTE
        ),
    }
    return {kind: codes for kind, codes in found.items() if codes}


def hand_in_reasons(facts: RatingHandIn) -> tuple[str, ...]:
    """Return why a rating cannot be handed in.

    >>> hand_in_reasons(RatingHandIn(12, 30, False, unmarked=("ethics",), too_early=True))
    ('marks.unmarked', 'slot.not_started')
    """
    reasons = [f"marks.{kind}" for kind in REFUSING if getattr(facts, kind)]
    if facts.short_notes:
        reasons.append("notes.short")
    if facts.too_early:
        reasons.append("slot.not_started")
    return tuple(reasons)


def miss_reasons(facts: Absence) -> tuple[str, ...]:
    """Return why a slot cannot be called missed."""
    checks = (("slot.not_started", facts.too_early), ("slot.has_ratings", facts.has_ratings))
    return tuple(code for code, wrong in checks if wrong)
