"""What lies in the bank, as far as the choice of a form asks, and where is it short?"""

from dataclasses import dataclass, field

from kompeten.itembank.terms.words import ItemState
from kompeten.kernel.canonical import LATER
from kompeten.schemes.terms import Difficulty, Domain


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
