"""How does a preparation session come into a story? It is planned, filled and held."""

import random
from datetime import datetime, timedelta

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.training import actions
from kompeten.training.models import Session
from kompeten.training.terms import Plan, Zone
from tests.make.people import account, person
from tests.make.times import MONDAY

FITRI, GILANG = 6001, 6002


def coordinator(n: int = FITRI, *, at: datetime = MONDAY) -> Actor:
    """Return somebody who plans sessions."""
    return account(n, Role.COORDINATOR, at=at)


def trainer(n: int = GILANG, *, at: datetime = MONDAY) -> Actor:
    """Return somebody who teaches."""
    return account(n, Role.TRAINER, at=at)


def planned(n: int = 1, *, at: datetime = MONDAY, **more: object) -> Plan:
    """Return the plan of a session of eight hours, a week after `at`, with one trainer."""
    begins = at + timedelta(days=7)
    facts: dict[str, object] = {
        "title": f"Bimtap {n}",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=8),
        "zone": Zone.WIB,
        "quota": 40,
        "place": "Aula Dinas Sosial",
        "trainers": (person(GILANG),),
    }
    return Plan(**(facts | more))  # type: ignore[arg-type]


def session(n: int = 1, *, by: Actor, at: datetime = MONDAY, **more: object) -> Session:
    """Return a session that is open for names."""
    made = actions.plan(planned(n, at=at, **more), by=by, at=at, rng=random.Random(3000 + n))
    actions.announce(made, by=by, at=at)
    return made
