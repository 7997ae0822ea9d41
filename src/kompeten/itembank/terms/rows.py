"""What do pages show of the bank?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kompeten.itembank.terms.papers import PaperCase
from kompeten.itembank.terms.written import EssayTask
from kompeten.schemes.terms import Blueprint


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as a list shows it: its newest version and how its items stand."""

    ref: str
    code: str
    version: int
    vignette: str
    items: int
    states: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """One version of an item as the office sees it; `key` is empty for who may not see it."""

    ref: str
    code: str
    version: int
    state: str
    stem: str
    options: tuple[tuple[str, str], ...]
    key: str
    domain: str
    difficulty: str
    unit: str
    writer_id: int
    note: str
    essay: EssayTask | None = None
    marking: str = ""


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """One version of a case with every version of its items that is not superseded."""

    ref: str
    code: str
    version: int
    vignette: str
    items: tuple[ItemDetail, ...]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form as a list shows it."""

    id: int
    ref: str
    title: str
    items: int
    cases: int
    seed: int
    digest: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FormDetail:
    """A form with its make-up: counts by domain and difficulty, and its cases as on paper."""

    row: FormRow
    blueprint: Blueprint
    by_cell: Mapping[tuple[str, str], int]
    cases: tuple[PaperCase, ...]
