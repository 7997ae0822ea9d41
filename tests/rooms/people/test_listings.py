"""Is it noted who opened a list with people on it, in few rows, so that each of them can read it?"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kompeten.kernel.keysets import BLOCK
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.actions import accessing
from kompeten.people.models import Listing
from kompeten.people.queries.accesses import access_records
from kompeten.people.terms import ListedRow, Roll
from tests.make import people
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Beyond the keys of whoever a test makes: a database may count on from one test to the next.
FAR = 1000 * BLOCK
A, B, C = FAR + 7, FAR + 8, FAR + 9


def test_a_list_of_many_is_one_row_and_each_of_them_reads_it() -> None:
    budi = people.account(2, Role.INVIGILATOR)
    many = range(FAR, FAR + 630)

    written = actions.note_listing(many, roll=Roll.SITTING, about="UJIAN1", by=budi, at=MONDAY)

    told = [ListedRow(Role.INVIGILATOR, Roll.SITTING, "UJIAN1", False, MONDAY, 1, 630)]
    assert written == 1
    assert queries.listed(FAR) == queries.listed(FAR + 629) == told
    assert queries.listed(FAR + 630) == queries.listed(FAR - 1) == queries.listed(FAR - 5) == []


def test_a_page_that_touches_more_blocks_has_a_row_for_each() -> None:
    budi = people.account(2, Role.VERIFIER)

    keys = [FAR - 1, FAR, 9 * FAR]
    written = actions.note_listing(keys, roll=Roll.QUEUE, by=budi, at=MONDAY)

    assert written == 3
    assert [len(queries.listed(key)) for key in (*keys, FAR + 1)] == [1, 1, 1, 0]


def test_again_in_the_hour_writes_nothing_and_who_is_new_is_added() -> None:
    budi = people.account(2, Role.VERIFIER)

    def look(keys: list[int], after: timedelta) -> int:
        return actions.note_listing(keys, roll=Roll.QUEUE, by=budi, at=MONDAY + after)

    first = [look([A, B], HOUR / 4), look([B, A], HOUR / 2), look([B, C], HOUR / 2)]

    assert first == [1, 0, 1]
    assert [row.times for key in (A, B, C) for row in queries.listed(key)] == [1, 1, 1]


def test_hours_of_a_day_fold_together_and_days_do_not() -> None:
    budi, eko = people.account(2, Role.VERIFIER), people.account(3, Role.AUDITOR)
    for after in (timedelta(), HOUR, HOUR * 1.5, 3 * HOUR, DAY):
        actions.note_listing([A, B], roll=Roll.QUEUE, by=budi, at=MONDAY + after)
    actions.note_listing([A], roll=Roll.QUEUE, by=eko, at=MONDAY + HOUR)
    actions.note_listing([A], roll=Roll.QUEUE, is_file=True, by=budi, at=MONDAY)

    told = [(r.role, r.is_file, r.last_at - MONDAY, r.times, r.count) for r in queries.listed(A)]

    assert sorted(told, key=str) == sorted(
        [
            (Role.VERIFIER, False, DAY, 1, 2),
            (Role.VERIFIER, False, 3 * HOUR, 3, 2),
            (Role.AUDITOR, False, HOUR, 1, 1),
            (Role.VERIFIER, True, timedelta(), 1, 1),
        ],
        key=str,
    )


def test_hours_in_which_somebody_else_stood_there_do_not_count() -> None:
    budi = people.account(2, Role.VERIFIER)
    actions.note_listing([A], roll=Roll.QUEUE, by=budi, at=MONDAY)
    actions.note_listing([B], roll=Roll.QUEUE, by=budi, at=MONDAY + HOUR)

    assert [row.times for row in queries.listed(A)] == [1]


def test_two_halves_of_a_double_click_count_once() -> None:
    budi = people.account(2, Role.VERIFIER)
    actions.note_listing([A], roll=Roll.QUEUE, by=budi, at=MONDAY)
    twin = Listing.objects.get()
    twin.pk = None
    twin.save(force_insert=True)

    assert [row.times for row in queries.listed(A)] == [1]


def test_who_looks_is_not_noted_of_themselves() -> None:
    budi = people.account(2, Role.VERIFIER)
    assert budi.person_id is not None

    alone = actions.note_listing([budi.person_id], roll=Roll.QUEUE, by=budi, at=MONDAY)
    actions.note_listing([budi.person_id, A], roll=Roll.QUEUE, by=budi, at=MONDAY)

    assert alone == 0
    assert queries.listed(budi.person_id) == []
    assert [row.count for row in queries.listed(A)] == [1]


def test_an_office_that_sends_lists_is_called_so_and_not_an_applicant() -> None:
    sari = people.account(2, Role.APPLICANT, Role.SPONSOR)

    actions.note_listing([A], roll=Roll.COLLECTIVE, by=sari, at=MONDAY)

    assert [row.role for row in queries.listed(A)] == [Role.SPONSOR]


@pytest.mark.parametrize("count", [1, 100, 630])
def test_it_costs_the_same_however_many_stand_there(
    count: int, django_assert_num_queries: Any
) -> None:
    budi = people.account(2, Role.VERIFIER)
    keys = range(FAR, FAR + count)

    with django_assert_num_queries(2):
        actions.note_listing(keys, roll=Roll.QUEUE, by=budi, at=MONDAY)
    with django_assert_num_queries(1):
        actions.note_listing(keys, roll=Roll.QUEUE, by=budi, at=MONDAY)
    with django_assert_num_queries(1):
        assert len(queries.listed(FAR)) == 1


def test_it_is_never_changed() -> None:
    budi = people.account(2, Role.VERIFIER)
    actions.note_listing([A], roll=Roll.QUEUE, by=budi, at=MONDAY)

    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        Listing.objects.update(members=b"")


def test_it_goes_when_its_time_is_over_and_not_before(settings: Any) -> None:
    budi = people.account(2, Role.VERIFIER)
    days = timedelta(days=settings.OPTIONS.access_log_days)
    actions.note_listing([A], roll=Roll.QUEUE, by=budi, at=MONDAY)
    actions.note_listing([A], roll=Roll.QUEUE, by=budi, at=MONDAY + DAY)

    early = accessing.clear_accesses(at=MONDAY + days)
    due = accessing.clear_accesses(at=MONDAY + days + timedelta(seconds=1))

    assert (early, due) == (0, 1)
    assert Listing.objects.get().hour_at == MONDAY + DAY


def test_a_copy_of_ones_data_has_it() -> None:
    ani, budi = people.person(1), people.account(2, Role.REGISTRAR)
    actions.note_listing([ani, A], roll=Roll.BNSP, about="SK1", is_file=True, by=budi, at=MONDAY)

    assert access_records(ani) == [
        {
            "role": "registrar",
            "list": "bnsp",
            "of": "SK1",
            "taken_as_file": True,
            "hour": MONDAY,
            "times_that_day": 1,
            "people_on_it": 2,
        }
    ]
