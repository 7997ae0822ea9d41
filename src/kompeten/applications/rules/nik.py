"""Is this a NIK, whole and undamaged? Content raises questions, never a refusal.

Shape: province 2, regency 2, sub-district 2, day (women: + 40), month, year in two digits, serial
4 from 0001; no check digit. It may differ from the true birth date and is not corrected, and its
district is where it was first given. Source: civil registry, as collected in `domain.md` 5.1.
"""

import re
from dataclasses import dataclass
from datetime import date

from kompeten.applications.rules.cells import text
from kompeten.applications.terms import Cell, Sex

LENGTH = 16
SAFE = LENGTH - 1
"""Digits that a spreadsheet keeps of a number that is typed in."""

_TELLING = 12
"""Leading digits that tell district, birth date and sex; the others only count."""

_EXACT_BELOW = 2.0**53
_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)e\+?(\d{1,2})", re.IGNORECASE)
_LABEL = re.compile(r"^(nik|no\.? ?ktp|ktp)\s*[:.]?\s*", re.IGNORECASE)
_POINT_ZERO = re.compile(r"(?<=\d{15})\.0+$")


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK as read: its digits, what is wrong (`nik.*` or ""), and what somebody should look at.

    `sure` is the number of leading digits that can be trusted to be those that were meant.
    """

    digits: str
    reason: str = ""
    warnings: tuple[str, ...] = ()
    sure: int = LENGTH

    @property
    def whole(self) -> bool:
        """Return whether all 16 digits are there and none was put in by a spreadsheet."""
        return not self.reason


def read(cell: Cell) -> Nik:
    """Return the NIK of a cell, whether it was typed as text or as a number.

    `nik.rounded`: a number cell of 16 digits that ends in 0. A spreadsheet keeps 15 digits of a
    typed number and writes 0 for the rest, so it is certain that this cell cannot vouch for its
    last digit: whatever was typed, 0 is what stands here. (One NIK in ten does end in 0; the cell
    cannot tell.) The same is certain of `3.27197E+15`, where digits are missing on sight.

    Only suspected (warning `nik.rounded_suspected`, still `nik.rounded`): a number from 2**53 on
    that does not end in 0. A program wrote it with all its digits, but numbers of that size come
    in steps of two, so an odd one has become its neighbour. Below 2**53 such a number is exact:
    it is taken, with the warning `nik.number`.

    >>> read("'3271 9727 0192 0001").digits, read(3271972701920000.0).reason
    ('3271972701920001', 'nik.rounded')
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _from_number(float(cell))
    line = _LABEL.sub("", text(cell))
    if found := _SCIENTIFIC.fullmatch(line.replace(" ", "")):
        return _from_scientific(found)
    compact = re.sub(r"[\s.\-_/'’`]", "", _POINT_ZERO.sub("", line))
    plain = compact.isascii() and compact.isdecimal()
    digits = compact if plain else "".join(sign for sign in compact if sign in "0123456789")
    if not digits.strip("0"):
        return Nik("", "nik.missing")
    if not plain or len(digits) != LENGTH:
        return Nik(digits, "nik.length")
    return Nik(digits, warnings=("nik.serial_zero",) if digits.endswith("0000") else ())


def questions(
    nik: Nik, *, birth_on: date | None, sex: Sex | None, districts: frozenset[str]
) -> tuple[str, ...]:
    """Return the warnings of a NIK beside what the person states; of one of wrong length only its own.

    Nor is anything asked of digits that a spreadsheet has put in.

    `districts` holds four digits each. Only day, month and two digits of the year are compared,
    since a NIK does not know its century.
    """
    if len(nik.digits) != LENGTH or nik.sure < _TELLING:
        return nik.warnings
    found = list(nik.warnings)
    if nik.digits[:4] not in districts:
        found.append("nik.district_unknown")
    female = nik.digits[6] >= "4"
    if birth_on is not None:
        day = int(nik.digits[6:8]) - (40 if female else 0)
        if f"{day:02d}{nik.digits[8:12]}" != f"{birth_on:%d%m%y}":
            found.append("nik.birth_date_differs")
    if sex is not None and female != (sex is Sex.FEMALE):
        found.append("nik.sex_differs")
    return tuple(found)


def compatible(nik: Nik, other: Nik) -> bool:
    """Return whether two readings could be the same NIK, one or both of them damaged.

    A rounded one is compared as far as it can be trusted; one of wrong length has lost or gained
    up to two digits.
    """
    if len(nik.digits) == len(other.digits) == LENGTH:
        sure = min(nik.sure, other.sure)
        return nik.digits[:sure] == other.digits[:sure]
    if min(nik.sure, other.sure) < SAFE:
        return False
    short, long = sorted((nik.digits[: nik.sure], other.digits[: other.sure]), key=len)
    if len(short) < LENGTH - 4 or len(long) - len(short) > 2:
        return False
    rest = iter(long)
    return all(digit in rest for digit in short)


def _from_number(value: float) -> Nik:
    if not 0 < value < 1e18:
        return Nik("", "nik.missing" if value == 0 else "nik.length")
    digits = str(int(value))
    if len(digits) != LENGTH or value != int(value):
        return Nik(digits, "nik.length")
    if digits.endswith("0"):
        return Nik(digits, "nik.rounded", sure=SAFE)
    if value >= _EXACT_BELOW:
        return Nik(digits, "nik.rounded", ("nik.rounded_suspected",), sure=SAFE)
    return Nik(digits, warnings=("nik.number",))


def _from_scientific(found: re.Match[str]) -> Nik:
    """Read `3.271972701920001E+15`: whole with 16 digits before the E, rounded with fewer.

    The last digit shown has itself been rounded, so it is not one of the sure ones.
    """
    shown = found[1] + found[2]
    digits = (shown + "0" * LENGTH)[: int(found[3]) + 1]
    if len(digits) != LENGTH or len(shown) > LENGTH:
        return Nik(digits[: LENGTH + 4], "nik.length")
    return Nik(digits) if len(shown) == LENGTH else Nik(digits, "nik.rounded", sure=len(shown) - 1)
