"""What does a line say after somebody has mended it? It is read again, by the same rules as a sheet."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from kompeten.applications.rules import entries
from kompeten.applications.rules.entries import Judge, Reading
from kompeten.applications.rules.lines import Line
from kompeten.applications.terms import Entry, Known, Sex
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
MENDABLE = tuple(f.name for f in fields(Entry) if f.name != "warnings")


def as_written(entry: Entry) -> dict[str, str]:
    """Return the entry field by field as an office would write it in a sheet; empty where unknown."""
    return {name: _said(getattr(entry, name)) for name in MENDABLE}


def choices() -> dict[str, tuple[str, ...]]:
    """Return the words of those fields that know only some, as `as_written` writes them.

    >>> choices()["sex"]
    ('Perempuan', 'Laki-laki')
    """
    kinds = {"sex": Sex, "profession": Profession, "level": Level, "route": Route}
    return {name: tuple(SAID[member] for member in kind) for name, kind in kinds.items()}


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
