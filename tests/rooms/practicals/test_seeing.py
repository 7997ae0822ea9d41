"""Who sees which slot, and who sees which marks?"""

import pytest

from kompeten.kernel.actors import STRANGER
from kompeten.practicals import actions, queries
from kompeten.practicals.models import Slot
from kompeten.practicals.terms import RatingState, SlotState
from kompeten.schemes.terms import Component
from tests.make import practicals as make
from tests.make.actors import EKO
from tests.make.portfolios import account_of
from tests.make.practicals import ELEVEN
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db


def test_a_slot_exists_for_its_candidate_its_assessors_and_the_office() -> None:
    slot, ratings, pool = make.booked(count=3)
    (idle,) = set(pool) - {r.assessor_id for r in ratings}
    ani = account_of(slot.person_id)

    for who in (ani, pool[ratings[0].assessor_id], make.OFFICER):
        assert queries.own(slot.ref, who) == slot
    for who in (EKO, STRANGER, pool[idle]):
        assert queries.own(slot.ref, who) is None
    (row,) = queries.mine(ani)
    assert (row.ref, row.state, row.component) == (
        slot.ref,
        SlotState.BOOKED,
        Component.INTERVIEW,
    )
    assert (row.raters, row.assigned, row.rated, row.link) == (2, 2, 0, "https://x/0")
    assert queries.mine(STRANGER) == []


def test_a_rating_exists_for_its_assessor_alone_and_while_it_stands() -> None:
    _, (rating, other), pool = make.booked()
    citra = pool[rating.assessor_id]

    assert queries.own_rating(rating.ref, citra) == rating
    for who in (pool[other.assessor_id], make.OFFICER, STRANGER):
        assert queries.own_rating(rating.ref, who) is None
    actions.release([rating], by=make.OFFICER, at=TUESDAY)
    assert queries.own_rating(rating.ref, citra) is None


def test_no_assessor_sees_the_others_marks_before_both_are_in() -> None:
    slot, (first, second), pool = make.booked()
    make.rate(first, pool, 4)

    (other,) = queries.rating_view(second).others
    assert (other.ref, other.state) == (first.ref, RatingState.HANDED_IN)
    assert (other.marks, other.notes, other.points, other.competent) == (None, None, None, None)
    for who in (pool[first.assessor_id], pool[second.assessor_id], make.OFFICER):
        assert [r.marks for r in queries.ratings_of(slot, who)] == [None, None]

    make.rate(second, pool, 3)

    assert queries.rating_view(second).others[0].marks == make.marks(slot, 4)
    assert [r.points for r in queries.ratings_of(slot, make.OFFICER)] == [20, 15]


def test_a_third_assessor_sees_no_marks_before_their_own_are_in() -> None:
    slot, ratings, pool = make.booked(count=3)
    make.rate(ratings[0], pool, 4)
    make.rate(ratings[1], pool, 2)
    make.settle()
    (third,) = make.open_ratings(slot)

    assert [o.marks for o in queries.rating_view(third).others] == [None, None]

    make.rate(third, pool, 4)

    assert [o.points for o in queries.rating_view(third).others] == [20, 10]


def test_candidates_and_strangers_see_no_ratings() -> None:
    slot = make.settled()

    for who in (account_of(slot.person_id), STRANGER, EKO):
        assert queries.ratings_of(slot, who) == []


def test_the_assessors_page_shows_the_rubric_with_marks_and_notes() -> None:
    _, (rating, _), pool = make.booked()
    citra = pool[rating.assessor_id]
    actions.keep(rating, marks={"ethics": 4}, notes={"ethics": "Jujur."}, by=citra, at=ELEVEN)

    view = queries.rating_view(rating, language="en")

    criteria = {criterion.code: criterion for criterion in view.criteria}
    assert list(criteria) == ["authenticity", "reasoning", "skill", "ethics", "growth"]
    assert (criteria["ethics"].mark, criteria["ethics"].note) == (4, "Jujur.")
    assert [mark for mark, _ in criteria["skill"].anchors] == [1, 2, 3, 4, 5]
    assert (view.points, view.out_of, view.least, view.most) == (4, 25, 1, 5)
    assert len(view.tasks) == 5
    assert (view.row.marked, view.row.criteria, view.row.name) == (1, 5, "Ani Rahayu")


def test_an_assessors_list_is_in_the_order_of_the_day() -> None:
    candidates = [make.candidate(n) for n in (1, 2, 3)]
    pool = make.assessors(2)
    make.book(candidates, pool)

    for citra in pool.values():
        rows = queries.rating_rows(queries.ratings(citra))
        starts = [row.starts_at for row in rows]
        assert len(rows) == 3
        assert starts == sorted(starts)
    assert len(queries.slot_rows(Slot.objects.order_by("id"))) == 3
