"""Does a paper with essays travel, stand in order, and say nothing that assessors alone may know?"""

from dataclasses import replace

import pytest

from kompeten.exams import queries
from kompeten.exams.adapters import keys
from kompeten.exams.adapters import package as packing
from kompeten.exams.queries import carrying, packages
from kompeten.foundation.ledger import StepRefused
from kompeten.itembank.queries import keys as key_queries
from kompeten.schemes.terms import Domain
from tests.make import essays
from tests.make import exams as make
from tests.make.demobank import BLUEPRINT
from tests.make.itembank import form
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db


def test_a_paper_has_its_essays_last_for_everybody_and_no_guide() -> None:
    held = essays.sitting()
    entry, _ = make.one_seated(held=held)

    package = packing.package(held, held.form_digest)
    paper = packing.open_with(package.content, keys.sitting_code(held.ref, 0))
    cases = {case["n"]: case for case in paper["cases"]}
    order = packages.order(entry)

    items = [item for case in paper["cases"] for item in case["items"]]
    assert [item["n"] for item in items] == list(range(1, 103))
    assert [set(item) for item in items[100:]] == [{"n", "stem", "essay"}] * 2
    assert items[100]["essay"] == {
        "hint": "Sebutkan tujuan dan langkah.", "longest": 2000, "points": 20,
    }  # fmt: skip
    assert essays.GUIDE not in str(paper)
    last = [cases[n]["items"][0]["n"] for n in order["cases"][-2:]]
    assert sorted(last) == [101, 102]
    assert sorted(order["options"], key=int) == [str(n) for n in range(1, 101)]


def test_a_paper_without_essays_is_what_it_was_to_the_byte() -> None:
    held = make.sitting()

    said = packing.paper("Ujian", queries.packages.itembank.paper(held.form_digest))

    assert b'"essay"' not in said
    assert said.count(b'"options"') == 100


def test_a_site_gets_the_number_of_choice_items_that_codes_carry() -> None:
    held = essays.sitting()
    make.one_seated(held=held)

    assert carrying.sitting(held).items == 100


def test_scoring_knows_what_an_essay_is_worth_and_marking_how() -> None:
    held = essays.sitting()

    key = key_queries.of_form(held.form_digest)
    guide = key_queries.guide(held.form_digest, essays.FIRST)

    assert (key[101].is_essay, key[101].points, key[101].domain) == (True, 20, Domain.SKILLS)
    assert (key[1].is_essay, key[1].points, len(key)) == (False, 1, 102)
    assert (guide.marking, guide.task.most_points) == (essays.GUIDE, 20)


def test_a_form_with_essays_is_for_schemes_that_ask_for_them() -> None:
    essays.bank()
    made = form(seed=77, blueprint=replace(BLUEPRINT, essays=1))

    with pytest.raises(StepRefused) as caught:
        make.sitting(form_ref=made.ref, at=MONDAY)

    assert caught.value.reasons == ("sitting.blueprint_differs",)
