"""How does a recommendation come into a story? Somebody asks, and who was asked signs by link."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Recommendation, Referee
from kompeten.applications.terms.recommending import Capacity, Letter, Signatory
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.schemes import actions as scheme_actions
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import DocumentRules, Recommender, Route
from tests.make import applications as make
from tests.make.times import MONDAY

WORKPLACE, PROFESSION = Recommender.WORKPLACE, Recommender.PROFESSION
HEAD = Signatory(
    name="Dra. Sri Hartati",
    post="Kepala dinas",
    office="Dinas Sosial Kota Bogor",
    email="sri.hartati@dinsos.example",
)
BY_PHONE = Signatory(
    name="H. Mulyono", post="Ketua yayasan", office="LKS Bina Insani", phone="0812 9999 0001"
)


def asked(
    *applications: Application,
    by: Actor,
    signatory: Signatory = HEAD,
    kind: Recommender = WORKPLACE,
    at: datetime = MONDAY,
    seed: int = 77,
) -> Referee:
    """Return the link of who was asked about these applications."""
    return actions.ask(
        applications, kind=kind, signatory=signatory, by=by, at=at, rng=random.Random(seed)
    )


def route_without() -> Route:
    """Publish a version of the scheme in which one route asks for no recommendation; return that route."""
    content, route = schemes.content(make.version().id), Route.TRAINING
    asked = DocumentRules(required=("identity_card", "photo"))
    rules = replace(content.routes[route], documents=asked)
    drafted = scheme_actions.draft(
        replace(content, routes={**content.routes, route: rules}),
        in_force_from=MONDAY.date(),
        by=SYSTEM,
        at=MONDAY,
        rng=random.Random(61),
    )
    scheme_actions.publish(drafted, by=SYSTEM, at=MONDAY)
    return route


def letter(referee: Referee, **said: Any) -> Letter:
    """Return the letter that recommends everybody whom the link asks about, unless said otherwise."""
    about = tuple(r.application.ref for r in queries.asked_of(referee))
    facts: dict[str, Any] = {
        "recommends": True,
        "about": about,
        "number": "800/214/Dinsos",
        "dated_on": date(2026, 2, 27),
        "name": "Dra. Sri Hartati",
        "post": "Kepala dinas",
        "office": "Dinas Sosial Kota Bogor",
        "capacity": Capacity.HEAD,
        "known_since": date(2021, 7, 1),
    }
    return Letter(**(facts | said))


def code(referee: Referee) -> str:
    """Return the code that the referee has: mailed, or told by phone."""
    by_mail = bool(queries.signatory(referee).email)
    return queries.mailed_code(referee) if by_mail else queries.told_code(referee.ref)


def written(referee: Referee, *, at: datetime = MONDAY, **said: Any) -> Referee:
    """Let the referee write the letter and ask for the code."""
    actions.write(referee, letter(referee, **said), at=at)
    return referee


def coded(referee: Referee, *, times: int, at: datetime = MONDAY) -> Referee:
    """Let the referee write the letter anew so many times, a minute apart, and type none of the codes."""
    for n in range(times):
        written(referee, at=at + timedelta(minutes=n))
    return referee


def signed(
    referee: Referee, *, at: datetime = MONDAY, scan: Any = None, **said: Any
) -> list[Recommendation]:
    """Let the referee write and sign."""
    return sign(written(referee, at=at, **said), at=at, scan=scan)


def sign(
    referee: Referee, typed: str = "", *, at: datetime = MONDAY, scan: Any = None
) -> list[Recommendation]:
    """Let the referee sign what stands before them, with the code or with what else they typed."""
    read = queries.letter_digest(referee)
    return actions.sign(referee, typed or code(referee), read=read, at=at, scan=scan)
