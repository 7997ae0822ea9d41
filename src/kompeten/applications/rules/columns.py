"""Which column of a sheet holds what? Header rows are found and read by the many names in use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kompeten.applications.terms import Cell, Grid

HEADER_WITHIN = 60
"""Rows from the top in which a header is looked for; letterheads seen so far take 3 to 12."""

LONGEST_LABEL = 70
FEWEST_FIELDS = 3

Columns = dict[str, int]
"""Field name to column, from 0. Fields are those of `Entry`, `number` (running number), `title`
(titles of unnamed side), `birth` (place and date in one cell) and `region` (a place, code unsure)."""

_OTHER_PEOPLE = re.compile(
    r"\b(ibu|ayah|orang tua|suami|istri|atasan|pimpinan|kepala|ahli waris|penanggung jawab|kk)\b"
)
_OFFICE = re.compile(r"\b(kantor|instansi|lembaga|perusahaan|sekolah)\b")

# The first pattern that fits names the field, so the order matters: "Jenjang Pendidikan" is
# education, "Jalur Pendidikan" a route, "No HP" no running number, "Nama Instansi" no name.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("number", r"^(no|nomor|nr|urut|no urut|nomor urut)$"),
        ("nik", r"\bnik\b|\b(no|nomor) (e )?(ktp|kependudukan|identitas)\b|induk kependudukan|^e? ?ktp$"),
        ("email", r"\be ?mail\b|\bsurel\b"),
        ("phone", r"\b(hp|wa|whats ?app|hand ?phone|telepon|telp|telpon|tlp|ponsel|seluler|kontak)\b"),
        ("birth", r"\bttl\b|(tempat|tmpt?|kota)( dan)? (tanggal|tgl) (lahir|kelahiran)"),
        ("birth_on", r"(tanggal|tgl|tg) (lahir|kelahiran)|^lahir$|\bbirth ?date\b|\bdate of birth\b"),
        ("birth_place", r"(tempat|tmpt?|kota|kab kota) (lahir|kelahiran)|\bplace of birth\b"),
        ("sex", r"kelamin|^jk$|^j k$|^l p$|^p l$|\bgender\b|^sex$"),
        ("region_code", r"\bkode (kab|kota|kabupaten|wilayah|daerah|kemendagri)\b"),
        ("route", r"\bjalur\b|\bproses sertifikasi\b|\bmekanisme\b"),
        ("education", r"pendidikan|ijazah|\blulusan\b|\bprogram studi\b|\bjurusan\b"),
        ("started_on", r"\btmt\b|terhitung mulai|\bmulai (be|ber)?(tugas|kerja|dinas)|\bbertugas sejak\b"
                       r"|\b(tanggal|tgl|tahun) (mulai|masuk|pengangkatan|bertugas)\b"),
        ("practice_hours", r"\bjam\b"),
        ("level", r"\bjenjang\b|\btingkat(an)?\b|\blevel\b"),
        ("profession", r"\b(?<!organisasi )profesi\b|\bskema\b|\b(jenis|kategori) (sdm|tenaga)\b"),
        ("program", r"\bpilar\b|\bprogram\b"),
        ("name", r"\bnama\b(?! (kab|kabupaten|kota|prov|kec|desa|kel|pilar|skema|jabatan|organisasi))|^name$"),
        ("title_before", r"\bgelar (di )?depan\b"),
        ("title_after", r"\bgelar (di )?belakang\b"),
        ("title", r"\bgelar\b"),
        ("employer", r"\binstansi\b|\blembaga\b|\b(unit|satuan|tempat) (be|ber)?(kerja|tugas)\b|\bsatker\b|\bopd\b"
                     r"|\blksa?\b|\bpengusul\b"),
        ("position", r"\bjabatan\b|\bposisi\b|\btugas\b|\bpekerjaan\b"),
        ("region", r"^(nama )?(kab|kabupaten)( kota)?( |$)|\bwilayah\b"),
        ("address", r"\balamat\b|\bdomisili\b|\btempat tinggal\b"),
    )
)  # fmt: skip
_REACHES_A_PERSON = {"phone", "email", "address"}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns are told: rows `[top, below)` from 0; people start at `below`."""

    columns: Columns
    top: int
    below: int


@lru_cache(maxsize=4096)
def field_of(label: str) -> str | None:
    """Return the field that a column label means, or None.

    >>> [field_of(label) for label in ("No. KTP / NIK", "HP/WA", "TMT", "Nama Ibu Kandung")]
    ['nik', 'phone', 'started_on', None]
    """
    if not label or len(label) > LONGEST_LABEL:
        return None
    words = " ".join(re.findall(r"[a-z0-9]+", label.lower()))
    if _OTHER_PEOPLE.search(words):
        return None
    for field, pattern in _PATTERNS:
        if pattern.search(words):
            if _OFFICE.search(words):
                if field == "name":
                    continue
                if field in _REACHES_A_PERSON:
                    return None
            return field
    return None


def find_header(grid: Grid) -> Header | None:
    """Return the header of a sheet, or None when no row names enough columns.

    A header may stand on two rows (`TANGGAL` above `LAHIR` and `MULAI`, or groups above labels);
    the lower row is joined only when that names more columns.
    """
    best: Header | None = None
    for index in range(min(len(grid.rows), HEADER_WITHIN)):
        found = header_at(grid.rows, index)
        if found and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best


def header_at(rows: Sequence[Sequence[Cell]], index: int) -> Header | None:
    """Return the header that begins at this row, or None."""
    upper = _labels(rows[index])
    if sum(1 for label in upper if label) < 2 or any(map(_has_long_number, rows[index])):
        return None
    alone = _columns(upper, [()] * len(upper))
    top, below, columns = index, index + 1, alone
    if below < len(rows) and not any(map(_is_no_label, rows[below])):
        both = _joined(upper, _labels(rows[below]))
        if len(both) > len(alone):
            below, columns = index + 2, both
    enough = len(columns) >= FEWEST_FIELDS and ("name" in columns or "nik" in columns)
    return Header(columns, top, below) if enough else None


def _labels(row: Sequence[Cell]) -> list[str]:
    return [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in row]


def _joined(upper: list[str], lower: list[str]) -> Columns:
    """Read two rows together; an empty upper cell belongs to the group named left of it."""
    width = max(len(upper), len(lower))
    upper = upper + [""] * (width - len(upper))
    lower = lower + [""] * (width - len(lower))
    group = ""
    above: list[tuple[str, ...]] = []
    for column in range(width):
        group = upper[column] or (group if lower[column] else "")
        pair = (f"{group} {lower[column]}", f"{lower[column]} {group}", upper[column])
        above.append(pair if lower[column] else ())
    return _columns([low or up for low, up in zip(lower, upper, strict=True)], above)


def _columns(labels: list[str], others: Sequence[tuple[str, ...]]) -> Columns:
    """Name columns by their label, else by the other readings of it; the leftmost claim holds."""
    columns: Columns = {}
    for column, label in enumerate(labels):
        for text in (label, *others[column]):
            field = field_of(text)
            if field and field not in columns:
                columns[field] = column
                break
    if "region" in columns and "region_code" not in columns:
        columns["region_code"] = columns["region"]
    columns.pop("region", None)
    return columns


def _has_long_number(cell: Cell) -> bool:
    """Return whether a cell holds a NIK or a phone number, as no header does."""
    if isinstance(cell, str):
        return len(re.sub(r"\D", "", cell)) >= 10
    return isinstance(cell, float | int) and cell > 1e9


def _is_no_label(cell: Cell) -> bool:
    return not isinstance(cell, str) or _has_long_number(cell)
