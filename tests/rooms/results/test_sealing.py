"""Are results sealed once all means are in, from exactly these, and never changed?"""

import pytest
from django.db import DatabaseError, transaction

from kompeten.applications.terms.application import State as ApplicationState
from kompeten.foundation import ledger
from kompeten.kernel import digest
from kompeten.results import queries, tasks
from kompeten.results.chart import RESULT
from kompeten.results.models import Sheet
from kompeten.schemes.terms import Route
from tests.make import practicals
from tests.make.decisions import DECIDED_AT

pytestmark = pytest.mark.django_db


def test_nothing_is_sealed_while_a_component_is_open() -> None:
    practicals.booked(1, route=Route.DIRECT_CERTIFICATION)

    assert tasks.seal(at=DECIDED_AT) == 0
    assert Sheet.objects.count() == 0


def test_a_sheet_states_each_component_of_the_route_and_its_digest_is_of_that() -> None:
    practicals.settled(1, mark=4, route=Route.DIRECT_CERTIFICATION)

    assert tasks.seal(at=DECIDED_AT) == 1

    sheet = Sheet.objects.get()
    assert [m["component"] for m in sheet.content["means"]] == ["portfolio", "interview"]
    assert sheet.competent is True
    assert digest.of(sheet.content) == sheet.digest
    events = ledger.history("result", sheet.pk)
    assert [e.type for e in events] == ["result.sealed"]
    assert events[0].facts == {"digest": sheet.digest, "competent": True}
    assert ledger.replay(RESULT, events) == sheet.state


def test_below_one_minimum_the_recommendation_is_not_yet_with_the_component_named() -> None:
    practicals.settled(1, mark=2, route=Route.DIRECT_CERTIFICATION)

    tasks.seal(at=DECIDED_AT)

    sheet = Sheet.objects.get()
    assert sheet.competent is False
    assert "interview.not_yet" in sheet.content["reasons"]


def test_sealing_again_does_nothing() -> None:
    practicals.settled(1, route=Route.DIRECT_CERTIFICATION)
    tasks.seal(at=DECIDED_AT)

    assert tasks.seal(at=DECIDED_AT) == 0
    assert Sheet.objects.count() == 1
    assert list(queries.inbox()) == []


@pytest.mark.parametrize("change", [{"competent": False}, {"digest": "sha256:0"}])
def test_a_sealed_sheet_refuses_to_be_changed_behind_our_back(change: dict) -> None:
    practicals.settled(1, route=Route.DIRECT_CERTIFICATION)
    tasks.seal(at=DECIDED_AT)

    with pytest.raises(DatabaseError), transaction.atomic():
        Sheet.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Sheet.objects.all().delete()


def test_the_candidate_stays_accepted_until_somebody_decides() -> None:
    slot = practicals.settled(1, route=Route.DIRECT_CERTIFICATION)

    tasks.seal(at=DECIDED_AT)

    slot.application.refresh_from_db()
    assert slot.application.state == ApplicationState.ACCEPTED
