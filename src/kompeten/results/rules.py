"""What do the means of one candidate say together, under the rule of their own scheme version?"""

from collections.abc import Mapping

from kompeten.results.terms import Means
from kompeten.schemes.terms import Component, Outcome, Route, SchemeContent

Points = tuple[int, int]  # points, out of


def means(
    content: SchemeContent, route: Route, points: Mapping[Component, Points]
) -> tuple[Means, ...]:
    """Return each component of the route with its own verdict.

    :raises KeyError: a component of the route has no points yet
    """
    found = []
    for component in content.routes[route].components:
        got, out_of = points[component]
        passed = content.is_passed(component, points=got, out_of=out_of)
        found.append(Means(component, got, out_of, passed))
    return tuple(found)


def outcomes(found: tuple[Means, ...]) -> tuple[Outcome, ...]:
    """Return the means in the shape that the scheme's passing rule takes."""
    return tuple(
        Outcome(component=m.component, competent=m.competent, points=m.points, out_of=m.out_of)
        for m in found
    )
