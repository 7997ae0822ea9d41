"""Do the components make a whole? Competent or not yet competent, with reasons.

Source: domain practice has both readings, every component for itself (BNSP: all K) and a weighted
total; which one holds is the scheme version's to say.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from kompeten.schemes.terms.applicants import Outcome, Reason, Whole
from kompeten.schemes.terms.assessment import PassRule
from kompeten.schemes.terms.words import Component, PassMode


class OutcomeUnexpected(Exception):
    """A component has two outcomes, or one that its route does not ask for."""


def compose(
    rule: PassRule, components: tuple[Component, ...], outcomes: Iterable[Outcome]
) -> Whole:
    """Return what `outcomes` come to on a route with `components`.

    :raises OutcomeUnexpected: an outcome stands twice or does not belong to the route
    """
    by_component = _by_component(components, outcomes)
    total = _total(rule, components, by_component)
    if rule.mode is PassMode.COMPENSATORY:
        reasons = _below(rule, components, by_component, total)
    else:
        reasons = _unmet(components, by_component)
    shown = None if total is None else int(total * 10_000) / 100
    return Whole(competent=not reasons, total_percent=shown, reasons=reasons)


def _by_component(
    components: tuple[Component, ...], outcomes: Iterable[Outcome]
) -> Mapping[Component, Outcome]:
    found: dict[Component, Outcome] = {}
    for outcome in outcomes:
        if outcome.component in found or outcome.component not in components:
            raise OutcomeUnexpected(f"an outcome of {outcome.component} is not expected")
        found[outcome.component] = outcome
    return found


def _total(
    rule: PassRule, components: tuple[Component, ...], outcomes: Mapping[Component, Outcome]
) -> Fraction | None:
    """Return the weighted total from 0 to 1, the route's weights made whole; None if incomplete."""
    weight = sum(rule.weights[component] for component in components)
    shares = [_share(outcomes.get(component)) for component in components]
    if weight == 0 or None in shares:
        return None
    weighted = (
        rule.weights[component] * (share or Fraction(0))
        for component, share in zip(components, shares, strict=True)
    )
    return sum(weighted, start=Fraction(0)) / weight


def _share(outcome: Outcome | None) -> Fraction | None:
    if outcome is None or outcome.points is None:
        return None
    return Fraction(outcome.points, outcome.out_of)


def _unmet(
    components: tuple[Component, ...], outcomes: Mapping[Component, Outcome]
) -> tuple[Reason, ...]:
    """Return a reason for each component that is absent or not met for itself."""
    reasons = []
    for component in components:
        outcome = outcomes.get(component)
        if outcome is None:
            reasons.append(Reason("component.missing", need=component))
        elif not outcome.competent:
            reasons.append(Reason("component.not_met", have=outcome.points, need=component))
    return tuple(reasons)


def _below(
    rule: PassRule,
    components: tuple[Component, ...],
    outcomes: Mapping[Component, Outcome],
    total: Fraction | None,
) -> tuple[Reason, ...]:
    """Return a reason for each absent component, each below the floor, and a total too low."""
    reasons = []
    for component in components:
        share = _share(outcomes.get(component))
        if share is None:
            reasons.append(Reason("component.missing", need=component))
        elif share * 100 < rule.floor_percent:
            reasons.append(Reason("component.below_floor", int(share * 100), component))
    if total is not None and total * 100 < rule.total_percent:
        reasons.append(Reason("total.low", int(total * 100), rule.total_percent))
    return tuple(reasons)
