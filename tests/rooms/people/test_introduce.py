"""Does somebody who signed up get a NIK once, and never somebody else's?"""

import random

import pytest

from kompeten.foundation.ledger import StepRefused
from kompeten.people import actions, queries
from kompeten.people.terms import Identity
from tests.make.people import BIRTH, person
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
NIK = "1218905704850007"


def newcomer() -> int:
    """Return the key of somebody who has signed up with a name only."""
    return actions.admit(Identity(nik="", name="Ani"), at=MONDAY, rng=random.Random(7))


def test_a_newcomer_states_a_nik_and_is_found_again_by_it() -> None:
    key = newcomer()

    actions.introduce(key, nik=NIK, birth_on=BIRTH, sex="female")

    assert queries.nik_of(key) == NIK
    assert queries.person_by_nik(NIK) == key


def test_a_nik_that_was_mistyped_gives_way_and_that_is_told() -> None:
    key = person(1)
    before = queries.nik_of(key)

    told = [actions.introduce(key, nik=nik) for nik in (before, NIK, NIK, "")]

    assert told == [False, True, False, False]
    assert queries.nik_of(key) == NIK
    assert queries.person_by_nik(before) is None


def test_somebody_elses_nik_is_refused_and_nothing_is_kept() -> None:
    first, key = newcomer(), person(1)
    theirs = queries.nik_of(key)

    with pytest.raises(StepRefused) as refusal:
        actions.introduce(first, nik=theirs, name="Pencuri")

    assert refusal.value.reasons == ("nik.taken",)
    kept = queries.person(first)
    assert kept is not None
    assert (kept.name, queries.nik_of(first)) == ("Ani", "")


@pytest.mark.parametrize("nik", ["123", "12189057048500071", "12189057O4850007"])
def test_a_nik_of_the_wrong_shape_is_refused(nik: str) -> None:
    with pytest.raises(StepRefused) as refusal:
        actions.introduce(newcomer(), nik=nik)

    assert refusal.value.reasons == ("nik.length",)


def test_doubts_ask_and_refuse_nothing() -> None:
    key = newcomer()
    actions.introduce(key, nik="9999010185850001", birth_on=BIRTH, sex="female")
    held = queries.person(key)
    assert held is not None

    assert queries.nik_doubts(held, on=MONDAY.date()) == (
        "nik.district_unknown",
        "nik.birth_date_differs",
        "nik.sex_differs",
    )
