"""What did several assessors give, side by side? Shown once everybody has handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Sheet(Protocol):
    """What one assessor gave; `marks` is None while it stays covered."""

    @property
    def name(self) -> str: ...
    @property
    def marks(self) -> Mapping[str, Any] | None: ...
    @property
    def notes(self) -> Mapping[str, str] | None: ...
    @property
    def points(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Column:
    """One item or criterion, and whether the marks for it are far apart."""

    prompt: str
    far: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """All marks: rows are (assessor, [(mark, note, far apart)], points)."""

    columns: list[Column]
    rows: list[tuple[str, list[tuple[Any, str, bool]], int | None]]
    far: int


def side_by_side(
    sheets: Sequence[Sheet], asked: Sequence[tuple[str, str]], *, over: int, blank: Any
) -> Matrix | None:
    """Return every mark by assessor, or None while all are covered.

    `asked` are (code, prompt); marks that differ by more than `over` are far apart, a blank counts
    as none. `blank` is its word.
    """
    seen = [sheet for sheet in sheets if sheet.marks is not None]
    if not seen:
        return None
    far = {code for code, _prompt in asked if _distance(seen, code) > over}
    return Matrix(
        columns=[Column(prompt, code in far) for code, prompt in asked],
        rows=[
            (
                sheet.name,
                [_cell(sheet, code, code in far, blank) for code, _p in asked],
                sheet.points,
            )
            for sheet in seen
        ],
        far=len(far),
    )


def _cell(sheet: Sheet, code: str, far: bool, blank: Any) -> tuple[Any, str, bool]:
    mark = (sheet.marks or {}).get(code)
    return (blank if mark is None else mark, (sheet.notes or {}).get(code, ""), far)


def _distance(sheets: Sequence[Sheet], code: str) -> int:
    marks = [(sheet.marks or {}).get(code) or 0 for sheet in sheets]
    return int(max(marks) - min(marks))
