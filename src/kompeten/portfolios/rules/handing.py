"""May a dossier be handed in, and how far has it come?"""

from collections.abc import Collection, Mapping

from kompeten.portfolios.terms.dossier import Fill, Gaps, HandIn
from kompeten.schemes.terms import CurriculumVitae, Question, SelfDescription


def fill(item: Question, words: int) -> Fill:
    """Return how far an answer of `words` words has come."""
    if words == 0:
        return Fill.BLANK
    return Fill.SHORT if words < item.min_words else Fill.DONE


def gaps(
    description: SelfDescription,
    vitae: CurriculumVitae,
    *,
    words: Mapping[str, int],
    filled: Collection[str],
) -> Gaps:
    """Return what is missing, in the order of the instruments.

    `words` are those written, by item; `filled` are the parts with an entry. An answer that is not
    required may be blank, but once begun it has to be long enough.
    """
    fills = {item.code: fill(item, words.get(item.code, 0)) for item in description.items}
    return Gaps(
        blank=tuple(
            i.code for i in description.items if i.required and fills[i.code] is Fill.BLANK
        ),
        short=tuple(code for code, fill in fills.items() if fill is Fill.SHORT),
        parts=tuple(p.code for p in vitae.parts if p.required and p.code not in filled),
    )


def hand_in_reasons(facts: HandIn) -> tuple[str, ...]:
    """Return why a dossier stays where it is; an empty tuple lets it go.

    >>> hand_in_reasons(HandIn(round=1, words=900, blank=("k1",), parts=("education",)))
    ('answers.blank', 'vitae.empty')
    """
    checks = (
        ("answers.blank", facts.blank),
        ("answers.short", facts.short),
        ("vitae.empty", facts.parts),
    )
    return tuple(code for code, places in checks if places)


def done_share(description: SelfDescription, vitae: CurriculumVitae, missing: Gaps) -> float:
    """Return the share of what is asked for that is done, from 0 to 1."""
    asked = {item.code for item in description.items if item.required} | set(missing.short)
    parts = sum(part.required for part in vitae.parts)
    total = len(asked) + parts
    left = len(missing.blank) + len(missing.short) + len(missing.parts)
    return 1.0 if total == 0 else (total - left) / total
