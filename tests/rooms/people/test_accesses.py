"""Is it noted who opens what is kept of a person, cheaply, and for a time only?"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.actions import accessing
from kompeten.people.models import Access
from kompeten.people.terms import AccessRow, Sight
from tests.make import people
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_one_row_for_each_officer_sight_and_hour() -> None:
    ani, budi = people.person(1), people.account(2, Role.VERIFIER)
    eko = people.account(3, Role.AUDITOR)
    minutes = [timedelta(minutes=m) for m in (0, 5, 59)]

    new = [actions.note_access(ani, sight=Sight.DOCUMENT, by=budi, at=MONDAY + m) for m in minutes]
    actions.note_access(ani, sight=Sight.APPLICATION, by=budi, at=MONDAY)
    actions.note_access(ani, sight=Sight.DOCUMENT, by=eko, at=MONDAY)
    actions.note_access(ani, sight=Sight.DOCUMENT, by=budi, at=MONDAY + HOUR)

    assert new == [True, False, False]
    assert Access.objects.count() == 4


def test_the_person_reads_part_and_hour_and_no_name() -> None:
    ani, budi = people.person(1), people.account(2, Role.VERIFIER, label="Budi")

    actions.note_access(ani, sight=Sight.DOCUMENT, by=budi, at=MONDAY + HOUR / 2)

    rows = queries.access_rows(queries.accesses(ani))
    assert rows == [AccessRow(Role.VERIFIER, Sight.DOCUMENT, MONDAY)]


def test_who_looks_at_their_own_leaves_no_trace() -> None:
    budi = people.account(2, Role.VERIFIER)
    assert budi.person_id is not None

    noted = actions.note_access(budi.person_id, sight=Sight.APPLICATION, by=budi, at=MONDAY)

    assert (noted, Access.objects.count()) == (False, 0)


def test_looking_again_costs_one_query(django_assert_num_queries: Any) -> None:
    ani, budi = people.person(1), people.account(2, Role.VERIFIER)
    actions.note_access(ani, sight=Sight.DOCUMENT, by=budi, at=MONDAY)

    with django_assert_num_queries(1):
        actions.note_access(ani, sight=Sight.DOCUMENT, by=budi, at=MONDAY)


def test_a_trace_is_never_changed() -> None:
    ani, budi = people.person(1), people.account(2, Role.VERIFIER)
    actions.note_access(ani, sight=Sight.DOCUMENT, by=budi, at=MONDAY)

    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        Access.objects.update(sight=Sight.PHOTO)


def test_it_goes_when_its_time_is_over_and_not_before(settings: Any) -> None:
    ani, budi = people.person(1), people.account(2, Role.VERIFIER)
    days = settings.OPTIONS.access_log_days
    actions.note_access(ani, sight=Sight.DOCUMENT, by=budi, at=MONDAY)
    actions.note_access(ani, sight=Sight.DOCUMENT, by=budi, at=MONDAY + timedelta(days=1))

    early = accessing.clear_accesses(at=MONDAY + timedelta(days=days))
    due = accessing.clear_accesses(at=MONDAY + timedelta(days=days, seconds=1))

    assert (early, due) == (0, 1)
    assert Access.objects.get().hour_at == MONDAY + timedelta(days=1)
