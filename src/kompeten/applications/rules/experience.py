"""What would somebody ask about a time of practice? Hints for the applicant and the verifier; none refuses."""

from collections.abc import Iterable, Sequence
from datetime import date

from kompeten.applications.terms.statement import WorkSpell

# The least age for work. Source: UU 20/1999 (ILO convention 138), article 2.
LEAST_AGE = 15
# Above it a week is longer than work may be. Source: PP 35/2021, articles 21 and 26: 40 hours, and
# at most 18 of overtime.
MOST_HOURS = 58


def doubts(
    spells: Sequence[WorkSpell], place: int, *, born_on: date | None, on: date
) -> tuple[str, ...]:
    """Return codes of what a reader would ask about the spell at `place` among all `spells`."""
    spell = spells[place]
    others = [other for n, other in enumerate(spells) if n != place]
    asked = {
        "spell.overlaps": _overlaps(spell, others),
        "spell.load_missing": spell.hours_a_week is None,
        "spell.load_heavy": (spell.hours_a_week or 0) > MOST_HOURS,
        "spell.too_young": _is_too_young(spell, born_on),
        "letter.missing": not spell.letter.number and spell.letter.dated_on is None,
        "letter.early": _is_early(spell),
        "letter.to_come": spell.letter.dated_on is not None and spell.letter.dated_on > on,
        "letter.unsigned": bool(spell.letter.number) and not spell.letter.signatory,
    }
    return tuple(code for code, holds in asked.items() if holds)


def _overlaps(spell: WorkSpell, others: Iterable[WorkSpell]) -> bool:
    last = spell.last_on or date.max
    return any(
        other.from_on <= last and spell.from_on <= (other.last_on or date.max) for other in others
    )


def _is_too_young(spell: WorkSpell, born_on: date | None) -> bool:
    if born_on is None:
        return False
    began = spell.from_on
    years = began.year - born_on.year
    years -= (began.month, began.day) < (born_on.month, born_on.day)
    return years < LEAST_AGE


def _is_early(spell: WorkSpell) -> bool:
    """Say whether the letter was written before the time that it is to show had ended, or begun."""
    written = spell.letter.dated_on
    return written is not None and written < (spell.last_on or spell.from_on)
