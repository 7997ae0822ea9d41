"""Which column of a sheet holds what? Header rows are found and read by the many names in use."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kompeten.applications.terms import Cell, Grid

HEADER_WITHIN = 60
"""Rows from the top in which a header is looked for; letterheads seen so far take 3 to 12."""

LONGEST_LABEL = 70
FEWEST_FIELDS = 3

Columns = dict[str, int]
"""Field name to column, from 0. Fields are those of `Entry`, `number` (running number), `title`
(titles of unnamed side), `birth` (place and date in one cell) and `region` (a place by name)."""

Meanings = Mapping[str, str]
"""What an office says its headings mean: `key` of the heading to field; empty: it is not needed."""

NO_MEANINGS: Meanings = {}

_OTHER_PEOPLE = re.compile(
    r"\b(ibu|ayah|orang tua|suami|istri|atasan|pimpinan|kepala|ahli waris|penanggung jawab|kk)\b"
)
# Columns that many lists have and no application asks for, and those that we add to a sheet that goes
# back (`mending.OWN_COLUMNS`): nobody is bothered with a question.
_NOT_NEEDED = re.compile(
    r"^(nip|agama|umur|usia|foto|pas ?foto|paraf|ttd|npwp|rt|rw|status|bank|pangkat|golongan|ket|no kk|kk)\b"
    r"|^(verdict|kode perbaikan)\b"
    r"|\b(keterangan|catatan|tanda tangan|provinsi|propinsi|kecamatan|kelurahan|desa|nagari|kode pos"
    r"|kodepos|rekening|golongan|status (nikah|perkawinan|kawin|verifikasi)|gol darah|suku|fax)\b"
)
_OFFICE = re.compile(r"\b(kantor|instansi|lembaga|perusahaan|sekolah)\b")

# The first pattern that fits names the field, so the order matters: "Jenjang Pendidikan" is
# education, "Jalur Pendidikan" a route, "No HP" no running number, "Nama Instansi" no name.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
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
        ("region", r"^(nama )?(kab|kabupaten)( kota)?( |$)|^kota( asal| domisili)?$|\bwilayah\b"),
        ("address", r"\balamat\b|\bdomisili\b|\btempat tinggal\b"),
    )
)  # fmt: skip
_REACHES_A_PERSON = {"phone", "email", "address"}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns are told: rows `[top, below)` from 0; people start at `below`.

    `labels` holds every heading by its column, whether its field is known or not; `guessed` are the
    columns that were told by their content.
    """

    columns: Columns
    top: int
    below: int
    labels: Mapping[int, str] = field(default_factory=dict)
    guessed: frozenset[int] = frozenset()


@lru_cache(maxsize=4096)
def key(label: str) -> str:
    """Return what remains of a heading when spelling habits are taken away: small words, no signs.

    >>> key("Tgl.  Lahir\\n(dd/mm/yyyy)")
    'tgl lahir dd mm yyyy'
    """
    return " ".join(re.findall(r"[^\W_]+", label.lower()))


@lru_cache(maxsize=4096)
def is_needless(label: str) -> bool:
    """Return whether the column is one that many lists have and no application asks for.

    >>> [is_needless(label) for label in ("Keterangan", "Nama Ibu Kandung", "Angkatan")]
    [True, True, False]
    """
    words = key(label)
    return bool(_NOT_NEEDED.search(words) or _OTHER_PEOPLE.search(words) or _OFFICE.search(words))


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
    for name, pattern in _PATTERNS:
        if pattern.search(words):
            if _OFFICE.search(words):
                if name == "name":
                    continue
                if name in _REACHES_A_PERSON:
                    return None
            return name
    return None


def find_header(grid: Grid, meanings: Meanings = NO_MEANINGS) -> Header | None:
    """Return the header of a sheet, or None when no row names enough columns.

    A header may stand on two rows (`TANGGAL` above `LAHIR` and `MULAI`, or groups above labels);
    the lower row is joined only when that names more columns.
    """
    best: Header | None = None
    for index in range(min(len(grid.rows), HEADER_WITHIN)):
        found = header_at(grid.rows, index, meanings)
        if found and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best


def header_at(
    rows: Sequence[Sequence[Cell]], index: int, meanings: Meanings = NO_MEANINGS
) -> Header | None:
    """Return the header that begins at this row, or None."""
    upper = _labels(rows[index])
    if sum(1 for label in upper if label) < 2 or any(map(_has_long_number, rows[index])):
        return None
    below, labels = index + 1, dict(enumerate(upper))
    columns = _columns(upper, [()] * len(upper), meanings)
    if below < len(rows) and not any(map(_is_no_label, rows[below])):
        both, joined = _joined(upper, _labels(rows[below]), meanings)
        if len(both) > len(columns):
            below, columns, labels = index + 2, both, joined
    if len(columns) < FEWEST_FIELDS or not ("name" in columns or "nik" in columns):
        return None
    return Header(columns, index, below, {place: label for place, label in labels.items() if label})


def _labels(row: Sequence[Cell]) -> list[str]:
    return [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in row]


def _joined(
    upper: list[str], lower: list[str], meanings: Meanings
) -> tuple[Columns, dict[int, str]]:
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
    labels = [low or up for low, up in zip(lower, upper, strict=True)]
    whole = {column: (above[column] or (labels[column],))[0].strip() for column in range(width)}
    return _columns(labels, above, meanings), whole


def _columns(labels: list[str], others: Sequence[tuple[str, ...]], meanings: Meanings) -> Columns:
    """Name columns by their label, else by the other readings of it; the leftmost claim holds.

    What the office has said of a heading goes before what it is called, of that column and of any
    other that would claim the same field.
    """
    columns: Columns = {}
    said: dict[int, str] = {}
    if meanings:
        for column, label in enumerate(labels):
            for text in (*others[column][:1], label):
                meant = meanings.get(key(text)) if text else None
                if meant is not None:
                    said[column] = meant
                    break
    for column, meant in said.items():
        if meant:
            columns.setdefault(meant, column)
    for column, label in enumerate(labels):
        for text in () if column in said else (label, *others[column]):
            named = field_of(text)
            if named and named not in columns:
                columns[named] = column
                break
    # A place by name stands in where no column holds its code; beside one it is compared with it.
    if "region" in columns and "region_code" not in columns:
        columns["region_code"] = columns.pop("region")
    return columns


def _has_long_number(cell: Cell) -> bool:
    """Return whether a cell holds a NIK or a phone number, as no header does."""
    if isinstance(cell, str):
        return len(re.sub(r"\D", "", cell)) >= 10
    return isinstance(cell, float | int) and cell > 1e9


def _is_no_label(cell: Cell) -> bool:
    return not isinstance(cell, str) or _has_long_number(cell)
