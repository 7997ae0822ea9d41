"""What do counts come to, and how do lists for others read what people said? Without a database."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from kompeten.reporting.terms import (
    Age,
    Aside,
    BnspRow,
    Codes,
    FunnelRow,
    Parcel,
    Recipient,
    Stage,
    Tally,
    Wait,
)

TALLIES: tuple[Tally, ...] = (*Stage, *Aside)

# The columns of the list that BNSP asks for before it gives out blank certificates, in their order.
# Source: BNSP's manual of 2018 for requests of blanks (the list holds K and BK); the headings as
# systems of other bodies write them.
BNSP_COLUMNS = (
    "NO",
    "NAMA ASESI",
    "NIK",
    "TEMPAT LAHIR",
    "TANGGAL LAHIR (dd/mm/yyyy)",
    "JENIS KELAMIN (L/P)",
    "TEMPAT TINGGAL",
    "KODE KOTA",
    "KODE PROVINSI",
    "TELP",
    "EMAIL",
    "KODE PENDIDIKAN",
    "KODE PEKERJAAN",
    "KODE JADWAL",
    "TANGGAL UJI",
    "NOMOR REGISTRASI ASESOR",
    "KODE SUMBER ANGGARAN",
    "KODE KEMENTERIAN",
    "K/BK",
)
# What a person may leave out; a list without it is taken all the same.
OPTIONAL = frozenset({"EMAIL"})

# What people write for their education, the highest first: the first that is found counts.
_EDUCATION = {
    "S3": r"s\W?(3|iii)\b|doktor\b|strata (3|tiga)",
    "S2": r"s\W?(2|ii)\b|magister|strata (2|dua)",
    "D4": r"d\W?(4|iv)\b|diploma (4|iv|empat)|sarjana (sains )?terapan|s\.?\s?tr\b|sst\b",
    "S1": r"s\W?1\b|s\W+i\b|sarjana|strata (1|satu)",
    "D3": r"d\W?(3|iii)\b|diploma (3|iii|tiga)|ahli madya",
    "D2": r"d\W?(2|ii)\b|diploma (2|ii|dua)",
    "D1": r"d\W?1\b|d\W+i\b|diploma (1|i|satu)",
    "SMA": r"sm[aku]\b|slta\b|stm\b|smea\b|sp[gs]\b|man?\b|madrasah aliyah|paket c\b"
    r"|sekolah menengah (atas|kejuruan)",
    "SMP": r"smp\b|sltp\b|mts\b|tsanawiyah|paket b\b|sekolah menengah pertama",
    "SD": r"sd\b|mi\b|ibtidaiyah|paket a\b|sekolah dasar",
}
EDUCATION = tuple(_EDUCATION)
_READ = {
    name: re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE) for name, words in _EDUCATION.items()
}


def total(rows: Iterable[FunnelRow]) -> dict[Tally, int]:
    """Return the sums over all provinces; a tally nobody has is 0."""
    sums = dict.fromkeys(TALLIES, 0)
    for row in rows:
        for tally, count in row.counts.items():
            sums[tally] += count
    return sums


def went_on(counts: Mapping[Tally, int], stage: Stage) -> float | None:
    """Return the share of those at the stage before who came to `stage`, 0 to 1; None for the first.

    Routes differ: not everybody passes each stage, so a share may pass 1.
    """
    stages = list(Stage)
    place = stages.index(stage)
    before = counts[stages[place - 1]] if place else 0
    return counts[stage] / before if before else None


def target_share(certified: int, *, target: int | None) -> float | None:
    """Return how much of the target is reached; None where there is none."""
    return certified / target if target else None


def year_share(on: date) -> float:
    """Return how much of the year has passed at the end of the day `on`, 0 to 1.

    >>> year_share(date(2026, 12, 31))
    1.0
    """
    first, following = date(on.year, 1, 1), date(on.year + 1, 1, 1)
    return ((on - first).days + 1) / (following - first).days


def age(
    wait: Wait,
    count: int,
    *,
    oldest_at: datetime | None,
    median_at: datetime | None,
    at: datetime,
) -> Age:
    """Return how long cases have waited at `at`; a clock set back makes nobody younger than now."""
    return Age(
        wait=wait,
        count=count,
        oldest_at=oldest_at,
        median_at=median_at,
        oldest_days=_days(oldest_at, at),
        median_days=_days(median_at, at),
    )


def _days(since: datetime | None, at: datetime) -> float | None:
    return None if since is None else max((at - since) / timedelta(days=1), 0.0)


def education(said: str) -> str:
    """Return which of `EDUCATION` somebody means, or empty where it cannot be told.

    >>> [education(text) for text in ("S1 Kesejahteraan Sosial", "D-IV Peksos", "SMA/SMK", "lulusan")]
    ['S1', 'D4', 'SMA', '']
    """
    return next((name for name, words in _READ.items() if words.search(said)), "")


def education_code(said: str, codes: Codes) -> str:
    """Return BNSP's code of an education as people write it, or empty where there is none."""
    return codes.education.get(education(said), "")


def occupation_code(said: str, codes: Codes) -> str:
    """Return BNSP's code of a post as people write it, or empty where there is none."""
    lower = said.casefold()
    return next(
        (
            code
            for words, code in codes.occupation
            if not words or any(word.casefold() in lower for word in words)
        ),
        "",
    )


def lacking(row: BnspRow) -> tuple[str, ...]:
    """Return the columns in which a person's line is empty and may not be."""
    return tuple(
        column
        for column, cell in zip(BNSP_COLUMNS, row.cells, strict=True)
        if not cell and column not in OPTIONAL
    )


def parcels(recipients: Iterable[Recipient]) -> tuple[Parcel, ...]:
    """Return who is handed what, by province and office; those without an office stand last in theirs."""
    groups: dict[tuple[str, str], list[Recipient]] = {}
    for recipient in recipients:
        groups.setdefault((recipient.province, recipient.office), []).append(recipient)
    ordered = sorted(groups, key=lambda g: (g[0].casefold(), not g[1], g[1].casefold()))
    return tuple(
        Parcel(*group, tuple(sorted(groups[group], key=lambda r: (r.name.casefold(), r.number))))
        for group in ordered
    )


def chosen(
    parcels: Sequence[Parcel], *, province: str = "", office: str | None = None
) -> tuple[Parcel, ...]:
    """Return the parcels of one province, of one office, or all; an empty `office` is those without."""
    return tuple(
        p
        for p in parcels
        if province in {"", p.province} and (office is None or p.office == office)
    )
