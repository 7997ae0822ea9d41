"""What does one cell say? Texts, region codes, phones, e-mail addresses and hours."""

import re
from datetime import date
from functools import lru_cache

import phonenumbers

from kompeten.applications.terms import Cell
from kompeten.kernel import lettering

_SIGNS_ONLY = re.compile(r"[\s.\-–—_/]*")
_NOTHING = frozenset(("na", "n/a", "nihil", "kosong", "belum ada", "tidak ada"))
_LONGEST_NOTHING = 12
_FORMULA = re.compile(r"[=@+]|-(?!\s)")
_REGION = re.compile(r"(\d{2})[.,\s]?(\d{2})(?:[.,\s]?\d{2}(?:[.,\s]?\d{4})?)?(?![\d.,])")
_MOBILE = re.compile(r"(?:\+?62 ?|0)?(8(?:[ -]?[0-9]){8,11})")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")


def text(cell: Cell) -> str:
    """Return a cell as one line of text; a formula stays the text it is, nothing is computed.

    Whole numbers lose the `.0` that spreadsheets give them; dashes, `n/a`, `belum ada` and the
    apostrophe by which a number is forced to be text are no content.

    >>> text("  Dinas\\n Sosial "), text(480.0), text("-"), text("'0812")
    ('Dinas Sosial', '480', '', '0812')
    """
    if isinstance(cell, str):
        if not cell:
            return ""
        if not cell.isascii():
            cell = lettering.tidy(cell)
        line = " ".join(cell.split()).lstrip("'’`")
        if len(line) > _LONGEST_NOTHING:
            return line
        if not line[:1].isalnum() and _SIGNS_ONLY.fullmatch(line):
            return ""
        return "" if line.lower() in _NOTHING else line
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def is_formula(line: str) -> bool:
    """Return whether a spreadsheet that opens our exports could take the text for a formula."""
    return _FORMULA.match(line) is not None


def region_code(cell: Cell) -> str:
    """Return the dotted code of a regency or city, or the text itself where it is none.

    A number keeps no trailing zero, so 32.1 was typed as 32.10: 32.01 would still be 32.01.
    Longer codes of sub-districts and villages are cut to their regency.

    >>> [region_code(cell) for cell in ("3271", 32.1, 3271.0, "32.71.05", "Bogor", "32.1")]
    ['32.71', '32.10', '32.71', '32.71', 'Bogor', '32.1']
    """
    if isinstance(cell, float) and not cell.is_integer() and 11 <= cell < 100:
        return f"{cell:.2f}"
    return _dotted(text(cell))


@lru_cache(maxsize=2048)
def _dotted(line: str) -> str:
    found = _REGION.match(line.rstrip("., "))
    return f"{found[1]}.{found[2]}" if found else line


def phone(cell: Cell) -> str | None:
    """Return the first number of a cell as E.164, "" for an empty cell, None when it is unclear.

    A number cell has lost its leading zero; `62…` without a plus is read as the country.

    >>> phone(85934492883.0), phone("0859-3449-2883"), phone("+62 859 34492883"), phone("0812")
    ('+6285934492883', '+6285934492883', '+6285934492883', None)
    """
    line = text(cell)
    if not line:
        return ""
    # Mobile numbers in the usual notations are read 25 times faster so (0.9 µs, 2026-11), and to
    # the same end: a property test compares both ways.
    if found := _MOBILE.fullmatch(line):
        return f"+62{found[1].replace('-', '').replace(' ', '')}"
    return _any_phone(line)


def _any_phone(line: str) -> str | None:
    first = re.split(r"[/;,]|\b(?:dan|atau)\b", line, maxsplit=1)[0]
    if first.startswith("62"):
        first = f"+{first}"
    try:
        number = phonenumbers.parse(first, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(cell: Cell) -> str | None:
    """Return an e-mail address in lower case, "" for an empty cell, None when it is unclear."""
    line = text(cell).lower().replace(" ", "")
    return line if not line or (len(line) <= 254 and _EMAIL.fullmatch(line)) else None


def hours(cell: Cell) -> int | None:
    """Return whole hours, or None when the cell is empty or unclear.

    A dot or comma before three digits parts thousands, as people here write 1.344; a number cell
    that holds 1.344 has been read as a fraction by an English spreadsheet and is unclear.

    >>> [hours(cell) for cell in (1344.0, "1.344 jam", "480", 1.344, "banyak")]
    [1344, 1344, 480, None, None]
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float | int):
        return int(cell) if 0 <= cell < 1_000_000 and cell == int(cell) else None
    found = re.fullmatch(r"(\d{1,3}(?:[.,\s]\d{3})+|\d{1,6})\s*(jam|jp|h)?\.?", text(cell).lower())
    return int(re.sub(r"\D", "", found[1])) if found else None
