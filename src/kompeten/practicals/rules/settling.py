"""What do the ratings of a performance come to, and is a third assessor called?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kompeten.kernel import panels
from kompeten.schemes.terms import Domain, PerformanceRules, Rubric

# One assessor's marks by criterion, and the recommendation: competent or not yet.
Rated = tuple[Mapping[str, int], bool]


@dataclass(frozen=True, slots=True)
class Share:
    """Points out of a highest number of points."""

    points: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What a performance came to. Marks and points are in parts of a mark, `parts` to the whole one."""

    marks: Mapping[str, int]
    parts: int
    points: int
    out_of: int
    domains: Mapping[Domain, Share]
    competent: bool


def is_third_needed(rules: PerformanceRules, ratings: Sequence[Rated]) -> bool:
    """Say whether two ratings differ so that a third assessor decides; never after a third."""
    if len(ratings) != 2 or rules.raters.count != 2:
        return False
    (first, one), (second, other) = ratings
    return rules.raters.third_needed(first, second, verdicts_differ=one != other)


def settle(rubric: Rubric, rules: PerformanceRules, ratings: Sequence[Rated]) -> Settled:
    """Return what the ratings, the third last, come to as a whole and for each domain.

    Competent is who reaches the pass mark; the assessors' recommendations stay in their ratings.
    """
    settled = panels.settle([marks for marks, _ in ratings], how=rules.raters.settle)
    out_of = settled.out_of(rubric.highest_total)
    return Settled(
        marks=settled.marks,
        parts=settled.parts,
        points=settled.points,
        out_of=out_of,
        domains=_domains(rubric, settled),
        competent=settled.points * 100 >= rules.pass_percent * out_of,
    )


def _domains(rubric: Rubric, settled: panels.Settled) -> dict[Domain, Share]:
    found: dict[Domain, Share] = {}
    for domain in Domain:
        codes = {c.code for c in rubric.criteria if c.domain is domain}
        if codes:
            out_of = settled.out_of(rubric.scale.most * len(codes))
            found[domain] = Share(settled.points_of(codes), out_of)
    return found
