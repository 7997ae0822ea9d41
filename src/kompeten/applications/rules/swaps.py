"""Do two cells of a line stand in each other's place? Then each is read where it belongs."""

from collections.abc import Callable
from datetime import date

from kompeten.applications.rules import words
from kompeten.applications.rules.lines import Line
from kompeten.applications.terms import Cell


def righted(line: Line) -> tuple[Line, tuple[str, ...]]:
    """Return the line with exchanged cells put right, and a warning for each pair that was.

    Only where both cells are plainly what the other should be: a number as long as a NIK for a name
    and letters for the NIK, a day for the birth place and letters for the day. What is merely odd
    stays where it stands.
    """
    codes: list[str] = []
    for one, other, code, exchanged in _PAIRS:
        if line.has(one, other) and exchanged(line, one, other):
            line = line.exchanged(one, other)
            codes.append(code)
    return line, tuple(codes)


def _long_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell) >= 15 and sum(map(str.isdigit, cell)) >= 15 and not _has_letters(cell)
    return isinstance(cell, float | int) and cell >= 1e14


def _has_letters(cell: Cell) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell))


def _has_digits(cell: Cell) -> bool:
    if isinstance(cell, str):
        return any(map(str.isdigit, cell))
    return isinstance(cell, float | int | date)


def _nik_and_name(line: Line, nik: str, name: str) -> bool:
    written = line.cell(name)
    if isinstance(written, str) and written[:1].isalpha():
        return False
    identity = line.cell(nik)
    return _long_number(written) and _has_letters(identity) and not _has_digits(identity)


def _day_and_place(line: Line, day: str, place: str) -> bool:
    written = line.cell(place)
    if isinstance(written, str) and written.isalpha():
        return False
    other = line.cell(day)
    return _has_digits(written) and _has_letters(other) and not _has_digits(other)


def _phone_and_mail(line: Line, phone: str, email: str) -> bool:
    written = line.cell(phone)
    if not isinstance(written, str) or "@" not in written:
        return False
    return "@" not in line.text(email)


def _meant(
    of_one: Callable[[str], object], of_other: Callable[[str], object]
) -> Callable[[Line, str, str], bool]:
    def exchanged(line: Line, one: str, other: str) -> bool:
        first, second = line.text(one), line.text(other)
        if not first or of_one(first) is not None:
            return False
        return of_other(first) is not None and (not second or of_one(second) is not None)

    return exchanged


_PAIRS: tuple[tuple[str, str, str, Callable[[Line, str, str], bool]], ...] = (
    ("nik", "name", "name.swapped", _nik_and_name),
    ("birth_on", "birth_place", "birth_place.swapped", _day_and_place),
    ("phone", "email", "phone.swapped", _phone_and_mail),
    ("profession", "level", "level.swapped", _meant(words.profession, words.level)),
    ("profession", "route", "profession.swapped", _meant(words.profession, words.route)),
    ("level", "route", "route.swapped", _meant(words.level, words.route)),
)
