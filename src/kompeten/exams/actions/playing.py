"""How is an exam sat without a browser? With a real chain, by the same way as everybody's."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from kompeten.exams.actions.intake import record
from kompeten.exams.queries.records import milliseconds
from kompeten.exams.rules import rows
from kompeten.exams.terms import Sat
from kompeten.exams.terms.vault import Link, LinkKind, Row

LAG = 40  # milliseconds from a tap to its arrival


def play(sat: Iterable[Sat], *, at: datetime) -> None:
    """Let these exams be sat: their devices send what they kept, and the room takes it in.

    About 2 ms each. Not inside a transaction: what is in the vault is there for good.
    """
    record([row for one in sat for row in _rows(one)], at=at)


def _rows(sat: Sat) -> Iterator[Row]:
    loaded = milliseconds(sat.opened_at)
    chain = sha256(f"{sat.attempt}|{loaded}".encode()).hexdigest()[:16]
    yield rows.opening_row(sat.attempt, chain, received=loaded)
    first, before = 1, ""
    for part in _parts(sat, loaded):
        sent = part[-1].mono
        segment = rows.segment(sat.attempt, chain, part, first=first, before=before, sent=sent)
        yield rows.segment_row(segment, received=loaded + sent + LAG)
        first, before = segment.last + 1, segment.head


def _parts(sat: Sat, loaded: int) -> Iterator[Sequence[Link]]:
    taps = [
        Link(LinkKind.ANSWER, item, choice or "", mono := milliseconds(at) - loaded, loaded + mono)
        for item, choice, at in sat.answers
    ]
    links = [Link(LinkKind.OPENED, 0, "line", 0, loaded), *taps]
    if sat.handed_in_at is not None:
        mono = milliseconds(sat.handed_in_at) - loaded
        links.append(Link(LinkKind.HANDED_IN, 0, "", mono, loaded + mono))
    size = -(-len(links) // sat.sends)
    for start in range(0, len(links), size):
        yield links[start : start + size]
