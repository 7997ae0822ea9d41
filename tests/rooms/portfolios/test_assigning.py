"""Who reads which dossier?"""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from kompeten.foundation import ledger
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.portfolios import actions, queries
from kompeten.portfolios.models import Reading
from kompeten.portfolios.terms import Assigned
from tests.make import portfolios as make
from tests.make.actors import BUDI
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


def assign(dossiers: list, pool: object, *, by: object = make.OFFICER, seed: int = 5) -> Assigned:
    return actions.assign(
        dossiers,
        assessors=pool,  # type: ignore[arg-type]
        on=MONDAY.date(),
        by=by,  # type: ignore[arg-type]
        at=MONDAY,
        seed=seed,
        rng=random.Random(seed),
    )


def test_each_dossier_gets_two_readers_and_each_reader_as_much_work() -> None:
    dossiers = [make.handed_in(n)[0] for n in range(1, 7)]
    pool = make.assessors(4)

    result = assign(dossiers, pool)

    assert result == Assigned(12, {})
    load = Counter(Reading.objects.values_list("assessor_id", flat=True))
    assert load == dict.fromkeys(pool, 3)
    for dossier in dossiers:
        readers = set(dossier.readings.values_list("assessor_id", flat=True))
        assert len(readers) == 2
    assert not queries.unassigned().exists()


def test_the_drawing_is_on_record_and_the_reading_is_due_by_a_day() -> None:
    dossier, readings, _ = make.assigned()

    assert [e.facts for e in ledger.history("reading", readings[0].pk)] == [
        {"dossier": dossier.ref, "round": 1, "third": False, "seed": 1}
    ]
    assert readings[0].due_on == date(2026, 3, 16)


def test_nobody_reads_a_candidate_they_are_tied_to() -> None:
    dossier, ani = make.handed_in()
    pool = make.assessors(4)
    trainer, recommender, *free = pool
    tie = {"since": MONDAY.date(), "source": "cerita"}
    impartiality.tie_many(TieKind.TRAINED, [(trainer, ani.person_id or 0)], **tie)  # type: ignore[arg-type]
    impartiality.tie_many(TieKind.RECOMMENDED, [(recommender, ani.person_id or 0)], **tie)  # type: ignore[arg-type]

    assign([dossier], pool)

    assert set(dossier.readings.values_list("assessor_id", flat=True)) == set(free)


def test_who_is_no_longer_licensed_is_not_drawn_and_the_dossier_waits() -> None:
    dossier, _ = make.handed_in()
    last = MONDAY.date()
    valid = make.assessor(1, until=last)
    lapsed = make.assessor(2, until=last - timedelta(days=1))

    result = assign([dossier], [valid.person_id, lapsed.person_id])

    assert result == Assigned(0, {dossier.ref: "assessors.too_few"})
    assert list(queries.unassigned()) == [dossier]


def test_assigning_again_changes_nothing() -> None:
    dossier, readings, pool = make.assigned()

    assert assign([dossier], pool, seed=9) == Assigned(0, {})
    assert list(dossier.readings.order_by("id")) == readings


def test_what_was_not_handed_in_is_left_with_a_reason() -> None:
    written, _ = make.written(1)
    waiting, _ = make.handed_in(2)

    result = assign([written, waiting], make.assessors(2))

    assert result == Assigned(2, {written.ref: "step.not_open"})


def test_only_a_coordinator_assigns_and_releases() -> None:
    _, readings, pool = make.assigned()
    other, _ = make.handed_in(2)

    with pytest.raises(ledger.StepRefused, match=r"role\.not_held"):
        assign([other], pool, by=BUDI)
    with pytest.raises(ledger.StepRefused, match=r"role\.not_held"):
        actions.release(readings, by=BUDI, at=TUESDAY)


def test_a_released_reading_goes_to_somebody_else() -> None:
    dossier, readings, pool = make.assigned(count=3)
    gone, stays = readings
    (third_person,) = set(pool) - {r.assessor_id for r in readings}

    actions.release([gone], by=make.OFFICER, at=TUESDAY)

    assert list(queries.unassigned()) == [dossier]
    assert assign([dossier], pool).opened == 1
    live = dossier.readings.filter(state="open")
    assert set(live.values_list("assessor_id", flat=True)) == {stays.assessor_id, third_person}


def test_a_reading_that_was_handed_in_cannot_be_released() -> None:
    _, readings, pool = make.assigned()
    twin = Reading.objects.get(pk=readings[0].pk)
    make.read(readings[0], pool)

    with pytest.raises(ledger.StepRefused, match=r"step\.not_open"):
        actions.release(readings, by=make.OFFICER, at=TUESDAY)
    with pytest.raises(ledger.StaleRecord):
        actions.release([twin], by=make.OFFICER, at=TUESDAY)


def test_after_a_return_the_same_readers_read_again_with_their_old_marks() -> None:
    dossier, (first, second), pool = make.assigned(count=6)
    make.read(first, pool, 3)
    actions.send_back(
        second,
        reasons={"a_what": "Ceritakan perubahan perilakunya."},
        by=pool[second.assessor_id],
        at=TUESDAY,
    )
    dossier.refresh_from_db()
    ani = make.account_of(dossier.person_id)
    actions.hand_in(dossier, by=ani, at=TUESDAY)

    again = make.assign([dossier], pool, at=TUESDAY)

    assert {r.assessor_id for r in again} == {first.assessor_id, second.assessor_id}
    assert {r.assessor_id: r.marks for r in again}[first.assessor_id] == make.marks(dossier, 3)
    assert {r.round for r in again} == {2}
