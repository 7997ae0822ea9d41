"""Does a list tell where its people are, and who has not moved, at the same price for any number?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Collective, Repair
from kompeten.journey import queries as journey
from kompeten.journey.labels import STATION
from kompeten.journey.terms import Station
from tests.make import applications as make
from tests.make.invitations import content, lines, officer, sent
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db


def counts(batch: Collective) -> dict[Station, int]:
    """Return how many people of a list stand where."""
    return journey.counts(queries.collective_rows(batch))


def stuck(batch: Collective, **later: float) -> list[str]:
    """Return who of a list has not moved, so much later."""
    rows = journey.stuck(queries.collective_rows(batch), at=MONDAY + timedelta(**later))
    return [row.name for row in rows]


def test_every_line_stands_somewhere() -> None:
    by = officer()
    batch = sent(
        by,
        content(
            {},
            {},
            {"nik": "12", "name": "Putu"},
            {"nik": "13", "name": "Kartini"},
            {"nik": "3271956701920004", "name": "Sari"},
        ),
    )
    actions.drop(Repair.objects.select_related("line__collective")[0], by=by, at=MONDAY)
    make.consented(Application.objects.get(person__name="Sari"))

    assert counts(batch) == {
        Station.CONFIRM: 1,
        Station.DOCUMENTS: 1,
        Station.MEND: 1,
        Station.LEFT_OUT: 1,
        Station.ELSEWHERE: 1,
    }
    assert STATION.keys() == set(Station)


@pytest.mark.parametrize("many", [3, 120])
def test_counts_cost_one_query_however_many_people_there_are(many: int) -> None:
    batch = sent(officer(), content(*({"nik": f"327195670192{n:04d}"} for n in range(1, many))))

    with CaptureQueriesContext(connection) as seen:
        found = counts(batch)

    assert found == {Station.CONFIRM: many - 1}
    assert len(seen) == 1


def test_who_has_not_moved_for_seven_days_is_stuck_until_they_move() -> None:
    by = officer()
    batch = sent(by, content({"name": "Sari"}, {"nik": "12", "name": "Putu"}))
    draft = Application.objects.get()

    assert stuck(batch, days=7, seconds=-1) == []
    assert stuck(batch, days=7) == ["Sari", "Putu"]

    make.consented(draft, at=MONDAY + timedelta(days=6))
    assert stuck(batch, days=8) == ["Putu"]
    make.with_documents(draft, by=by, at=MONDAY + timedelta(days=12))
    assert stuck(batch, days=14) == ["Putu"]
    actions.submit(draft, agreed=True, by=by, at=MONDAY + timedelta(days=12))
    assert stuck(batch, days=60) == ["Putu"]


def test_since_when_is_the_last_time_that_anything_happened() -> None:
    by = officer()
    batch = sent(by, content({"name": "Sari"}, {"nik": "12", "name": "Putu"}))
    make.consented(Application.objects.get(), at=MONDAY + timedelta(days=2))

    rows = list(journey.stationed(queries.collective_rows(batch)))
    found = journey.since(rows)

    assert [found[row.pk] for row in lines(batch)] == [MONDAY + timedelta(days=2), MONDAY]
