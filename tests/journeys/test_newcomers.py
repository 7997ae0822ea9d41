"""Do the made-up people of the demonstration act for themselves, and find what their account promises?"""

import random

import pytest

from kompeten.applications.terms.application import State
from kompeten.foundation import ledger
from kompeten.kernel.roles import Role
from kompeten.ops.walk import cast, individuals, intake
from kompeten.ops.walk.stage import Stage
from kompeten.verification import queries as verification
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


def test_the_one_who_is_to_mend_finds_what_by_when() -> None:
    house = stage()
    mender, by = individuals.arrive(house, individuals.MENDER, serial=5)
    individuals.hand_in(house, mender, by=by)

    intake.send_back(house, mender)

    mender.refresh_from_db()
    answer = verification.answer(mender, language="id")
    assert mender.state == State.RETURNED
    assert answer is not None
    assert len(answer.corrections) == 2
    assert mender.correct_by_on is not None
    assert mender.correct_by_on > MONDAY.date()
