"""Which papers of a decree are sealed, and which numbered sheets are certificates printed on?"""

from dataclasses import dataclass
from enum import StrEnum

from kompeten.kernel.roles import Role

# Who keeps the stock of numbered sheets.
STOCK_KEEPERS = frozenset({Role.REGISTRAR})


class SealedKind(StrEnum):
    """A paper of a decree that is signed with the body's document key."""

    DECREE = "decree"
    MINUTES = "minutes"


class PaperState(StrEnum):
    """A sealed paper is made once and stays."""

    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class PaperSealing:
    """`paper.sealed`: which paper of which decree, its digest as signed by hand and with the signature."""

    decree: str
    kind: str
    source: str
    digest: str


class BlankState(StrEnum):
    """A numbered sheet waits in stock, is printed for one certificate, or is spoiled; never used again."""

    STOCK = "stock"
    ISSUED = "issued"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Range:
    """A run of numbered sheets, both ends included; `digits` is how many a number is printed with."""

    prefix: str
    first: int
    last: int
    digits: int

    @property
    def count(self) -> int:
        """How many sheets."""
        return self.last - self.first + 1

    def serial(self, number: int) -> str:
        """Return a number as it stands on its sheet."""
        return f"{self.prefix}{number:0{self.digits}d}"

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last number, as printed."""
        return self.serial(self.first), self.serial(self.last)


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one delivered range: every number is in exactly one of the three."""

    range: Range
    stock: int
    issued: int
    void: int

    @property
    def is_whole(self) -> bool:
        """Whether every number of the range is accounted for, none twice."""
        return self.stock + self.issued + self.void == self.range.count


@dataclass(frozen=True, slots=True)
class BlankReceiving:
    """`blank.received`: the number on the sheet, and the delivery it came with."""

    serial: str
    delivery: str


@dataclass(frozen=True, slots=True)
class BlankIssuing:
    """`blank.issued`: the sheet, and the number of the certificate that is printed on it."""

    serial: str
    certificate: str


@dataclass(frozen=True, slots=True)
class BlankVoiding:
    """`blank.voided`: the sheet, why it cannot be used, and the certificate it was issued to, if any."""

    serial: str
    reason: str
    certificate: str = ""
