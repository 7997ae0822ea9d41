"""What code did somebody mean? Lists write region codes with and without dots, or as numbers."""

import re

# Province 2 digits, regency or city 2, sub-district 2, village 4; only the first four count here.
WRITTEN = re.compile(
    r"(\d{2})(?:[.,](\d)|(?:[.,\- ]?(\d{2})(?:[.,\- ]?\d{2}(?:[.,\- ]?\d{4})?)?))?"
)


def normalise(text: str) -> str:
    """Return the code of a province ("12") or of a regency or city ("12.18"); "" where none is meant.

    A spreadsheet that took the code for a number has dropped a last zero: "12.1" is "12.10".

    >>> [normalise(text) for text in ("1218", "12.18", " 12-18 ", "12.1", "12", "12.18.09.2001", "x")]
    ['12.18', '12.18', '12.18', '12.10', '12', '12.18', '']
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return ""
    province, tens, district = found.groups()
    district = f"{tens}0" if tens else district
    return f"{province}.{district}" if district else province


def province_code(code: str) -> str:
    """Return the code of the province in which `code` lies; of a province, the code itself."""
    return code[:2]
