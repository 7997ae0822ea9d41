"""Which words does the item bank use? Items and cases as written, forms, papers, and what can be wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kompeten.kernel.canonical import LATER
from kompeten.kernel.roles import Role
from kompeten.schemes.terms import Blueprint, Difficulty, Domain

OPTION_CODES = "abcdef"
LONGEST_ESSAY = 4_000  # units of UTF-16, as browsers count
ASSEMBLERS = frozenset({Role.ITEM_WRITER, Role.COORDINATOR})


class ItemState(StrEnum):
    """The life of one version of an item; only approved items come into a form."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


class FormState(StrEnum):
    """The life of a form: it is assembled once and never changed."""

    ASSEMBLED = "assembled"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend in a file: at which line (a sheet's row; 0: the file as a whole), and what.

    `code` has its words in `labels.REASON`; `detail` is the word it is about.
    """

    line: int
    code: str
    detail: str = ""


class BankInvalid(Exception):
    """A file cannot be imported; `problems` holds everything found, by line. Nothing was imported."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("; ".join(f"{p.line}: {p.code} {p.detail}".strip() for p in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEssay:
    """What a file says of an essay, not judged yet."""

    guidance: str = ""
    points: str = ""
    longest: str = ""
    marking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """An item as a file has it, not judged yet; `keys` are the places of the right options, from 0.

    One with an `essay` is written, not chosen: it has no options.
    """

    line: int
    code: str
    stem: str
    options: tuple[str, ...]
    keys: tuple[int, ...]
    domain: str
    difficulty: str
    unit: str
    essay: RawEssay | None = None


@dataclass(frozen=True, slots=True)
class EssayTask:
    """What a candidate may know of an essay besides its stem; `longest` in units of UTF-16."""

    guidance: str
    most_points: int
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCase:
    """A case as a file has it: a vignette and the items that belong to it, not judged yet."""

    line: int
    code: str
    vignette: str
    items: tuple[RawItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenItem:
    """An item that may enter the bank: single best answer, options in their stable order, one key.

    An essay has its task and the guide for marking instead: no options, and an empty key.
    """

    code: str
    stem: str
    options: tuple[str, ...]
    key: str
    domain: Domain
    difficulty: Difficulty
    unit: str = ""
    essay: EssayTask | None = None
    marking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCase:
    """A case that may enter the bank; an item that stands alone is a case without a vignette."""

    code: str
    vignette: str
    items: tuple[WrittenItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stocked:
    """One version of an item as it lies in the bank, as far as the choice of cases asks."""

    item_id: int
    case_code: str
    case_version: int
    code: str
    version: int
    position: int
    state: ItemState
    domain: Domain
    difficulty: Difficulty
    is_essay: bool = field(default=False, metadata=LATER)


@dataclass(frozen=True, slots=True)
class UsableCase:
    """A case of which every item is approved: its items in order, each with its cell of the blueprint.

    Its items are choice items or essays, never both.
    """

    code: str
    items: tuple[Stocked, ...]

    @property
    def is_essay(self) -> bool:
        """Whether its items are essays, which stand last in a form and in no cell of the blueprint."""
        return any(item.is_essay for item in self.items)


@dataclass(frozen=True, slots=True, order=True)
class Shortage:
    """Where the bank is short for a blueprint: `have` items of the `need` in a domain, difficulty or cell.

    `code` is `bank.short` where counts tell it (`bank.short_essays`: of essays), or
    `bank.cases_do_not_combine` where there are enough items but no choice of whole cases adds up.
    """

    code: str
    domain: str = ""
    difficulty: str = ""
    have: int = 0
    need: int = 0


class FormImpossible(Exception):
    """No choice of whole cases meets the blueprint; `shortages` says where."""

    def __init__(self, shortages: tuple[Shortage, ...]) -> None:
        self.shortages = shortages
        super().__init__("; ".join(str(shortage) for shortage in shortages))


@dataclass(frozen=True, slots=True)
class Writing:
    """`item.opened`: which version of which item was written, and the digest of its text without key."""

    code: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class Review:
    """`item.approved`: the accounts of writer and reviewer, who must be two."""

    writer: int
    reviewer: int | None


@dataclass(frozen=True, slots=True)
class Return:
    """`item.returned`: what the reviewer asks to be changed."""

    note: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """`item.retired`: why; `superseded` says that a newer version took its place."""

    reason: str


@dataclass(frozen=True, slots=True)
class Assembly:
    """`form.opened`: seed, blueprint, how many cases and items, and the digest of the form."""

    seed: int
    blueprint: Blueprint
    cases: int
    items: int
    digest: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file: how much it held, and how many items were new, changed or known."""

    cases: int
    items: int
    fresh: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An item as a candidate may get it: no key, no domain, no difficulty.

    `number` is its place in the form, from 1, the same for everybody; `options` are (code, text).
    An essay has its task instead of options.
    """

    number: int
    stem: str
    options: tuple[tuple[str, str], ...]
    essay: EssayTask | None = None


@dataclass(frozen=True, slots=True)
class PaperCase:
    """A case as a candidate may get it; `number` is its place in the form, from 1."""

    number: int
    vignette: str
    items: tuple[PaperItem, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The right answer to one item of a form, with the domain its points count in. For scoring only.

    An essay has no right option; people give up to `points`.
    """

    option: str
    domain: Domain
    points: int = 1

    @property
    def is_essay(self) -> bool:
        """Whether people give its points."""
        return not self.option


@dataclass(frozen=True, slots=True)
class Guide:
    """What assessors need to mark one essay of a form; candidates never get `marking`."""

    stem: str
    vignette: str
    task: EssayTask
    marking: str


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
class PinnedForm:
    """A form as the exam room pins it: key, digest, and the blueprint it was assembled to."""

    id: int
    ref: str
    title: str
    digest: str
    blueprint: Blueprint


@dataclass(frozen=True, slots=True)
class FormDetail:
    """A form with its make-up: counts by domain and difficulty, and its cases as on paper."""

    row: FormRow
    blueprint: Blueprint
    by_cell: Mapping[tuple[str, str], int]
    cases: tuple[PaperCase, ...]
