"""What do the times of practice in a statement come to, and what would somebody ask about each?"""

from dataclasses import dataclass
from datetime import date

from kompeten.applications.rules import experience as rules
from kompeten.applications.terms.statement import Statement, WorkSpell
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Practised


@dataclass(frozen=True, slots=True)
class SpellLine:
    """One time of practice: what it comes to by itself, and codes of what to ask about it."""

    spell: WorkSpell
    practised: Practised
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Experience:
    """All times of practice, the newest first; in `total` a day counts once, whatever overlaps."""

    lines: tuple[SpellLine, ...]
    total: Practised


def experience(statement: Statement, *, born_on: date | None, on: date) -> Experience:
    """Return the times of practice of `statement` as seen on the day `on`. No query."""
    spells = statement.spells
    lines = tuple(
        SpellLine(
            spell=spell,
            practised=schemes.practised((spell.span,), on=on),
            doubts=rules.doubts(spells, place, born_on=born_on, on=on),
        )
        for place, spell in enumerate(spells)
    )
    total = schemes.practised((spell.span for spell in spells), on=on)
    return Experience(lines=lines, total=total)
