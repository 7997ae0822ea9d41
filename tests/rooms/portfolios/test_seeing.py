"""Who sees which dossier, and who sees which marks?"""

import pytest

from kompeten.kernel.actors import STRANGER, Actor
from kompeten.kernel.roles import Role
from kompeten.portfolios import actions, queries
from kompeten.portfolios.models import Dossier, Reading
from kompeten.portfolios.terms import DossierState, ReadingState
from tests.make import portfolios as make
from tests.make.actors import EKO
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db

AUDITOR = Actor(9003, frozenset({Role.AUDITOR}))


def test_a_dossier_exists_for_its_candidate_its_readers_and_the_office() -> None:
    dossier, readings, pool = make.assigned(count=3)
    (idle,) = set(pool) - {r.assessor_id for r in readings}
    ani = make.account_of(dossier.person_id)

    for who in (ani, pool[readings[0].assessor_id], make.OFFICER, AUDITOR):
        assert queries.own(dossier.ref, who) == dossier
    for who in (EKO, STRANGER, pool[idle]):
        assert queries.own(dossier.ref, who) is None
    assert queries.mine(ani) == [dossier]
    assert queries.mine(pool[idle]) == queries.mine(STRANGER) == []


def test_a_reader_from_whom_it_was_taken_sees_the_dossier_no_more() -> None:
    dossier, (reading, _), pool = make.assigned()
    actions.release([reading], by=make.OFFICER, at=MONDAY)

    assert queries.own(dossier.ref, pool[reading.assessor_id]) is None
    assert queries.own_reading(reading.ref, pool[reading.assessor_id]) is None


def test_a_reading_exists_for_its_reader_alone() -> None:
    dossier, (reading, other), pool = make.assigned()

    assert queries.own_reading(reading.ref, pool[reading.assessor_id]) == reading
    for who in (
        pool[other.assessor_id],
        make.OFFICER,
        make.account_of(dossier.person_id),
        STRANGER,
    ):
        assert queries.own_reading(reading.ref, who) is None


def test_no_reader_sees_the_others_marks_before_both_are_in() -> None:
    dossier, (first, second), pool = make.assigned()
    make.read(first, pool, 4)
    reader = pool[second.assessor_id]

    (other,) = queries.reading_view(second).others
    assert (other.ref, other.state) == (first.ref, ReadingState.HANDED_IN)
    assert (other.marks, other.notes, other.points, other.competent) == (None, None, None, None)
    for who in (reader, pool[first.assessor_id], make.OFFICER):
        assert [r.marks for r in queries.readings_of(dossier, who)] == [None, None]

    make.read(second, pool, 3)

    assert queries.reading_view(second).others[0].marks == make.marks(dossier, 4)
    for who in (reader, pool[first.assessor_id], make.OFFICER):
        assert [r.points for r in queries.readings_of(dossier, who)] == [64, 48]


def test_a_third_reader_sees_no_marks_before_their_own_are_in() -> None:
    dossier, readings, pool = make.assigned(count=4)
    make.read(readings[0], pool, 4)
    make.read(readings[1], pool, 2)
    make.settle()
    (third,) = dossier.readings.filter(third=True).select_related("dossier__person")

    assert [o.marks for o in queries.reading_view(third).others] == [None, None]
    assert [r.marks for r in queries.readings_of(dossier, make.OFFICER)] == [None, None, None]

    make.read(third, pool, 4)

    assert [o.points for o in queries.reading_view(third).others] == [64, 32]


def test_candidates_and_strangers_see_no_readings() -> None:
    dossier, readings, pool = make.assigned(count=3)
    for reading in readings:
        make.read(reading, pool)
    (idle,) = set(pool) - {r.assessor_id for r in readings}

    for who in (make.account_of(dossier.person_id), STRANGER, EKO, pool[idle]):
        assert queries.readings_of(dossier, who) == []


def test_the_readers_page_shows_marks_and_what_an_answer_may_get() -> None:
    dossier, ani = make.written(scheme="social_worker_generalist")
    actions.save(dossier, answers={"k1": make.essay(20)}, by=ani, at=MONDAY)
    actions.hand_in(dossier, by=ani, at=MONDAY)
    pool = make.assessors(2)
    reading, _ = make.assign([dossier], pool)
    citra = pool[reading.assessor_id]
    actions.keep(reading, marks={"k1": 4, "k2": 5}, notes={"k1": "Singkat."}, by=citra, at=MONDAY)

    view = queries.reading_view(reading)

    items = {item.code: item for item in view.items}
    assert (items["k1"].mark, items["k1"].note, items["k1"].highest) == (4, "Singkat.", 4)
    assert (items["k2"].mark, items["k2"].highest) == (5, 5)
    assert (items["k3"].is_marked, items["k3"].is_blank) == (False, False)
    assert (view.points, view.out_of, view.competent) == (9, 70, False)
    assert (view.row.marked, view.row.items) == (2, 14)
    assert view.dossier.items[0].words == 20


def test_lists_say_where_each_stands() -> None:
    dossier, (first, second), pool = make.assigned()
    make.read(first, pool)

    (row,) = queries.dossier_rows(Dossier.objects.order_by("id"))
    assert (row.ref, row.state, row.name) == (dossier.ref, DossierState.HANDED_IN, "Ani Rahayu")
    assert (row.readers, row.assigned, row.read) == (2, 2, 1)

    reader = pool[second.assessor_id]
    (mine,) = queries.reading_rows(queries.readings(reader))
    assert (mine.ref, mine.dossier_ref, mine.marked, mine.items) == (
        second.ref,
        dossier.ref,
        0,
        16,
    )
    assert not queries.readings(pool[first.assessor_id]).exists()
    done = queries.readings(pool[first.assessor_id], state=ReadingState.HANDED_IN)
    assert list(done) == [first]
    assert Reading.objects.count() == 2
