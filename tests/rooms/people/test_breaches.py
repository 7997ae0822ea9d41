"""Is a breach of personal data written down, told to all who must know, and closed only then?"""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices import tasks as notices
from kompeten.notices.models import Notice
from kompeten.people import actions, queries, rules
from kompeten.people.models import Breach, Concerned
from kompeten.people.terms import Disclosure
from tests.make import people
from tests.make.races import meanwhile
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
SAID = Disclosure("NIK dan nomor telepon", "1 Maret, surel salah kirim", "Surel ditarik kembali")


def director() -> Actor:
    return people.account(60, Role.DIRECTOR)


def noted(by: Actor, **more: Any) -> Breach:
    """Return a breach that was noticed on Monday."""
    facts = {"title": "Surel salah kirim", "noticed_at": MONDAY, "at": MONDAY} | more
    return actions.note_breach(SAID, by=by, rng=random.Random(3), **facts)


def test_the_clock_of_three_days_runs_from_when_it_was_noticed() -> None:
    dewi = director()
    noted(dewi, at=TUESDAY)

    (row,) = queries.breach_rows(queries.breaches(dewi))

    assert row.due_at == MONDAY + timedelta(hours=72)
    assert rules.hours_left(row.noticed_at, at=TUESDAY) == 48


@pytest.mark.parametrize(
    ("role", "may"), [(Role.DIRECTOR, True), (Role.ADMIN, True), (Role.VERIFIER, False)]
)
def test_who_runs_the_house_may_enter_one(role: Role, *, may: bool) -> None:
    who = people.account(61, role)

    if may:
        assert noted(who).state == "open"
    else:
        with pytest.raises(StepRefused, match=r"role\.not_held"):
            noted(who)


def test_all_three_things_the_law_asks_are_said() -> None:
    dewi = director()

    with pytest.raises(StepRefused, match=r"breach\.incomplete"):
        actions.note_breach(
            Disclosure("NIK", " ", "x"),
            title="x",
            noticed_at=MONDAY,
            by=dewi,
            at=MONDAY,
            rng=random.Random(3),
        )
    with pytest.raises(StepRefused, match=r"breach\.in_future"):
        noted(dewi, noticed_at=TUESDAY)


def test_those_named_get_one_letter_each_with_what_the_law_asks() -> None:
    dewi = director()
    breach = noted(dewi)
    ani, eko = people.person(1), people.person(2)
    actions.name_concerned(breach, [ani, eko, ani], by=dewi, at=MONDAY)

    told = actions.tell_people(breach, by=dewi, at=TUESDAY)
    notices.tell(at=TUESDAY)
    notices.tell(at=TUESDAY)

    assert told == 2
    letters = {n.person_id: n.body for n in Notice.objects.filter(kind="concerned.told")}
    assert letters.keys() == {ani, eko}
    assert all(text in letters[ani] for text in (SAID.disclosed, SAID.happened, SAID.measures))
    assert Notice.objects.count() == 2


def test_who_is_named_later_gets_the_letter_and_nobody_gets_two() -> None:
    dewi = director()
    breach = noted(dewi)
    actions.name_concerned(breach, [people.person(1)], by=dewi, at=MONDAY)
    actions.tell_people(breach, by=dewi, at=MONDAY)

    with pytest.raises(StepRefused, match=r"breach\.nobody_waits"):
        actions.tell_people(breach, by=dewi, at=MONDAY)
    actions.name_concerned(breach, [people.person(1), people.person(2)], by=dewi, at=TUESDAY)
    told = actions.tell_people(breach, by=dewi, at=TUESDAY)

    assert told == 1
    with pytest.raises(StepRefused, match=r"breach\.nobody_new"):
        actions.name_concerned(breach, [people.person(1)], by=dewi, at=TUESDAY)


def test_it_is_closed_only_when_all_have_been_told() -> None:
    dewi = director()
    breach = noted(dewi)
    actions.name_concerned(breach, [people.person(1)], by=dewi, at=MONDAY)

    with pytest.raises(StepRefused) as refused:
        actions.close_breach(breach, note="", by=dewi, at=MONDAY)
    assert refused.value.reasons == ("breach.authority_untold", "breach.people_untold")
    actions.tell_authority(breach, number="PDP/1", told_at=MONDAY, by=dewi, at=TUESDAY)
    actions.tell_people(breach, by=dewi, at=TUESDAY)
    actions.close_breach(breach, note="", by=dewi, at=TUESDAY)

    assert (breach.state, breach.authority_number) == ("closed", "PDP/1")
    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        Breach.objects.update(measures="lain")


def test_who_is_named_while_it_is_being_closed_is_told_first() -> None:
    dewi = director()
    breach = noted(dewi)
    actions.name_concerned(breach, [people.person(1)], by=dewi, at=MONDAY)
    actions.tell_authority(breach, number="PDP/1", told_at=MONDAY, by=dewi, at=TUESDAY)
    actions.tell_people(breach, by=dewi, at=TUESDAY)
    eko, elsewhere = people.person(2), Breach.objects.get()

    with (
        meanwhile(lambda: actions.name_concerned(elsewhere, [eko], by=dewi, at=TUESDAY)),
        pytest.raises(StepRefused, match=r"breach\.people_untold"),
    ):
        actions.close_breach(breach, note="", by=dewi, at=TUESDAY)

    assert Breach.objects.get().state == "open"


def test_nobody_named_wants_a_ground_before_it_is_closed() -> None:
    dewi = director()
    breach = noted(dewi)
    actions.tell_authority(breach, number="PDP/1", told_at=MONDAY, by=dewi, at=MONDAY)

    with pytest.raises(StepRefused, match=r"breach\.nobody_named"):
        actions.close_breach(breach, note="", by=dewi, at=MONDAY)
    actions.close_breach(breach, note="Laptop terenkripsi.", by=dewi, at=MONDAY)

    assert breach.note == "Laptop terenkripsi."


def test_what_is_known_may_be_written_anew_and_the_authority_told_again() -> None:
    dewi = director()
    breach = noted(dewi)

    actions.revise_breach(breach, Disclosure("NIK", "x", "y"), by=dewi, at=TUESDAY)
    for number in ("PDP/1", "PDP/2"):
        actions.tell_authority(breach, number=number, told_at=MONDAY, by=dewi, at=TUESDAY)

    assert (breach.disclosed, breach.authority_number) == ("NIK", "PDP/2")
    types = [event.type for event in ledger.history("breach", breach.pk)]
    assert types == ["breach.opened", "breach.revised", *["breach.authority_told"] * 2]


def test_events_hold_nothing_of_what_was_disclosed() -> None:
    dewi = director()
    breach = noted(dewi)
    actions.name_concerned(breach, [people.person(1)], by=dewi, at=MONDAY)
    actions.tell_people(breach, by=dewi, at=MONDAY)

    told = [event.facts for event in ledger.history("breach", breach.pk)]

    assert told == [{}, {"persons": 1}, {"persons": 1}]


def test_naming_many_costs_the_same_number_of_statements(django_assert_num_queries: Any) -> None:
    dewi = director()
    breach = noted(dewi)
    keys = [people.person(n) for n in range(1, 41)]

    with django_assert_num_queries(7):
        actions.name_concerned(breach, keys, by=dewi, at=MONDAY)

    assert Concerned.objects.count() == 40
