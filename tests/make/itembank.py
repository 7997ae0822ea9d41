"""How do items come into a story? From the packaged demonstration bank, by two item writers."""

import random
from datetime import datetime
from itertools import count

from kompeten.itembank import actions
from kompeten.itembank.models import Form
from kompeten.kernel.roles import Role
from kompeten.schemes.terms import Blueprint
from tests.make.actors import actor
from tests.make.demobank import BLUEPRINT
from tests.make.times import MONDAY

DRAWS = count(1)  # no two forms of a story are called the same
WATI = actor(Role.ITEM_WRITER, account_id=111)
YUSUF = actor(Role.ITEM_WRITER, account_id=112)


def bank(*, at: datetime = MONDAY) -> None:
    """Take in the packaged bank; everything is approved. Done before: nothing changes."""
    actions.load_packaged(writer=WATI, reviewer=YUSUF, at=at, rng=random.Random(7))


def form(seed: int = 1, *, at: datetime = MONDAY, blueprint: Blueprint = BLUEPRINT) -> Form:
    """Return a form assembled from the packaged bank."""
    bank(at=at)
    return actions.assemble(
        blueprint,
        seed=seed,
        title=f"Paket {seed}",
        by=YUSUF,
        at=at,
        rng=random.Random(next(DRAWS)),
    )
