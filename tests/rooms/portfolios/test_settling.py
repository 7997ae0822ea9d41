"""What becomes of a dossier that has been read?"""

import random
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.impartiality.models import Tie
from kompeten.kernel import digest
from kompeten.kernel.actors import SYSTEM
from kompeten.people import actions as people
from kompeten.portfolios import actions, queries, tasks
from kompeten.portfolios.chart import DOSSIER
from kompeten.portfolios.models import Assessment, Dossier
from tests.make import portfolios as make
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


def states(dossier: Dossier) -> list[str]:
    return [e.type.partition(".")[2] for e in ledger.history("dossier", dossier.pk)]


def test_a_dossier_is_accepted_only_when_both_have_read_it() -> None:
    dossier, (first, second), pool = make.assigned()

    make.read(first, pool)
    assert tasks.accept(at=MONDAY) == 0
    make.read(second, pool)
    assert tasks.accept(at=MONDAY) == 1
    assert tasks.accept(at=MONDAY) == 0

    dossier.refresh_from_db()
    assert dossier.state == "accepted"
    assert queries.ready([dossier.application_id]) == {dossier.application_id}
    assert queries.outcomes([dossier.application_id]) == {}


def test_the_ledger_itself_pulls_the_followers() -> None:
    dossier, readings, pool = make.assigned()
    for reading in readings:
        make.read(reading, pool)

    make.drain_rung(at=TUESDAY)

    dossier.refresh_from_db()
    assert states(dossier) == ["opened", "handed_in", "accepted", "assessed"]
    assert ledger.replay(DOSSIER, ledger.history("dossier", dossier.pk)) == dossier.state


def test_the_result_is_sealed_with_the_digest_of_its_content() -> None:
    dossier, (first, second), pool = make.assigned()
    make.read(first, pool, 4)
    make.read(second, pool, 3)

    make.settle(at=TUESDAY)

    seal = queries.assessment(dossier)
    assert seal is not None
    assert (seal.points, seal.out_of, seal.competent) == (16 * 7, 160, True)
    assert seal.digest == digest.of(seal.content)
    assert seal.content["readings"] == [
        {"reading": first.ref, "third": False, "marks": first.marks},
        {"reading": second.ref, "third": False, "marks": second.marks},
    ]
    assert seal.content["written"] == dossier.digest
    assert seal.content["domains"]["values"] == {"points": 28, "out_of": 40}
    key = dossier.application_id
    assert queries.outcomes([key]) == {key: (112, 160)}
    assert queries.seals([key]) == {key: seal.digest}
    assert ledger.history("dossier", dossier.pk)[-1].facts == {
        "points": 112,
        "out_of": 160,
        "competent": True,
        "readings": 2,
        "digest": seal.digest,
    }


def test_a_seal_is_kept_by_the_database_too() -> None:
    dossier, _ = make.assessed()

    for act in (
        lambda rows: rows.update(points=160),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(IntegrityError, match="kept as they are"), transaction.atomic():
            act(Assessment.objects.filter(dossier=dossier))


def test_a_third_reader_is_called_where_two_differ_and_decides() -> None:
    dossier, (first, second), pool = make.assigned(count=4)
    make.read(first, pool, 4)
    make.read(second, pool, 2)

    make.settle()

    (third,) = dossier.readings.filter(third=True).select_related("dossier")
    assert third.assessor_id not in {first.assessor_id, second.assessor_id}
    dossier.refresh_from_db()
    assert dossier.state == "accepted"

    make.read(third, pool, 5)
    make.settle()

    dossier.refresh_from_db()
    assert dossier.state == "assessed"
    assert queries.outcomes([dossier.application_id]) == {
        dossier.application_id: (16 * 9, 160),
    }


def test_readers_become_tied_to_the_candidate() -> None:
    dossier, readings, pool = make.assigned(count=4)
    make.read(readings[0], pool, 4)
    make.read(readings[1], pool, 2)
    make.settle()
    (third,) = dossier.readings.filter(third=True).select_related("dossier")
    make.read(third, pool, 4)
    assert not Tie.objects.exists()

    make.settle(at=TUESDAY)

    ties = Tie.objects.filter(kind="examined", candidate=dossier.person_id)
    assert set(ties.values_list("person_id", flat=True)) == {
        r.assessor_id for r in (*readings, third)
    }


@pytest.mark.parametrize("batch", [200, 1])
def test_without_a_third_reader_a_dossier_waits_and_holds_up_nobody(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "BATCH", batch)
    stuck, readings, pool = make.assigned(1, count=2)
    make.read(readings[0], pool, 4)
    make.read(readings[1], pool, 2)
    other, _ = make.handed_in(2)
    for reading in make.assign([other], pool):
        make.read(reading, pool)
    while tasks.accept(at=MONDAY):
        continue

    assert tasks.assess(at=MONDAY) == 1
    assert tasks.assess(at=MONDAY) == 0

    stuck.refresh_from_db()
    other.refresh_from_db()
    assert (stuck.state, other.state) == ("accepted", "assessed")

    make.assessor(3)
    assert tasks.assess(at=MONDAY) == 1


def test_a_third_is_called_only_among_those_who_hold_role_and_license() -> None:
    _, readings, pool = make.assigned(count=3)
    (third,) = set(pool) - {r.assessor_id for r in readings}
    people.license_assessor(third, registration_number="MET.3", until=date(2026, 3, 1))
    make.read(readings[0], pool, 4)
    make.read(readings[1], pool, 2)

    make.settle()

    assert queries.to_assess().count() == 1


def test_a_third_reading_that_is_released_calls_another() -> None:
    dossier, readings, pool = make.assigned(count=4)
    make.read(readings[0], pool, 4)
    make.read(readings[1], pool, 2)
    make.settle()
    (gone,) = dossier.readings.filter(third=True)

    actions.release([gone], by=make.OFFICER, at=TUESDAY)
    make.drain_rung(at=TUESDAY)

    (third,) = dossier.readings.filter(third=True, state="open")
    assert third.assessor_id != gone.assessor_id


def test_nobody_assesses_twice() -> None:
    dossier, readings, pool = make.assigned()
    for reading in readings:
        make.read(reading, pool)
    tasks.accept(at=MONDAY)
    twin = Dossier.objects.get(pk=dossier.pk)
    tasks.assess(at=MONDAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.assess_many([twin], by=SYSTEM, at=MONDAY, seed=1, rng=random.Random(1))

    assert Assessment.objects.count() == 1
    assert states(dossier).count("assessed") == 1
