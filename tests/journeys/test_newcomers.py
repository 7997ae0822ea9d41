"""Do the made-up people of the demonstration act for themselves?"""

import random

import pytest

from kompeten.foundation import ledger
from kompeten.kernel.roles import Role
from kompeten.ops.walk import cast, individuals, intake
from kompeten.ops.walk.stage import Stage
from tests.make import applications as make
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db


def stage() -> Stage:
    """Return the stage of a small house, with schemes and one sponsor."""
    make.schemes_loaded()
    rng = random.Random(1)
    players = cast.assemble(at=MONDAY, rng=rng, assessors=2, sponsors=1, passwords=False)
    return Stage(players, rng, MONDAY, lambda _: None)


def test_who_applies_alone_hands_in_alone_amid_the_people_of_an_office() -> None:
    house = stage()
    holder, by = individuals.arrive(house, individuals.HOLDER, serial=1)

    intake.hand_in(house, [holder], by=house.cast.one(Role.SPONSOR))

    told = [(e.type, e.actor_id, e.actor_role) for e in ledger.history("application", holder.pk)]
    assert told == [
        (f"application.{what}", by.account_id, "applicant")
        for what in ("opened", "revised", "attached", "submitted")
    ]
