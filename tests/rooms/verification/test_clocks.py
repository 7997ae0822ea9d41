"""Does the promise of an answer stop while the applicant mends, and does the queue say what each file says?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kompeten.applications import actions as applications
from kompeten.applications.models import Application
from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.kernel.workdays import Band
from kompeten.verification import queries
from kompeten.verification.terms import Part
from tests.make import applications as make_applications
from tests.make import verification as make
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db

FRIDAY = MONDAY + timedelta(days=4)
# Aceh counts by WIB, Bali by WITA, Papua by WIT; "" is somebody whose region nobody knows.
REGIONS = ("11.01", "51.01", "91.03", "")


def test_mending_does_not_cost_the_body_its_days() -> None:
    review, _ = make.returned(at=MONDAY, answered_at=FRIDAY)
    owner = Actor(None, frozenset({Role.APPLICANT}), review.application.person_id)
    application = Application.objects.get(pk=review.application_id)
    assert application.spent_days == 4
    assert ledger.history("application", application.pk)[-1].facts["spent_days"] == 4

    weeks_later = FRIDAY + timedelta(days=14)
    applications.submit(application, agreed=True, by=owner, at=weeks_later)

    held = queries.clock(application, at=weeks_later)
    assert (held.used, held.days) == (4, 10)
    # 20 March is a Friday of collective leave; 23 and 24 are Idul Fitri's.
    assert held.due_on.isoformat() == "2026-04-01"


def test_the_database_sorts_files_as_each_clock_says() -> None:
    at = datetime(2026, 3, 30, 16, 30, tzinfo=UTC)  # 23.30 WIB, and Tuesday elsewhere
    for n in range(24):
        since = at - timedelta(days=n, hours=n % 5)
        application, _ = make_applications.submitted(n + 1, at=since)
        Application.objects.filter(pk=application.pk).update(spent_days=n * 5 % 13)
        person = application.person
        person.region_code = REGIONS[n % 4]
        person.save()

    clocks = {
        a.pk: queries.clock(a, at=at).band for a in Application.objects.select_related("person")
    }
    late = {a.pk for a in queries.inbox(Part(band=Band.LATE, at=at))}
    soon = {a.pk for a in queries.inbox(Part(band=Band.SOON, at=at))}

    assert set(clocks.values()) == set(Band)
    assert late == {pk for pk, band in clocks.items() if band is Band.LATE}
    assert soon == {pk for pk, band in clocks.items() if band is not Band.ON_TIME}


def test_narrowing_by_the_promise_costs_one_query_more(django_assert_num_queries: Any) -> None:
    make_applications.submitted()
    part = Part(band=Band.LATE, at=MONDAY)
    queries.inbox(part).exists()

    with django_assert_num_queries(2):
        list(queries.inbox(part))
