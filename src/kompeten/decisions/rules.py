"""May this committee decide, and how is its decree numbered?

Source: ISO/IEC 17024:2012, 9.4 (who examined does not decide); decree format as published by the
body in 2022 (number, body, SK, Roman month, year).
"""

from collections.abc import Collection, Mapping
from datetime import date

LEAST_MEMBERS = 3
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

Pair = tuple[int, int]


def quorum_reasons(members: Collection[int]) -> tuple[str, ...]:
    """Return `committee.too_small` when fewer than three different people sit.

    >>> quorum_reasons([1, 2, 2])
    ('committee.too_small',)
    """
    return ("committee.too_small",) if len(set(members)) < LEAST_MEMBERS else ()


def barred(
    conflicts: Mapping[Pair, tuple[str, ...]], candidates: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Return the candidates this committee may not decide on, with the reasons of all its members."""
    found: dict[int, set[str]] = {}
    for (_, candidate), reasons in conflicts.items():
        if candidate in candidates:
            found.setdefault(candidate, set()).update(reasons)
    return {candidate: tuple(sorted(reasons)) for candidate, reasons in found.items()}


def decree_number(serial: int, *, body: str, on: date) -> str:
    """Return the decree's number.

    >>> decree_number(45, body="LSP KESOS", on=date(2026, 12, 2))
    '45/LSP KESOS/SK/XII/2026'
    """
    return f"{serial}/{body}/SK/{ROMAN[on.month - 1]}/{on.year}"
