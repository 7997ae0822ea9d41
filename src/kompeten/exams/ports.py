"""What does the exam room need from outside? A journal that survives the loss of power."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from kompeten.exams.terms.vault import Row, Stored


class Journal(Protocol):
    """The vault: rows are appended, never changed; numbers grow in the order they became durable."""

    def append(self, rows: Sequence[Row]) -> list[int]:
        """Keep rows; return the instant (milliseconds since 1970) each was first kept.

        A row that was there keeps its first instant. On return they would survive `kill -9` of every
        process and the loss of power of the machine.
        """
        ...

    def after(self, number: int, *, limit: int) -> list[Stored]:
        """Return up to `limit` rows with numbers above `number`, in their order."""
        ...

    def of(self, attempt: str) -> list[Stored]:
        """Return everything kept of one attempt, in its order."""
        ...

    def tidy(self) -> None:
        """Do now, beside whoever appends, what would make appends wait later; called every few seconds."""
        ...

    def durability(self) -> Mapping[str, str]:
        """Return the settings on which it rests that a row survives the loss of power, as they are now."""
        ...
