"""What is an item as a file has it, and as it may enter the bank? And what can be wrong with it?"""

from dataclasses import dataclass

from kompeten.schemes.terms import Difficulty, Domain


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


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file: how much it held, and how many items were new, changed or known."""

    cases: int
    items: int
    fresh: int
    changed: int
    unchanged: int
