"""How is a result sealed?"""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kompeten.foundation import ledger
from kompeten.kernel import digest, refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.results import rules
from kompeten.results.chart import RESULT
from kompeten.results.models import Sheet
from kompeten.results.terms import Content, Sealing
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, Route

if TYPE_CHECKING:
    from kompeten.applications.models import Application

Points = tuple[int, int]


def seal_many(
    applications: "Sequence[Application]",
    points: Mapping[int, Mapping[Component, Points]],
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> None:
    """Seal one sheet for each application from the points of its components, by application key.

    A few statements per 500.

    :raises KeyError: a component of the route has no points yet
    """
    sheets = [_sheet(a, points[a.pk], at=at, ref=refs.new(rng)) for a in applications]

    def sealing(sheet: Sheet) -> Sealing:
        return Sealing(sheet.digest, sheet.competent)

    ledger.enter_many(RESULT, sheets, by=by, at=at, facts=sealing)


def _sheet(
    application: "Application",
    points: Mapping[Component, Points],
    *,
    at: datetime,
    ref: str,
) -> Sheet:
    version = schemes.version(application.scheme_version_id)
    scheme = schemes.content(application.scheme_version_id)
    route = Route(application.route)
    means = rules.means(scheme, route, points)
    whole = schemes.whole(application.scheme_version_id, route, rules.outcomes(means))
    content = Content(
        application=application.ref,
        scheme=version.scheme_code,
        version=version.number,
        route=route.value,
        means=means,
        competent=whole.competent,
        total_percent=whole.total_percent,
        reasons=tuple(f"{m.component.value}.not_yet" for m in means if not m.competent),
    )
    return Sheet(
        ref=ref,
        application=application,
        person_id=application.person_id,
        competent=whole.competent,
        content=plain(content),
        digest=digest.of(content),
        sealed_at=at,
    )
