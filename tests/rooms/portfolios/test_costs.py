"""How many queries does a batch cost? As many for thirty dossiers as for one."""

import random

import pytest

from kompeten.portfolios import actions, queries, tasks
from kompeten.portfolios.models import Dossier, Reading
from tests.make import applications
from tests.make import portfolios as make
from tests.make.costs import spent
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db

COUNTS = (1, 30)


@pytest.mark.parametrize("count", COUNTS)
def test_opening(count: int) -> None:
    for n in range(1, count + 1):
        applications.accepted(n)
    queries.without_dossier().exists()  # the schemes are read once per process

    assert spent(lambda: tasks.open_dossiers(at=MONDAY)) == 4
    assert Dossier.objects.count() == count


@pytest.mark.parametrize("count", COUNTS)
def test_assigning(count: int) -> None:
    dossiers = [make.handed_in(n)[0] for n in range(1, count + 1)]
    pool = make.assessors(5)

    def assign() -> None:
        actions.assign(
            dossiers,
            assessors=pool,
            on=MONDAY.date(),
            by=make.OFFICER,
            at=MONDAY,
            seed=1,
            rng=random.Random(1),
        )

    assert spent(assign) == 8
    assert Reading.objects.count() == 2 * count


@pytest.mark.parametrize("count", COUNTS)
def test_settling(count: int) -> None:
    dossiers = [make.handed_in(n)[0] for n in range(1, count + 1)]
    pool = make.assessors(5)
    for reading in make.assign(dossiers, pool):
        make.read(reading, pool, 4 if reading.dossier.pk % 2 else 3)

    assert spent(lambda: tasks.accept(at=MONDAY)) == 3
    assert spent(lambda: tasks.assess(at=MONDAY)) == 6
    assert len(queries.outcomes(d.application_id for d in dossiers)) == count


@pytest.mark.parametrize("count", COUNTS)
def test_calling_thirds(count: int) -> None:
    dossiers = [make.handed_in(n)[0] for n in range(1, count + 1)]
    pool = make.assessors(5)
    seen: set[int] = set()
    for reading in make.assign(dossiers, pool):
        make.read(reading, pool, 4 if reading.dossier_id in seen else 2)
        seen.add(reading.dossier_id)
    tasks.accept(at=MONDAY)

    assert spent(lambda: tasks.assess(at=MONDAY)) == 11
    assert Reading.objects.filter(third=True).count() == count


@pytest.mark.parametrize("count", COUNTS)
def test_lists(count: int) -> None:
    dossiers = [make.handed_in(n)[0] for n in range(1, count + 1)]
    pool = make.assessors(2)
    make.assign(dossiers, pool)
    keys = [d.application_id for d in dossiers]

    assert spent(lambda: queries.dossier_rows(Dossier.objects.order_by("id")[:25])) == 1
    assert spent(lambda: queries.reading_rows(Reading.objects.order_by("id")[:25])) == 1
    assert spent(lambda: queries.outcomes(keys)) == 1
    assert spent(lambda: queries.seals(keys)) == 1
    assert spent(lambda: queries.ready(keys)) == 1
    assert spent(lambda: queries.dossiers(keys)) == 1


def test_one_answer_costs_as_much_as_all() -> None:
    dossier, ani = make.drafted()
    all_of_them = make.essays(dossier)

    for answers in ({"a_what": "satu"}, all_of_them):
        assert spent(lambda a=answers: actions.save(dossier, answers=a, by=ani, at=MONDAY)) == 2
    assert spent(lambda: actions.save_cv(dossier, parts=make.CV, by=ani, at=MONDAY)) == 2


def test_pages() -> None:
    dossier, (reading, _), pool = make.assigned()
    reader = pool[reading.assessor_id]

    assert spent(lambda: queries.view(dossier)) == 2
    assert spent(lambda: queries.own_reading(reading.ref, reader)) == 1
    assert spent(lambda: queries.reading_view(reading)) == 3
    assert spent(lambda: queries.readings_of(dossier, reader)) == 2
