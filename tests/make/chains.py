"""How do devices come into a story? They keep links as the exam's page does, and send them as they can."""

from dataclasses import dataclass, field

from kompeten.exams.rules.rows import segment
from kompeten.exams.terms.vault import Link, LinkKind, Received, Segment, Via

ATTEMPT = "0123456789"
NINE = 1_772_412_000_000  # 2 March 2026, 09.00 WIB, in milliseconds
MINUTE = 60_000


@dataclass
class Device:
    """One page load: a chain of links on a clock of its own, `ahead` milliseconds of this house's.

    Minutes are counted from `zero`.
    """

    chain: str
    attempt: str = ATTEMPT
    parent: str = ""
    loaded: int = NINE
    ahead: int = 0
    zero: int = NINE
    links: list[Link] = field(default_factory=list)

    def keep(self, kind: str, item: int = 0, choice: str = "", *, minute: float) -> "Device":
        """Keep one link, `minute` minutes after `zero`."""
        at = self.zero + int(minute * MINUTE)
        link = Link(LinkKind(kind), item, choice, at - self.loaded, at + self.ahead)
        self.links.append(link)
        return self

    def answer(self, item: int, choice: str | None, *, minute: float) -> "Device":
        """Keep one answer, or a blank."""
        return self.keep("a", item, choice or "", minute=minute)

    def segment(self, first: int = 1, last: int | None = None, sent: int | None = None) -> Segment:
        """Return links `first` to `last` as they travel."""
        before = "" if first == 1 else self.hash_at(first - 1)
        links = self.links[first - 1 : last]
        return segment(
            self.attempt,
            self.chain,
            links,
            parent=self.parent,
            first=first,
            before=before,
            sent=sent,
        )

    def sent(
        self, first: int = 1, last: int | None = None, *, minute: float, via: Via = Via.LINE
    ) -> Received:
        """Return links `first` to `last` as they came in, `minute` minutes after `zero`."""
        at = self.zero + int(minute * MINUTE)
        by_line = via in (Via.LINE, Via.NODE)
        return Received(self.segment(first, last, at - self.loaded if by_line else None), at, via)

    def hash_at(self, number: int) -> str:
        """Return the hash of one link."""
        return segment(self.attempt, self.chain, self.links[:number], parent=self.parent).head

    def child(self, chain: str, *, minute: float, at: int | None = None) -> "Device":
        """Return the next page load, which continues this chain at link `at`, its last one if None."""
        number = len(self.links) if at is None else at
        parent = f"{self.chain}:{number}:{self.hash_at(number)}" if number else ""
        loaded = self.zero + int(minute * MINUTE)
        return Device(chain, self.attempt, parent, loaded, self.ahead, self.zero)
