"""How a candidate is assessed: the written test, readings, performances, and the whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from kompeten.kernel.canonical import LATER
from kompeten.schemes.terms.limits import Between, Percent
from kompeten.schemes.terms.words import Component, Difficulty, Domain, PassMode, Settle


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """The make-up of a written form: shares in percent of its choice items, applied as marginal quotas.

    `essays` stand last in the form, beside the choice items; most schemes have none.
    """

    items: Annotated[int, Between(1, 500)]
    domains: Mapping[Domain, Percent]
    difficulties: Mapping[Difficulty, Percent]
    essays: Annotated[int, Between(0, 10)] = field(default=0, metadata=LATER)

    @property
    def per_domain(self) -> dict[Domain, int]:
        """Return how many items of each domain a form has."""
        return {domain: share * self.items // 100 for domain, share in self.domains.items()}

    @property
    def per_difficulty(self) -> dict[Difficulty, int]:
        """Return how many items of each difficulty a form has."""
        return {grade: share * self.items // 100 for grade, share in self.difficulties.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Raters:
    """How many assessors rate one candidate, and when another is called.

    A third is called when two marks of one item differ by more than `third_over`, or (with
    `third_on_verdict`) when one says competent and the other not yet.
    """

    count: Annotated[int, Between(1, 3)]
    third_over: Annotated[int, Between(0, 10)]
    third_on_verdict: bool
    settle: Settle

    def third_needed(
        self, first: Mapping[str, int], second: Mapping[str, int], *, verdicts_differ: bool
    ) -> bool:
        """Say whether the marks of two assessors, by item, call for a third; a blank is mark 0."""
        codes = first.keys() | second.keys()
        apart = any(abs(first.get(c, 0) - second.get(c, 0)) > self.third_over for c in codes)
        return apart or (self.third_on_verdict and verdicts_differ)


@dataclass(frozen=True, slots=True, kw_only=True)
class CognitiveRules:
    """The written test."""

    minutes: Annotated[int, Between(1, 600)]
    pass_percent: Percent
    blueprint: Blueprint


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRules:
    """The reading of a dossier; a blank answer counts `blank_points`."""

    pass_percent: Percent
    raters: Raters
    blank_points: Annotated[int, Between(0, 1)]
    blank_blocks_acceptance: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceRules:
    """A practice exam or an interview before assessors."""

    minutes: Annotated[int, Between(1, 600)]
    pass_percent: Percent
    raters: Raters


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRule:
    """How component outcomes become competent or not yet competent.

    `weights` sum to 100 over the four components; a route that has fewer shares them out again
    in proportion. `total_percent` and `floor_percent` bind only in the compensatory mode.
    """

    mode: PassMode
    weights: Mapping[Component, Percent]
    total_percent: Percent
    floor_percent: Percent
