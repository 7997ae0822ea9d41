"""How do the segments of one attempt hang together? Whatever order, repetition or gap they came in.

A strand is one telling of a chain: links that do not contradict one another. Honest chains have one;
a second one appears only where two links of the same number have different hashes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from kompeten.exams.rules import edits
from kompeten.exams.rules.chain import hashes
from kompeten.exams.terms.joined import Gap
from kompeten.exams.terms.vault import Link, LinkKind, Opening, Received, Segment, Via

First = tuple[int, Via]


@dataclass(slots=True, eq=False)
class Strand:
    """Links of a chain by number, with the instant and way each first came in.

    `above` is the strand it continues, and after which link. `until`: what had become durable by then
    was shown to it when it was opened by line; 0 when it was not. `line` and `node` are the smallest
    offsets of its own time to this house's clock, and to that of the laptop in the room; `widest` is
    the largest by line.
    """

    chain: str
    parent: str
    links: dict[int, Link] = field(default_factory=dict)
    first: dict[int, First] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    line: int | None = None
    node: int | None = None
    widest: int | None = None
    above: "tuple[Strand, int] | None" = None
    until: int = 0
    last: int = 0

    def hash_at(self, number: int) -> str | None:
        """Return the hash of a link as 64 hexadecimal characters, or None where it is not known."""
        if number not in self.marks and number in self.links:
            start = number - 1
            while start not in self.marks:  # each segment told the hash before its first link
                start -= 1
            between = [plain(self.links[n]) for n in range(start + 1, number + 1)]
            made = hashes(bytes.fromhex(self.marks[start]), start + 1, between)
            self.marks.update((n, known.hex()) for n, known in enumerate(made, start + 1))
        return self.marks.get(number)

    def ancestors(self) -> "Iterator[tuple[Strand, int]]":
        """Give the strands it descends from, the nearest first, with the last link of each it knew."""
        step = self.above
        while step is not None:
            yield step
            step = step[0].above

    def knows(self, other: "Strand") -> int:
        """Return up to which link it descends from another strand, 0 if from none."""
        return next((number for strand, number in self.ancestors() if strand is other), 0)

    def numbers(self) -> list[int]:
        """Return the numbers of the links that are there, in order."""
        return sorted(self.links)

    def said(self) -> Iterator[tuple[int, Link]]:
        """Give the links that say something about the paper, in order."""
        return ((n, self.links[n]) for n in self.numbers() if self.links[n].kind in SAID)

    def answers(self) -> Iterator[tuple[int, Link]]:
        """Give the links that choose an option, in order."""
        return ((n, self.links[n]) for n in self.numbers() if self.links[n].kind == ANSWER)

    def edits(self) -> Iterator[tuple[int, Link]]:
        """Give the links that change a text, in order."""
        return ((n, self.links[n]) for n in self.numbers() if self.links[n].kind == EDIT)

    def text(self, item: int, upto: int) -> str:
        """Return the text of an item as it stood after link `upto`. It begins empty in every chain."""
        return edits.fold(self.changes(item, upto))

    def changes(self, item: int, upto: int) -> list[str]:
        """Return the edits of an item up to a link; a second telling goes on from where it parted."""
        own = [k.choice for n, k in self.edits() if k.item == item and n <= upto]
        if self.above is not None and self.above[0].chain == self.chain:
            return self.above[0].changes(item, self.above[1]) + own
        return own

    def take(self, received: Received) -> None:
        """Add a segment that does not contradict what is there."""
        segment, came = received.segment, (received.received, received.via)
        for number, link in enumerate(segment.links, segment.first):
            self.links[number] = link
            known = self.first.get(number)
            self.first[number] = came if known is None else min(known, came)
        self.marks[segment.first - 1] = segment.before
        self.marks[segment.last] = segment.head
        self.last = max(self.last, segment.last)
        if segment.sent is not None:
            self._anchor(received.received - segment.sent, received.via)

    def _anchor(self, offset: int, via: Via) -> None:
        if via is Via.LINE:
            self.line = offset if self.line is None else min(self.line, offset)
            self.widest = offset if self.widest is None else max(self.widest, offset)
        elif via is Via.NODE:
            self.node = offset if self.node is None else min(self.node, offset)


ANSWER, EDIT = LinkKind.ANSWER, LinkKind.EDIT
SAID = (ANSWER, EDIT)


def plain(link: Link) -> tuple[str, int, str, int, int]:
    """Return a link as it is hashed and sent."""
    return link.kind.value, link.item, link.choice, link.mono, link.wall


def weave(received: Iterable[Received], openings: Iterable[Opening] = ()) -> list[Strand]:
    """Return the strands of an attempt, with their descent; the same for any order of `received`."""
    ordered = sorted(received, key=_place)
    strands: list[Strand] = []
    for _, told in groupby(ordered, key=lambda r: r.segment.chain):
        strands += _strands(told)
    _descend(strands, openings)
    return strands


def heads(strands: Iterable[Strand]) -> list[Strand]:
    """Return the strands whose last link nothing continues, the last to become durable first."""
    found = list(strands)
    continued = {s.above[0] for s in found if s.above is not None and s.above[1] >= s.above[0].last}
    tips = [s for s in found if s not in continued]
    return sorted(tips, key=lambda s: (-s.first[s.last][0], s.chain, s.last, s.marks[s.last]))


def gaps(strands: Iterable[Strand]) -> tuple[Gap, ...]:
    """Return which links must exist and have not come in: between others, or named by a child."""
    found = list(strands)
    last: dict[str, int] = {}
    for strand in found:
        last[strand.chain] = max(strand.last, last.get(strand.chain, 0))
    holes = [gap for s in found for gap in _holes(s)]
    for strand in found:
        chain, number = _parent(strand.parent)
        if chain and number > last.get(chain, 0):
            holes.append(Gap(chain, last.get(chain, 0) + 1, number))
    return tuple(sorted(set(holes), key=lambda gap: (gap.chain, gap.first, gap.last)))


def _place(r: Received) -> tuple[str, int, int, int, str, str]:
    s = r.segment
    return s.chain, s.first, s.last, r.received, s.head, s.before


def _strands(told: Iterable[Received]) -> list[Strand]:
    """Lay the segments of one chain side by side: each on the first strand that it does not contradict."""
    strands: list[Strand] = []
    for received in told:
        for strand in strands:
            if _fits(strand, received.segment):
                break
        else:
            strand = Strand(received.segment.chain, received.segment.parent)
            strands.append(strand)
        strand.take(received)
    for n, strand in enumerate(strands[1:], 1):
        _part(strands[:n], strand)
    return [s for s in strands if s.links]


def _fits(strand: Strand, segment: Segment) -> bool:
    if strand.last == segment.first - 1:  # the usual case: it goes on where the last one ended
        return strand.marks[strand.last] == segment.before
    lowest, highest = segment.first - 1, segment.last
    both = [n for n in (*strand.marks, *strand.links) if lowest <= n <= highest]
    # One hash stands for all before it, so the last common one decides. None in common: a gap.
    return not both or strand.hash_at(max(both)) == _hash_in(segment, max(both))


def _hash_in(segment: Segment, number: int) -> str:
    if number == segment.first - 1:
        return segment.before
    if number == segment.last:
        return segment.head
    made = hashes(bytes.fromhex(segment.before), segment.first, map(plain, segment.links))
    return next(h for n, h in enumerate(made, segment.first) if n == number).hex()


def _part(earlier: list[Strand], strand: Strand) -> None:
    """Let a second telling of a chain begin where it parts from an earlier one."""
    numbers = sorted({*strand.links, *strand.marks}, reverse=True)
    for other in earlier:
        for number in numbers:
            if (known := other.hash_at(number)) and known == strand.hash_at(number):
                for n in [n for n in strand.links if n <= number]:
                    if n in other.first:
                        other.first[n] = min(other.first[n], strand.first[n])
                    del strand.links[n], strand.first[n]
                strand.above = (other, number)
                return


def _descend(strands: list[Strand], openings: Iterable[Opening]) -> None:
    """Let each strand know its parent, and what it was shown: by its own opening or an ancestor's."""
    opened: dict[str, int] = {}
    for opening in openings:
        opened[opening.chain] = min(opening.received, opened.get(opening.chain, opening.received))
    by_chain: dict[str, list[Strand]] = {}
    for strand in strands:
        by_chain.setdefault(strand.chain, []).append(strand)
    for strand in strands:
        strand.until = opened.get(strand.chain, 0)
        if strand.above is None and strand.parent:
            strand.above = _parent_of(strand, by_chain)
    done: set[Strand] = set()
    for strand in strands:
        above = (older for older, _ in strand.ancestors())
        line = [strand, *takewhile(lambda older: older not in done, above)]
        for younger in reversed(line):
            if younger.above is not None:
                younger.until = max(younger.until, younger.above[0].until)
            done.add(younger)


def _parent_of(strand: Strand, by_chain: dict[str, list[Strand]]) -> tuple[Strand, int] | None:
    chain, number = _parent(strand.parent)
    named = strand.parent.rpartition(":")[2]
    for parent in by_chain.get(chain, ()):
        known = parent.hash_at(number)
        if known == named:
            return parent, number  # a hash cannot name its own descendant
        if known is None and parent is not strand and not parent.knows(strand):
            return parent, number  # not come in yet: taken at its word
    return None


def _parent(text: str) -> tuple[str, int]:
    chain, _, rest = text.partition(":")
    return chain, int(rest.partition(":")[0] or 0)


def _holes(strand: Strand) -> Iterator[Gap]:
    parts = strand.above is not None and strand.above[0].chain == strand.chain
    expected = 1 + (strand.above[1] if parts and strand.above else 0)
    for number in strand.numbers():
        if number > expected:
            yield Gap(strand.chain, expected, number - 1)
        expected = number + 1
