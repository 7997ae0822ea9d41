"""What do the readings of a dossier come to, and is a third reader called?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kompeten.kernel import panels
from kompeten.portfolios.rules.marking import Marks, is_competent, points, whole_marks
from kompeten.schemes.terms import Domain, PortfolioRules, SelfDescription


@dataclass(frozen=True, slots=True)
class Share:
    """Points out of a highest number of points."""

    points: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a dossier came to. Marks and points are in parts of a mark, `parts` to the whole one."""

    marks: Mapping[str, int]
    parts: int
    points: int
    out_of: int
    domains: Mapping[Domain, Share]
    competent: bool


def is_third_needed(
    description: SelfDescription, rules: PortfolioRules, readings: Sequence[Marks]
) -> bool:
    """Say whether two readings differ so that a third reader decides; never after a third."""
    if len(readings) != 2 or rules.raters.count != 2:
        return False
    verdicts = [_verdict(description, rules, marks) for marks in readings]
    first, second = (whole_marks(marks, blank=0) for marks in readings)
    return rules.raters.third_needed(first, second, verdicts_differ=verdicts[0] != verdicts[1])


def settle(
    description: SelfDescription, rules: PortfolioRules, readings: Sequence[Marks]
) -> Outcome:
    """Return what the readings, the third last, come to as a whole and for each domain."""
    panel = [whole_marks(marks, blank=rules.blank_points) for marks in readings]
    settled = panels.settle(panel, how=rules.raters.settle)
    out_of = settled.out_of(description.highest_total)
    return Outcome(
        marks=settled.marks,
        parts=settled.parts,
        points=settled.points,
        out_of=out_of,
        domains=_domains(description, settled),
        competent=is_competent(rules, points=settled.points, out_of=out_of),
    )


def _verdict(description: SelfDescription, rules: PortfolioRules, marks: Marks) -> bool:
    got, out_of = points(description, rules, marks)
    return is_competent(rules, points=got, out_of=out_of)


def _domains(description: SelfDescription, settled: panels.Settled) -> dict[Domain, Share]:
    found: dict[Domain, Share] = {}
    for domain in Domain:
        items = {item.code for item in description.items if item.domain is domain}
        if items:
            out_of = settled.out_of(description.scale.most * len(items))
            found[domain] = Share(settled.points_of(items), out_of)
    return found
