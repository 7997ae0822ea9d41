"""Are the people of the demonstration like people, and do their licences outlast its year?"""

import random
from datetime import timedelta

import pytest

from kompeten.ops import demonstration
from kompeten.ops.walk import assessors, cast
from kompeten.people import queries
from kompeten.people.models import Assessor
from kompeten.regions import queries as regions
from tests.make.times import MONDAY


def test_nobody_shares_a_name_or_a_number_with_another_assessor() -> None:
    everybody = [assessors.nth(n, on=MONDAY.date()) for n in range(120)]

    assert len({one.name for one in everybody}) == 120
    assert len({one.registration_number for one in everybody}) == 120


@pytest.mark.django_db
def test_assessors_live_all_over_the_country_and_renew_at_different_times() -> None:
    cast.assemble(
        at=MONDAY,
        rng=random.Random(1),
        assessors=demonstration.ASSESSORS,
        sponsors=1,
        passwords=False,
    )

    rows = queries.licence_rows(queries.licences())
    ends = {row.until for row in rows}
    now = MONDAY.date() + timedelta(days=demonstration.DAYS)
    assert len(rows) == len(ends) == demonstration.ASSESSORS
    assert len({row.region_code for row in rows}) == demonstration.ASSESSORS
    assert {row.region_code for row in rows} <= regions.codes()
    # At the end of the year that is walked two are to be renewed soon, and nobody has lapsed.
    assert now < min(ends)
    assert sum(end <= now + timedelta(days=90) for end in ends) == 2


@pytest.mark.django_db
def test_a_rehearsal_renews_the_licences_that_a_wave_would_outlast() -> None:
    cast.assemble(at=MONDAY, rng=random.Random(1), assessors=24, sponsors=1, passwords=False)
    late = MONDAY + timedelta(days=500)

    renewed = cast.renew_licences(at=late)

    first = late.date() + cast.WAVE_LASTS
    assert renewed > 0
    assert not Assessor.objects.filter(licensed_until__lt=first).exists()
    assert cast.renew_licences(at=late) == 0
