"""What would the routes say to somebody who has not applied yet? By the rules of today, and kept nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kompeten.applications.terms.statement import Statement
from kompeten.kernel.canonical import plain
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import (
    Component,
    DocumentKind,
    DocumentRules,
    Eligibility,
    Facts,
    Known,
    Level,
    Profession,
    Route,
    Verdict,
)
from kompeten.verification.rules import hints

ORDER = (Verdict.OPEN, Verdict.UNKNOWN, Verdict.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOffer:
    """One route of one scheme as it stands to somebody, with what it would ask to be sent.

    `opens_on` is the day on which a closed route opens if they only go on as they do. `bytes_most`
    is what the documents may weigh, `bytes_shrunk` with every photo made smaller on the phone.
    """

    scheme: Known
    eligibility: Eligibility
    opens_on: date | None
    components: tuple[Component, ...]
    rules: DocumentRules
    kinds: tuple[DocumentKind, ...]
    bytes_most: int
    bytes_shrunk: int


def facts(statement: Statement, *, born_on: date | None) -> Facts:
    """Return what a statement says, in the shape requirements are judged by. No query."""
    return hints.facts(plain(statement), born_on=born_on)


def self_check(
    statement: Statement,
    *,
    profession: Profession,
    level: Level | None,
    born_on: date | None,
    on: date,
) -> tuple[RouteOffer, ...]:
    """Return every route of the schemes in force, the open ones first; hints, never decisions.

    `level` None: all levels of the profession. At most two queries, whatever is asked.
    """
    told = facts(statement, born_on=born_on)
    wanted = [
        known
        for known in schemes.known(on=on)
        if known.profession is profession and level in {None, known.level}
    ]
    offers = [offer for known in wanted for offer in _offers(known, told, on=on)]
    return tuple(sorted(offers, key=lambda offer: ORDER.index(offer.eligibility.verdict)))


def _offers(known: Known, told: Facts, *, on: date) -> Iterator[RouteOffer]:
    said = schemes.content(known.id)
    for route, found in schemes.eligible(known.id, told, on=on).items():
        weight = schemes.weight(known.id, route)
        yield RouteOffer(
            scheme=known,
            eligibility=found,
            opens_on=_opens_on(known, route, found, told, on=on),
            components=said.routes[route].components,
            rules=said.routes[route].documents,
            kinds=said.documents_of(route),
            bytes_most=weight.most,
            bytes_shrunk=weight.shrunk,
        )


def _opens_on(
    known: Known, route: Route, found: Eligibility, told: Facts, *, on: date
) -> date | None:
    if found.verdict is not Verdict.CLOSED:
        return None
    return schemes.opens_on(known.id, route, told, on=on)
