"""How far is somebody? So many answered, so many blank."""

from collections.abc import Mapping

from kompeten.exams.terms import Progress


def progress(folded: Mapping[int, str | None], *, items: int) -> Progress:
    """Return how many of the `items` of a form are answered."""
    answered = sum(choice is not None for choice in folded.values())
    return Progress(answered, items - answered)
