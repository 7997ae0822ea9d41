"""Is a name put right by the office, with its ground, and what stood there kept?"""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.models import NameChange, Person
from tests.make.people import account, person
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


def ani() -> Person:
    found = queries.person(person(1))
    assert found is not None
    return found


def correct(whom: Person, *, by: Any, **said: str) -> None:
    facts = {"name": "Ani Rahayu", "title_before": "", "title_after": "", "ground": "KTP"}
    actions.correct_name(whom, **(facts | said), by=by, at=MONDAY)


def test_a_name_is_put_right_and_what_stood_there_is_kept() -> None:
    whom, budi = ani(), account(2, Role.REGISTRAR)

    correct(whom, by=budi, name=" Ani  Rahayu Dewi", title_after="S.Sos.", ground=" KTP ")

    kept = queries.person(whom.pk)
    assert kept is not None
    assert (kept.full_name, whom.full_name) == ("Ani Rahayu Dewi, S.Sos.",) * 2
    (change,) = queries.name_changes(kept)
    assert (change.full_name, change.ground, change.by_id) == ("Ani Rahayu", "KTP", budi.account)


def test_the_same_name_again_writes_nothing() -> None:
    whom, budi = ani(), account(2, Role.DIRECTOR)

    correct(whom, by=budi, name="Ani Dewi")
    correct(whom, by=budi, name="Ani Dewi")

    assert NameChange.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": "محمد"}, "name.letters"),
        ({"name": "."}, "name.missing"),
        ({"name": "Dewi", "title_after": "🎓"}, "text.letters"),
        ({"name": "Dewi", "ground": " "}, "name.no_ground"),
    ],
)
def test_what_cannot_be_printed_or_has_no_ground_is_refused(
    said: dict[str, str], reason: str
) -> None:
    whom = ani()

    with pytest.raises(StepRefused) as refusal:
        correct(whom, by=account(2, Role.REGISTRAR), **said)

    assert refusal.value.reasons == (reason,)
    assert not NameChange.objects.exists()


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.ADMIN, Role.APPLICANT])
def test_nobody_else_puts_names_right(role: Role) -> None:
    with pytest.raises(StepRefused, match=r"role\.not_held"):
        correct(ani(), by=account(2, role), name="Dewi")


def test_nobody_puts_right_their_own_name() -> None:
    budi = account(2, Role.REGISTRAR)
    himself = queries.person(budi.person_id or 0)
    assert himself is not None

    with pytest.raises(StepRefused, match=r"name\.own"):
        correct(himself, by=budi, name="Dewi")


def test_of_two_who_put_it_right_at_once_the_second_looks_again() -> None:
    whom, budi = ani(), account(2, Role.REGISTRAR)
    seen_before = queries.person(whom.pk)
    assert seen_before is not None
    correct(whom, by=budi, name="Ani Dewi")

    with pytest.raises(StaleRecord):
        correct(seen_before, by=budi, name="Ani Lestari")


def test_what_stood_there_is_never_changed_and_goes_only_with_who_is_forgotten() -> None:
    person = ani()
    correct(person, by=account(2, Role.REGISTRAR), name="Dewi")

    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        NameChange.objects.update(ground="lain")
    actions.forget_person(person.pk, at=TUESDAY)

    assert not NameChange.objects.exists()
