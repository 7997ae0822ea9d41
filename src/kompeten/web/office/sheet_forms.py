"""What stands on a sheet of marks? For each line a mark and a note, and one remark on the whole.

Fields have Indonesian names, since they stand in pages: `nilai-<code>` is a mark or `kosong`,
`catatan-<code>` the note, `perbaiki-<code>` what the candidate is asked to mend.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

BLANK = "kosong"
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Chip:
    """One mark that can be chosen; `closed` ones cannot, and the page says why."""

    value: str
    word: Any
    chosen: bool
    closed: bool


class Given:
    """A sheet as it was sent; what is not on it is absent. Rules judge it, not this."""

    def __init__(self, data: QueryDict, codes: Iterable[str]) -> None:
        self.data = data
        self.codes = tuple(codes)

    def marks(self) -> dict[str, int | None]:
        """Return the marks by code, None for an answer that is blank."""
        said = {code: self.data.get(f"nilai-{code}", "") for code in self.codes}
        return {code: _mark(text) for code, text in said.items() if _is_mark(text)}

    def grades(self) -> dict[str, int]:
        """Return the marks by code where none can be blank."""
        return {code: mark for code, mark in self.marks().items() if mark is not None}

    def notes(self) -> dict[str, str]:
        """Return the notes by code; an empty one takes back what was written."""
        said = {code: self.data.get(f"catatan-{code}") for code in self.codes}
        return {code: text for code, text in said.items() if text is not None}

    def reasons(self) -> dict[str, str]:
        """Return what is to be mended, by code; whoever writes nothing asks for nothing."""
        prefix = "perbaiki-"
        named = [name for name in self.data if name.startswith(prefix)]
        said = {name.removeprefix(prefix): self.data.get(name, "") for name in named}
        return {code: text for code, text in said.items() if text.strip()}

    def remark(self) -> str | None:
        """Return the remark on the whole."""
        return self.data.get("keterangan")

    def verdict(self) -> bool | None:
        """Return K or BK as recommended, None where neither is chosen."""
        return {"K": True, "BK": False}.get(self.data.get("putusan", ""))


def _is_mark(text: str) -> bool:
    return text == BLANK or (text.isascii() and text.isdigit() and len(text) <= DIGITS)


def _mark(text: str) -> int | None:
    return None if text == BLANK else int(text)
