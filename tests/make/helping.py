"""How do two sit at one phone? The person of a list shows who they are, and their office helps."""

import random
from datetime import datetime

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Help
from kompeten.applications.terms.helping import HELP_VERSION, Shown
from kompeten.kernel.actors import Actor
from tests.make.invitations import content, sent
from tests.make.times import MONDAY

NIKS = tuple(f"327195670192{n:04d}" for n in range(1, 9))
BORN = "27/01/1992"


def listed(by: Actor, *, count: int = 1, at: datetime = MONDAY) -> list[Application]:
    """Return the drafts of the people on a list that the sponsor has sent."""
    people = [{"nik": nik, "name": f"Peserta {n}"} for n, nik in enumerate(NIKS[:count], start=1)]
    batch = sent(by, content(*people), at=at)
    return list(batch.applications.select_related("person").order_by("id"))


def shown(n: int = 1) -> Shown:
    """Return what the n-th person of such a list types."""
    return Shown(nik_end=NIKS[n - 1][-4:], birth=BORN)


def begun(
    application: Application, by: Actor, *, n: int = 1, at: datetime = MONDAY, seed: int = 0
) -> Help:
    """Return the helping of the n-th person of a list by `by`; another one has another `seed`."""
    held = actions.begin_help(
        application, shown(n), version=HELP_VERSION, by=by, at=at, rng=random.Random(seed or n)
    )
    assert held is not None
    return held


def together(held: Help, by: Actor) -> Actor:
    """Return the person of a helping as they act beside `by`."""
    return queries.helped(held, by)
