"""How does a list go back to its office? The same sheets and rows, with what became of each beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from kompeten.applications.rules import mending
from kompeten.applications.terms import Cell, Grid, Merge, Place

LONGEST_NAME = 31
NOT_IN_NAMES = str.maketrans("[]:*?/\\", "       ")
FORBIDDEN_EDGE = "'"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is written beside a line: its verdict, what to do about it, and the code of a waiting one."""

    verdict: str
    remark: str = ""
    code: str = ""


def write(grids: Sequence[Grid], answers: Mapping[Place, Answer]) -> bytes:
    """Return the sheets as a workbook, each line with its answer in columns behind the last one.

    Cells keep their kind: a number stays a number, so that a rounded NIK is seen to be one when the
    sheet comes back. A text never becomes a formula, not even when somebody edits it.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 (slow import: 0.1 s of every command)

    buffer = BytesIO()
    book = Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    styles = _styles(book)
    taken: set[str] = set()
    for grid in grids:
        sheet = book.add_worksheet(_name(grid.name, taken))
        _write_cells(sheet, grid, styles)
        held = {place.row: answer for place, answer in answers.items() if place.sheet == grid.name}
        if held:
            _write_answers(sheet, grid, held, styles)
    book.close()
    return buffer.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    return {
        "text": book.add_format({"quote_prefix": True, "num_format": "@"}),
        "number": book.add_format({"num_format": "0.##########"}),
        "whole": book.add_format({"num_format": "0"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "instant": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        "hours": book.add_format({"num_format": "[hh]:mm"}),
        "head": book.add_format({"bold": True, "quote_prefix": True, "bg_color": "#E7EEF8"}),
        "answer": book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"}),
    }


def _name(name: str, taken: set[str]) -> str:
    """Return a name that a workbook may give a sheet, and that none has yet."""
    plain = name.translate(NOT_IN_NAMES).strip().strip(FORBIDDEN_EDGE)[:LONGEST_NAME] or "Daftar"
    found, number = plain, 1
    while found.lower() in taken:
        number += 1
        found = f"{plain[: LONGEST_NAME - 4]} {number}"
    taken.add(found.lower())
    return found


def _write_cells(sheet: Any, grid: Grid, styles: Mapping[str, Any]) -> None:
    for merge in _apart(grid.merges):
        sheet.merge_range(*merge, "")
    for y, row in enumerate(grid.rows):
        for x, cell in enumerate(row):
            _write(sheet, y, x, cell, styles)


def _apart(merges: Iterable[Merge]) -> list[Merge]:
    """Return those blocks of more than one cell that do not overlap one before them."""
    kept: list[Merge] = []
    for block in merges:
        is_block = (block.top, block.left) != (block.bottom, block.right)
        if is_block and not any(_overlap(block, other) for other in kept):
            kept.append(block)
    return kept


def _overlap(one: Merge, other: Merge) -> bool:
    across = one.left <= other.right and other.left <= one.right
    return across and one.top <= other.bottom and other.top <= one.bottom


def _write(sheet: Any, y: int, x: int, cell: Cell, styles: Mapping[str, Any]) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(y, x, cell, styles["text"])
    elif isinstance(cell, bool):
        sheet.write_boolean(y, x, cell)
    elif isinstance(cell, int | float):
        style = "whole" if cell == int(cell) else "number"
        sheet.write_number(y, x, cell, styles[style])
    elif isinstance(cell, datetime):
        is_day = cell.time() == time.min
        sheet.write_datetime(y, x, cell, styles["day" if is_day else "instant"])
    elif isinstance(cell, date):
        sheet.write_datetime(y, x, cell, styles["day"])
    elif isinstance(cell, time | timedelta):
        sheet.write_datetime(y, x, cell, styles["hours"])


def _write_answers(
    sheet: Any, grid: Grid, answers: Mapping[int, Answer], styles: Mapping[str, Any]
) -> None:
    first = _column(grid)
    head = max(min(answers) - 2, 0)
    sheet.write_row(head, first, mending.OWN_COLUMNS, styles["head"])
    sheet.set_column(first, first, 18)
    sheet.set_column(first + 1, first + 1, 60)
    sheet.set_column(first + 2, first + 2, 16)
    for row, answer in answers.items():
        for offset, text in enumerate((answer.verdict, answer.remark, answer.code)):
            sheet.write_string(row - 1, first + offset, text, styles["answer"])


def _column(grid: Grid) -> int:
    """Return where our columns stand: where they stood when the sheet came back, else behind the last."""
    for row in grid.rows:
        if mending.CODE in row:
            return max(row.index(mending.CODE) - 2, 0)
    return max((len(row) for row in grid.rows), default=0)
