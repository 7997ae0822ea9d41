"""Is a form kept as it was drawn, and does a paper hold no key?"""

import json
import random
from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kompeten.foundation.ledger import StepRefused, history
from kompeten.itembank import actions, queries
from kompeten.itembank.models import Form, FormItem, Item
from kompeten.itembank.queries import keys
from kompeten.itembank.terms import FormImpossible
from kompeten.kernel.canonical import plain
from kompeten.kernel.roles import Role
from tests.make.actors import ANI, actor
from tests.make.demobank import BLUEPRINT
from tests.make.itembank import WATI, YUSUF, bank, form
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db

KARTIKA = actor(Role.COORDINATOR, account_id=130)


def test_a_form_meets_the_blueprint_and_says_how_it_came_about() -> None:
    made = form(seed=4)

    places = FormItem.objects.filter(form=made).select_related("item").order_by("number")
    assert [place.number for place in places] == list(range(1, 101))
    assert Counter(place.item.domain for place in places) == BLUEPRINT.per_domain
    assert Counter(place.item.difficulty for place in places) == BLUEPRINT.per_difficulty
    (event,) = history("form", made.pk)
    assert event.type == "form.opened"
    assert event.facts["seed"] == 4
    assert event.facts["digest"] == made.digest


def test_cases_stand_whole_and_in_order() -> None:
    made = form(seed=4)

    cases = FormItem.objects.filter(form=made).order_by("number")
    order = list(cases.values_list("item__case_id", "item__position"))
    starts = [case for n, (case, _) in enumerate(order) if n == 0 or order[n - 1][0] != case]
    assert len(starts) == len(set(starts))
    for case in starts:
        positions = [position for home, position in order if home == case]
        assert positions == list(range(1, Item.objects.filter(case_id=case).count() + 1))


def test_the_same_seed_from_the_same_pool_is_the_same_form_and_exposure_counts() -> None:
    first = form(seed=4)
    second = form(seed=4)

    assert first.pool != second.pool  # the first use counts
    assert first.digest != second.digest
    counted = queries.exposure()
    assert sum(counted.values()) == 200
    assert counted == Counter(FormItem.objects.values_list("item__code", "item__version"))


def test_a_bank_without_approved_items_makes_no_form() -> None:
    with pytest.raises(FormImpossible):
        actions.assemble(BLUEPRINT, seed=1, title="Paket", by=YUSUF, at=MONDAY, rng=None)  # type: ignore[arg-type]

    assert Form.objects.count() == 0


def test_only_writers_and_coordinators_assemble() -> None:
    bank()

    with pytest.raises(StepRefused) as caught:
        actions.assemble(BLUEPRINT, seed=1, title="Paket", by=ANI, at=MONDAY, rng=random.Random(1))

    assert caught.value.reasons == ("role.not_held",)


def test_a_form_is_kept_by_the_database() -> None:
    made = form()

    for rows, change in (
        (Form.objects.filter(pk=made.pk), {"title": "lain"}),
        (FormItem.objects.filter(form=made, number=1), {"number": 999}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_a_paper_holds_texts_and_no_key_and_reads_none() -> None:
    made = form(seed=5)

    with CaptureQueriesContext(connection) as reading:
        paper = queries.paper(made.digest)
    with CaptureQueriesContext(connection) as again:
        queries.paper(made.digest)

    assert [case.number for case in paper] == list(range(1, len(paper) + 1))
    assert [item.number for case in paper for item in case.items] == list(range(1, 101))
    assert {tuple(code for code, _ in i.options) for c in paper for i in c.items} == {
        ("a", "b", "c", "d")
    }
    assert [query["sql"] for query in reading if "itembank_itemkey" in query["sql"]] == []
    assert (len(reading), len(again)) == (2, 0)
    said = json.dumps(plain(paper))
    assert not any(name in said for name in ('"key"', '"domain"', '"difficulty"', '"unit"'))


def test_keys_fit_the_places_of_the_form() -> None:
    made = form(seed=5)

    right = keys.of_form(made.digest)

    assert sorted(right) == list(range(1, 101))
    place = FormItem.objects.select_related("item").get(form=made, number=17)
    detail = queries.case(Item.objects.get(pk=place.item_id).case.ref, WATI)
    assert detail is not None
    (shown,) = [item.key for item in detail.items if item.code == place.item.code]
    assert (right[17].option, right[17].domain) == (shown, place.item.domain)


def test_forms_are_listed_for_the_office_and_read_by_item_writers() -> None:
    made = form(seed=6)

    (row,) = queries.forms(KARTIKA)
    for_coordinator, for_writer = queries.form(made.ref, KARTIKA), queries.form(made.ref, WATI)

    assert (row.ref, row.items, row.seed) == (made.ref, 100, 6)
    assert for_coordinator is not None
    assert for_writer is not None
    assert (for_coordinator.cases, len(for_writer.cases)) == ((), row.cases)
    assert for_coordinator.blueprint == BLUEPRINT
    assert sum(for_coordinator.by_cell.values()) == 100
    assert (queries.forms(ANI), queries.form(made.ref, ANI)) == ([], None)


def test_forms_are_listed_with_one_query_however_many() -> None:
    form(seed=1)
    with CaptureQueriesContext(connection) as one:
        queries.forms(KARTIKA)
    form(seed=2)
    form(seed=3)
    with CaptureQueriesContext(connection) as three:
        queries.forms(KARTIKA)

    assert (len(one), len(three)) == (1, 1)
