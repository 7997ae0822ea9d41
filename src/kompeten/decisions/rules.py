"""May this committee decide, and how is its decree numbered?

Source: ISO/IEC 17024:2012, 9.4 (who examined does not decide); decree format as published by the
body in 2022 (number, body, SK, Roman month, year).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

LEAST_MEMBERS = 3
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

# Laws as they are cited in full, the highest first; a decree names them in this order.
LAWS = {
    "UU": "Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perpres": "Peraturan Presiden",
    "Permensos": "Peraturan Menteri Sosial",
    "Kepmensos": "Keputusan Menteri Sosial",
}
_LAW = re.compile(rf"({'|'.join(LAWS)}) (\d+[A-Z]*)/(\d{{4}})")

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


def basis(laws: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return laws, each as code and subject, as a decree cites them: in full, by rank and by year.

    What has another form of code keeps it and stands last.

    >>> basis([("Permensos 16/2017", "standar nasional"), ("UU 11/2009", "Kesejahteraan sosial")])
    ('Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan sosial', \
'Peraturan Menteri Sosial Nomor 16 Tahun 2017 tentang standar nasional')
    """
    return tuple(text for _, text in sorted({_cited(code, subject) for code, subject in laws}))


def _cited(code: str, subject: str) -> tuple[tuple[int, int, str], str]:
    found = _LAW.fullmatch(code)
    if found is None:
        return (len(LAWS), 0, code), f"{code} tentang {subject}"
    kind, number, year = found.groups()
    rank = (list(LAWS).index(kind), int(year), number.zfill(6))
    return rank, f"{LAWS[kind]} Nomor {number} Tahun {year} tentang {subject}"
