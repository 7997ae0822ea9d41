"""Did a spreadsheet round a whole column of NIKs before they became text? Then no single one tells."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kompeten.applications.rules import nik
from kompeten.applications.rules.entries import Reading
from kompeten.applications.terms import Place

FEWEST = 5
"""NIKs of a sheet that must all end in 0: of five true ones that happens once in 100,000 sheets."""


def mark(places: Sequence[Place], readings: list[Reading]) -> None:
    """Mark the NIKs of each sheet in which all that are whole end in 0 as rounded, in `readings`.

    A list that was saved as CSV, or whose column was turned into text after typing, shows sixteen
    digits that look sound; the last of each is the spreadsheet's. Changes the readings in place.
    """
    whole: dict[str, list[int]] = defaultdict(list)
    for index, reading in enumerate(readings):
        if reading.nik.whole:
            whole[places[index].sheet].append(index)
    for of_sheet in whole.values():
        digits = {readings[index].nik.digits for index in of_sheet}
        if len(digits) >= FEWEST and all(number.endswith("0") for number in digits):
            for index in of_sheet:
                readings[index] = _rounded(readings[index])


def _rounded(reading: Reading) -> Reading:
    number = replace(reading.nik, reason="nik.rounded", sure=nik.SAFE)
    asked = tuple(code for code in reading.entry.warnings if code != "nik.serial_zero")
    entry = replace(reading.entry, nik=number.digits[: number.sure], warnings=asked)
    return replace(reading, nik=number, entry=entry, reasons=("nik.rounded", *reading.reasons))
