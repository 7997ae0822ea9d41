"""How do people come into a story? By the room's own actions, with rows behind them."""

import random
from datetime import date, datetime, timedelta

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.terms import Identity
from tests.make.times import MONDAY

BIRTH = date(1985, 4, 17)


def identity(n: int = 1, **more: object) -> Identity:
    """Return the n-th made-up person: a woman from Serdang Bedagai, born 17 April 1985."""
    facts: dict[str, object] = {
        "nik": f"121890570485{n:04d}",
        "name": f"Ani Rahayu {n}" if n > 1 else "Ani Rahayu",
        "sex": "female",
        "birth_on": BIRTH,
        "region_code": "12.18",
        "phone": "+628123456789",
        "email": f"ani{n}@contoh.example",
    }
    return Identity(**(facts | more))  # type: ignore[arg-type]


def person(n: int = 1, *, at: datetime = MONDAY, **more: object) -> int:
    """Return the key of the n-th made-up person, admitted at `at`."""
    return actions.admit(identity(n, **more), at=at, rng=random.Random(n))


def account(
    n: int, *roles: Role, at: datetime = MONDAY, label: str = "", password: str | None = None
) -> Actor:
    """Return an actor with an account, a person of its own and `roles` since the day before `at`."""
    since = at - timedelta(days=1)
    row = actions.open_account(
        at=since,
        rng=random.Random(n),
        person_id=person(n, at=since),
        email=f"akun{n}@contoh.example",
        label=label,
        password=password,
    )
    for role in roles:
        if role is not Role.APPLICANT:
            actions.grant(row, role, at=since)
    return queries.actor(row.pk, at=at)
