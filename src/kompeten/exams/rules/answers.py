"""What do answers say together, and which may come in? The last word on each item counts."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kompeten.exams.terms import MAX_BATCH, Answer, Batch, Progress

MAX_KEY = 40


def fold(batches: Iterable[Batch]) -> dict[int, str | None]:
    """Return the choice that counts for each item, from batches in the order they came.

    The last write wins, a blank too: who clears an answer has no answer. Late batches are left out.

    >>> fold([Batch((Answer(1, "a"), Answer(2, "b"))), Batch((Answer(1, None),))])
    {1: None, 2: 'b'}
    """
    found: dict[int, str | None] = {}
    for batch in batches:
        if not batch.late:
            found.update((answer.item, answer.choice) for answer in batch.answers)
    return found


def progress(folded: Mapping[int, str | None], *, items: int) -> Progress:
    """Return how many of the `items` of a form are answered."""
    answered = sum(choice is not None for choice in folded.values())
    return Progress(answered, items - answered)


def batch_reasons(
    answers: Sequence[Answer], *, key: str, options: Mapping[int, AbstractSet[str]]
) -> tuple[str, ...]:
    """Return why a batch cannot be kept; `options` has the option codes of each item of the form.

    Nothing is dropped from a batch in silence: it is kept whole or refused whole.
    """
    reasons = []
    if not 1 <= len(answers) <= MAX_BATCH:
        reasons.append("answers.count")
    if not 1 <= len(key) <= MAX_KEY:
        reasons.append("answers.key")
    if any(answer.item not in options for answer in answers):
        reasons.append("answers.unknown_item")
    elif any(a.choice is not None and a.choice not in options[a.item] for a in answers):
        reasons.append("answers.unknown_choice")
    if any(len(answer.client_at) > MAX_KEY for answer in answers):
        reasons.append("answers.client_at")
    return tuple(reasons)
