"""Who may act on whom, and does asking for many cost no more than asking for one?

Source: ISO/IEC 17024:2012, 5.2.3 (two years after training) and 6.2.2.3.
"""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kompeten.impartiality.actions import tie_many
from kompeten.impartiality.models import Tie
from kompeten.impartiality.queries import conflicts
from kompeten.impartiality.terms import Act, TieKind
from tests.make.people import person
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
LEAP = date(2024, 2, 29)


def tied(kind: TieKind, *pairs: tuple[int, int], since: date = TODAY, **more: Any) -> None:
    """Note ties that arose from one record."""
    tie_many(kind, pairs, since=since, source="training:ABC", **more)


def test_strangers_have_no_conflict() -> None:
    citra, ani = person(1), person(2)

    assert conflicts([citra], [ani], Act.EXAMINE, on=TODAY) == {}


def test_nobody_acts_on_themselves() -> None:
    ani = person(1)

    assert conflicts([ani], [ani], Act.VERIFY, on=TODAY) == {(ani, ani): ("tie.self",)}


@pytest.mark.parametrize(
    ("since", "on", "is_barred"),
    [
        (date(2024, 3, 2), date(2024, 3, 1), False),
        (date(2024, 3, 2), date(2024, 3, 2), True),
        (date(2024, 3, 2), date(2026, 3, 1), True),
        (date(2024, 3, 2), date(2026, 3, 2), False),
        (LEAP, date(2026, 2, 28), True),
        (LEAP, date(2026, 3, 1), False),
    ],
    ids=["day before", "same day", "last day", "two years on", "leap: last day", "leap: free"],
)
def test_a_trainer_does_not_examine_for_two_years(since: date, on: date, is_barred: bool) -> None:
    citra, ani = person(1), person(2)
    tied(TieKind.TRAINED, (citra, ani), since=since)

    found = conflicts([citra], [ani], Act.EXAMINE, on=on)

    assert found == ({(citra, ani): ("tie.trained",)} if is_barred else {})


def test_a_tie_with_an_end_bars_until_then() -> None:
    citra, ani = person(1), person(2)
    tied(TieKind.BUSINESS, (citra, ani), since=date(2026, 1, 1), until=date(2026, 3, 2))

    assert conflicts([citra], [ani], Act.DECIDE, on=date(2026, 3, 1))
    assert not conflicts([citra], [ani], Act.DECIDE, on=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        (TieKind.FILED, set(Act)),
        (TieKind.RECOMMENDED, set(Act)),
        (TieKind.FAMILY, set(Act)),
        (TieKind.SUPERIOR, set(Act)),
        (TieKind.TRAINED, {Act.EXAMINE, Act.DECIDE, Act.HEAR_APPEAL}),
        (TieKind.EXAMINED, {Act.DECIDE, Act.HEAR_APPEAL}),
        (TieKind.DECIDED, {Act.HEAR_APPEAL}),
    ],
)
def test_each_tie_bars_the_acts_it_should(kind: TieKind, acts: set[Act]) -> None:
    citra, ani = person(1), person(2)
    tied(kind, (citra, ani))

    barred = {act for act in Act if conflicts([citra], [ani], act, on=TODAY)}

    assert barred == acts


def test_ties_have_a_direction() -> None:
    citra, ani = person(1), person(2)
    tied(TieKind.TRAINED, (citra, ani))

    assert not conflicts([ani], [citra], Act.EXAMINE, on=TODAY)


def test_people_of_one_unit_do_not_examine_each_other_but_may_verify() -> None:
    citra, ani = (person(n, employer="Dinas Sosial Deli Serdang") for n in (1, 2))
    dewi = person(3, employer="LKS Harapan")

    assert conflicts([citra, dewi], [ani], Act.EXAMINE, on=TODAY) == {
        (citra, ani): ("tie.same_unit",)
    }
    assert not conflicts([citra], [ani], Act.VERIFY, on=TODAY)


def test_several_reasons_are_all_told() -> None:
    citra, ani = person(1), person(2)
    tied(TieKind.TRAINED, (citra, ani))
    tied(TieKind.EXAMINED, (citra, ani))

    assert conflicts([citra], [ani], Act.DECIDE, on=TODAY) == {
        (citra, ani): ("tie.examined", "tie.trained")
    }


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_candidates(
    count: int, django_assert_num_queries: Any
) -> None:
    assessors = [person(n) for n in (1, 2, 3)]
    candidates = [person(n) for n in range(10, 10 + count)]
    tied(TieKind.TRAINED, *((assessors[0], c) for c in candidates))

    with django_assert_num_queries(2):
        found = conflicts(assessors, candidates, Act.EXAMINE, on=TODAY)

    assert found == {(assessors[0], c): ("tie.trained",) for c in candidates}


def test_the_same_hand_over_again_writes_no_second_tie() -> None:
    citra, ani = person(1), person(2)

    tied(TieKind.TRAINED, (citra, ani), (citra, ani), (ani, ani))
    tied(TieKind.TRAINED, (citra, ani))

    assert Tie.objects.count() == 1


def test_the_database_refuses_a_tie_that_ends_before_it_began() -> None:
    citra, ani = person(1), person(2)

    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(
            kind=TieKind.FAMILY,
            person_id=citra,
            candidate_id=ani,
            since=TODAY,
            until=TODAY,
            source="declared:1",
        )
