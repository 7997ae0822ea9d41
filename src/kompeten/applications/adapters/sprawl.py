"""How much would a workbook part take up when laid out? Measured on its bytes, without parsing.

The spreadsheet reader lays each sheet out as a full rectangle from its first to its last cell and
copies a shared text for every cell that shows it. Both can ask for far more memory than the file
has bytes, and the process ends when there is not enough.
"""

import re
from collections import Counter
from itertools import pairwise

from kompeten.applications.terms import ListUnreadable

_TAG = rb"<(?:[A-Za-z_][\w.-]*:)?"
_ANY_TAG = re.compile(_TAG + rb"(?:row|c)(?=[\s/>])")

# Nearly all programs write `<c r="A1" …>`, which is quick to count (20 MB: 0.1 s). For anything
# else attributes are read one by one, five times slower.
_UNUSUAL = (
    b":c ",
    *(start + end for start in (b"<c", b":c") for end in b"> / \t \n \r".split(b" ")),
)
_PLAIN = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>/]*>')
_PLAIN_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^<>/]*/>')
_ROW_OR_CELL = re.compile(_TAG + rb"(row|c)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*/?>")
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_REFERENCE = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")

_VALUE = re.compile(_TAG + rb"v(?:\s[^<>]*)?>\s*([0-9]{1,9})\s*<")
_DISGUISED_VALUE = re.compile(_TAG + rb"v(?:\s[^<>]*)?>\s*(?:&#|<!\[)")
_TEXT = re.compile(_TAG + rb"si(?=[\s/>])")


def laid_out_cells(sheet: bytes) -> int:
    """Return the cells of the rectangle from A1 to the last cell that holds something.

    Never too few; too many only for files that leave cell references out.

    :raises ListUnreadable: cells are written in a way no program writes them (`file.broken`)
    """
    if any(form in sheet for form in _UNUSUAL):
        return _carefully(sheet)
    plain = _PLAIN.findall(sheet)
    total = sheet.count(b"<c ")
    if len(plain) < total and len(plain) + len(_PLAIN_EMPTY.findall(sheet)) < total:
        return _carefully(sheet)
    if not plain:
        return 0
    last_row = max(map(int, {row for _, row in plain}))
    return last_row * max(map(_column, {column for column, _ in plain}))


def shown_text_bytes(texts: bytes, values: Counter[int]) -> int:
    """Return the bytes of all cells together when each has its own copy of a shared text."""
    starts = [found.start() for found in _TEXT.finditer(texts)]
    sizes = [end - start for start, end in pairwise([*starts, len(texts)])]
    return sum(sizes[index] * times for index, times in values.items() if index < len(sizes))


def shared_values(sheet: bytes) -> Counter[int]:
    """Return how often each number stands in a cell; such a number may point to a shared text.

    :raises ListUnreadable: a number is disguised (`file.broken`)
    """
    disguises = b"&#" in sheet or b"<![" in sheet
    if disguises and _DISGUISED_VALUE.search(sheet):
        raise ListUnreadable("file.broken", "a disguised value")
    return Counter(map(int, _VALUE.findall(sheet)))


def _carefully(sheet: bytes) -> int:
    """Measure cells and rows whose reference is not where it is expected, or that have none.

    A row without a number follows the one before it, a cell without reference the cell before it.
    """
    row = column = last_row = last_column = seen = 0
    for found in _ROW_OR_CELL.finditer(sheet):
        seen += 1
        letters, number = _reference(found[2])
        if found[1] == b"row":
            row, column = number or row + 1, 0
            continue
        column = _column(letters) if letters else column + 1
        last_row = max(last_row, number or row)
        last_column = max(last_column, column)
    if seen != len(_ANY_TAG.findall(sheet)):
        raise ListUnreadable("file.broken", "a cell that no program writes so")
    return last_row * last_column


def _reference(attributes: bytes) -> tuple[bytes, int]:
    """Return letters and number of the attribute `r`; empty and 0 when there is none."""
    for name, *values in _ATTRIBUTE.findall(attributes):
        if name == b"r":
            found = _REFERENCE.fullmatch(b"".join(values))
            if found is None:
                raise ListUnreadable("file.broken", "a cell reference that is none")
            return found[1], int(found[2])
    return b"", 0


def _column(letters: bytes) -> int:
    """Return the column of `A` … `XFD`, from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
