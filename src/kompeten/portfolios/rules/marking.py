"""May a reader hand in these marks, and what do they come to?

Source: DD17, PORT17 (marks 1 to 5, K for an empty answer, no 5 under 150 words).
"""

from collections.abc import Mapping

from kompeten.portfolios.terms.reading import Mark, ReadingHandIn, SendBack
from kompeten.schemes.terms import PortfolioRules, SelfDescription

MIN_REASON = 10  # characters; "perbaiki" alone tells nobody what to do

REFUSING = ("unknown", "off_scale", "unmarked", "capped", "on_blank", "blank_blocks")

Marks = Mapping[str, Mark]


def faults(
    description: SelfDescription, marks: Marks, *, words: Mapping[str, int], may_return: bool
) -> dict[str, tuple[str, ...]]:
    """Return the items at fault by kind, each kind a name in `REFUSING`; kinds without are absent.

    `words` are those of the answers, by item. `may_return` says that a blank answer to a required
    item is to be sent back to the candidate instead of being marked.
    """
    scale = description.scale
    found: dict[str, list[str]] = {"unknown": [c for c in marks if not _has(description, c)]}
    for item in description.items:
        written = words.get(item.code, 0)
        if item.code not in marks:
            kind = "unmarked"
        elif (mark := marks[item.code]) is None:
            kind = "blank_blocks" if may_return and item.required else ""
        elif mark not in scale.marks:
            kind = "off_scale"
        elif written == 0:
            kind = "on_blank"
        else:
            kind = "capped" if mark > item.highest_mark(scale, words=written) else ""
        if kind:
            found.setdefault(kind, []).append(item.code)
    return {kind: tuple(codes) for kind, codes in found.items() if codes}


def hand_in_reasons(facts: ReadingHandIn) -> tuple[str, ...]:
    """Return `marks.<kind>` for each kind of fault."""
    return tuple(f"marks.{kind}" for kind in REFUSING if getattr(facts, kind))


def send_back_faults(
    known: frozenset[str], reasons: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return the codes at fault: `unknown` places, and reasons too `short` to act on."""
    found = {
        "unknown": tuple(code for code in reasons if code not in known),
        "short": tuple(c for c, text in reasons.items() if len(text.strip()) < MIN_REASON),
    }
    return {kind: codes for kind, codes in found.items() if codes}


def send_back_reasons(facts: SendBack) -> tuple[str, ...]:
    """Return why a dossier cannot be sent back like this.

    >>> send_back_reasons(SendBack(items=()))
    ('reasons.missing',)
    """
    checks = (
        ("reasons.missing", not facts.items),
        ("reasons.unknown", bool(facts.unknown)),
        ("reasons.short", bool(facts.short)),
    )
    return tuple(code for code, wrong in checks if wrong)


def whole_marks(marks: Marks, *, blank: int) -> dict[str, int]:
    """Return the marks as points, a blank as `blank` points."""
    return {item: blank if mark is None else mark for item, mark in marks.items()}


def points(description: SelfDescription, rules: PortfolioRules, marks: Marks) -> tuple[int, int]:
    """Return what the marks come to, and out of how many points."""
    worth = whole_marks(marks, blank=rules.blank_points)
    return sum(worth.values()), description.highest_total


def is_competent(rules: PortfolioRules, *, points: int, out_of: int) -> bool:
    """Say whether the share passes; in whole numbers, unrounded."""
    return points * 100 >= rules.pass_percent * out_of


def _has(description: SelfDescription, code: str) -> bool:
    return any(item.code == code for item in description.items)
