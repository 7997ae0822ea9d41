"""What is told to whoever brought answers by hand?"""

from dataclasses import dataclass

from kompeten.exams.terms.vault import Via


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Answers of an attempt are on disk; the same ones brought again are answered in the same way.

    `receipts` has one for each chain that was brought; `words` are those on the device's own screen,
    none for a code that leaves essays behind, or nobody would bring them;
    `answered` is how many items of the attempt have an answer here now; `received` is when they were
    first kept, in milliseconds since 1970. `owed`: the device has essays that have not come in.
    """

    attempt: str
    via: Via
    receipts: tuple[str, ...]
    words: tuple[str, ...]
    answered: int
    received: int
    owed: bool = False
