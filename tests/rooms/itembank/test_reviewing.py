"""Does every item need a second pair of eyes?"""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompeten.foundation.ledger import StepRefused, history, replay
from kompeten.itembank import actions, queries
from kompeten.itembank.chart import ITEM
from kompeten.itembank.models import Item
from kompeten.itembank.terms import ItemState
from kompeten.kernel.roles import Role
from tests.make.actors import ANI, actor
from tests.make.demobank import demo_files
from tests.make.itembank import WATI, YUSUF, bank
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db

AUDITOR = actor(Role.AUDITOR, account_id=120)


def submitted() -> list[Item]:
    actions.import_gift(demo_files()[0].encode(), by=WATI, at=MONDAY, rng=random.Random(1))
    items = queries.items_in(ItemState.DRAFT, WATI)
    actions.submit(items, by=WATI, at=MONDAY)
    return items


def test_approve_refuses_who_wrote_one_of_the_items() -> None:
    items = submitted()

    with pytest.raises(StepRefused) as caught:
        actions.approve(items, by=WATI, at=TUESDAY)

    assert caught.value.reasons == ("review.own_item",)
    assert Item.objects.filter(state="in_review").count() == len(items)


def test_approve_lets_items_into_forms_and_notes_the_reviewer() -> None:
    items = submitted()

    actions.approve(items, by=YUSUF, at=TUESDAY)

    item = Item.objects.get(pk=items[0].pk)
    events = history("item", item.pk)
    assert (item.state, item.reviewer_id) == ("approved", 112)
    assert [event.type for event in events] == ["item.opened", "item.submitted", "item.approved"]
    assert events[-1].facts == {"writer": 111, "reviewer": 112}
    assert replay(ITEM, events) == "approved"


def test_a_returned_item_carries_the_note_until_it_is_submitted_again() -> None:
    items = submitted()[:1]

    actions.send_back(items, note="Pilihan c terlalu panjang.", by=YUSUF, at=TUESDAY)

    item = Item.objects.get(pk=items[0].pk)
    assert (item.state, item.review_note) == ("draft", "Pilihan c terlalu panjang.")
    actions.submit([item], by=WATI, at=TUESDAY)
    assert Item.objects.get(pk=item.pk).review_note == ""


def test_retire_takes_an_item_and_with_it_its_place_in_forms_to_come() -> None:
    items = submitted()
    actions.approve(items, by=YUSUF, at=TUESDAY)

    actions.retire(items[:1], reason="bocor", by=YUSUF, at=TUESDAY)

    assert history("item", items[0].pk)[-1].facts == {"reason": "bocor"}
    with pytest.raises(StepRefused):
        actions.submit(items[:1], by=WATI, at=TUESDAY)


def test_the_packaged_bank_comes_in_approved_and_once() -> None:
    bank()
    before = Item.objects.count()

    again = actions.load_packaged(writer=WATI, reviewer=YUSUF, at=TUESDAY, rng=random.Random(9))

    assert (before, Item.objects.count()) == (210, 210)
    assert Item.objects.filter(state="approved").count() == 210
    assert (again.fresh, again.changed, again.unchanged) == (0, 0, 210)


def test_cases_are_listed_for_writers_with_the_same_queries_however_many() -> None:
    submitted()
    with CaptureQueriesContext(connection) as few:
        rows = queries.cases(WATI)
    bank(at=TUESDAY)
    with CaptureQueriesContext(connection) as many:
        all_rows = queries.cases(WATI)

    assert (len(rows), len(all_rows), len(few), len(many)) == (11, 64, 2, 2)
    assert (rows[0].code, rows[0].items, rows[0].states) == ("A01", 4, {"in_review": 4})


def test_keys_are_shown_to_item_writers_only() -> None:
    submitted()
    ref = queries.cases(WATI)[0].ref

    seen, audited, hidden = (queries.case(ref, by) for by in (WATI, AUDITOR, ANI))

    assert seen is not None
    assert audited is not None
    assert [item.key for item in seen.items] == ["b", "d", "a", "b"]
    assert {item.key for item in audited.items} == {""}
    assert hidden is None
    assert (queries.cases(ANI), queries.items_of(ref, ANI), queries.items_of(ref, AUDITOR)) == (
        [],
        [],
        [],
    )


def test_the_stock_is_counted_by_cell_and_state() -> None:
    bank()

    counted = queries.stock(WATI)

    assert counted["skills", "easy"] == {"approved": 42}
    assert sum(n for states in counted.values() for n in states.values()) == 210
    assert queries.stock(ANI) == {}
