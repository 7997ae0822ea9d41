"""How much time did trouble take from a candidate? A written rule proposes, a person decides.

A lost line takes nothing: the page goes on without it. Time is lost where the device stood still, or
went dark and was started again. Whole minutes, rounded up; spells under a minute are left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kompeten.exams.rules.evidence import MINUTE, Clock
from kompeten.exams.rules.strands import weave
from kompeten.exams.terms import MAX_EXTRA
from kompeten.exams.terms.vault import LinkKind, Opening, Received

SHORTEST = MINUTE


@dataclass(frozen=True, slots=True)
class Spell:
    """Time that was lost, `[since, until)` in milliseconds since 1970; `code` has words for candidates."""

    code: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Minutes to give back, and the spells that they make good."""

    minutes: int
    spells: tuple[Spell, ...]


def propose(received: Iterable[Received], openings: Iterable[Opening] = ()) -> Proposal:
    """Return what to give back for what one attempt's records tell; no minutes where nothing was lost."""
    strands = weave(received, openings)
    clocks = [Clock(strand, strands) for strand in strands]
    spells = _merged([*_still(clocks), *_dark(clocks)])
    lost = sum(spell.until - spell.since for spell in spells)
    return Proposal(min(-(-lost // MINUTE), MAX_EXTRA), spells)


def _still(clocks: Iterable[Clock]) -> Iterator[Spell]:
    """Give the spells that a device noted itself: it was suspended, or its clock stood."""
    for clock in clocks:
        for number, at in clock.of(LinkKind.STILL):
            length = clock.strand.links[number].choice.lstrip("-")
            if length.isdecimal() and int(length) >= SHORTEST:
                yield Spell("time.device_stood_still", at - int(length), at)


def _dark(clocks: Sequence[Clock]) -> Iterator[Spell]:
    """Give the spells between the last sign of one page load and the opening of the next."""
    signs = sorted(clock.at(number) for clock in clocks for number in clock.strand.numbers())
    for clock in clocks:
        for _, at in clock.of(LinkKind.OPENED):
            before = [sign for sign in signs if sign < at]
            if before and at - before[-1] >= SHORTEST:
                yield Spell("time.device_was_dark", before[-1], at)


def _merged(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return spells that do not overlap, so that no minute is given back twice."""
    found: list[Spell] = []
    for spell in sorted(spells, key=lambda s: (s.since, -s.until, s.code)):
        since = max(spell.since, found[-1].until) if found else spell.since
        if since < spell.until:
            found.append(Spell(spell.code, since, spell.until))
    return tuple(found)
