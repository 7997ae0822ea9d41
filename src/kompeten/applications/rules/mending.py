"""What does a line say after somebody has mended it? It is read again, by the same rules as a sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from kompeten.applications.rules import entries
from kompeten.applications.rules.entries import Judge, Reading
from kompeten.applications.rules.lines import Line
from kompeten.applications.terms import Entry, Grid, Known, Place, Sex
from kompeten.kernel import refs
from kompeten.schemes.terms import Level, Profession, Route

SAID: dict[StrEnum, str] = {
    Sex.FEMALE: "Perempuan",
    Sex.MALE: "Laki-laki",
    Profession.WELFARE_WORKER: "TKS",
    Profession.SOCIAL_WORKER: "Pekerja Sosial",
    Profession.SOCIAL_EDUCATOR: "Penyuluh Sosial",
    Profession.SOCIAL_VOLUNTEER: "Relawan Sosial",
    Level.ASSISTANT: "Asisten",
    Level.GENERALIST: "Generalis",
    Level.SPECIALIST: "Spesialis",
    Route.DIRECT_CERTIFICATION: "Sertifikasi langsung",
    Route.DIRECT_ASSESSMENT: "Penilaian langsung",
    Route.TRAINING: "Pelatihan",
    Route.EDUCATION: "Pendidikan",
}
# Which fields a reason is about, by the first part of its code; the others name theirs.
FIELDS_OF = {
    "birth_date": ("birth_on",),
    "region": ("region_code",),
    "scheme": ("profession", "level", "route"),
    "route": ("profession", "level", "route"),
}
# Never sent back to a page by link: whoever mends them reads them from the card.
UNSHOWN = frozenset({"nik"})
# The columns that a sheet sent back has more than the one that came.
VERDICT, REMARK, CODE = "verdict", "keterangan", "kode perbaikan"
OWN_COLUMNS = (VERDICT, REMARK, CODE)
MENDABLE = tuple(f.name for f in fields(Entry) if f.name != "warnings")


def as_written(entry: Entry) -> dict[str, str]:
    """Return the entry field by field as an office would write it in a sheet; empty where unknown."""
    return {name: _said(getattr(entry, name)) for name in MENDABLE}


def asked(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return the fields that have to be filled in again for these reasons, in the order of a line.

    >>> asked(["nik.rounded", "birth_date.missing", "route.missing"])
    ('nik', 'birth_on', 'profession', 'level', 'route')
    """
    heads = {code.partition(".")[0] for code in reasons}
    wanted = {name for head in heads for name in FIELDS_OF.get(head, (head,))}
    return tuple(name for name in MENDABLE if name in wanted)


def choices() -> dict[str, tuple[str, ...]]:
    """Return the words of those fields that know only some, as `as_written` writes them.

    >>> choices()["sex"]
    ('Perempuan', 'Laki-laki')
    """
    kinds = {"sex": Sex, "profession": Profession, "level": Level, "route": Route}
    return {name: tuple(SAID[member] for member in kind) for name, kind in kinds.items()}


def codes(grids: Iterable[Grid]) -> dict[Place, str]:
    """Return the code of each line of a sheet that came back, where it stands in our own column.

    >>> codes([Grid("A", [["NIK", CODE], ["12", "7f3k9qz2m4"], ["13", ""]])])
    {Place(sheet='A', row=2): '7F3K9QZ2M4'}
    """
    found: dict[Place, str] = {}
    for grid in grids:
        column: int | None = None
        for number, row in enumerate(grid.rows, start=1):
            if CODE in row:
                column = row.index(CODE)
            elif column is not None and column < len(row):
                code = refs.normalise(str(row[column]))
                if len(code) == refs.LENGTH:
                    found[Place(grid.name, number)] = code
    return found


def read_again(written: Mapping[str, str], *, known: Known, on: date) -> Reading:
    """Read a mended line; fields that are no fields of a list are passed over."""
    held = {name: text for name, text in written.items() if name in MENDABLE}
    columns = {name: place for place, name in enumerate(held)}
    return entries.read(Line(list(held.values()), columns), Judge(known, on))


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return SAID[value]
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
