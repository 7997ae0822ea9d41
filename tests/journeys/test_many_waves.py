"""Does a year of many waves come to its end, when licences run out and sittings pile up?"""

import pytest

from kompeten.ops import rehearsal
from kompeten.people.models import Assessor

pytestmark = pytest.mark.django_db


def test_many_waves_outlast_the_licences_of_assessors() -> None:
    waves: list[str] = []

    report = rehearsal.rehearse(48, seed=7, say=waves.append, wave=2)

    first = rehearsal.BEGINS.date().replace(year=rehearsal.BEGINS.year + 3)
    assert report.lost == 0
    assert len(waves) > 20
    assert Assessor.objects.filter(licensed_until__lt=first).count() == 0
