"""Do neighbours sit different papers of the same blueprint, each marked by its own key?"""

import random
from collections import Counter
from pathlib import Path

import pytest

from kompeten.exams import actions, queries
from kompeten.exams.actions.scoring import score_next
from kompeten.exams.adapters import keys, package
from kompeten.exams.models import Entry, Sitting
from kompeten.exams.queries import packages
from kompeten.foundation.ledger import StepRefused, history
from kompeten.itembank.queries import keys as right
from kompeten.node import actions as node_actions
from kompeten.node import queries as node_queries
from tests.make import applications, itembank, node
from tests.make import exams as make
from tests.make.exams import CLOSES, OPENS, PUTU

pytestmark = pytest.mark.django_db


def with_two() -> Sitting:
    """Return a planned sitting with two forms of different cases."""
    other = itembank.form(seed=4242)
    held = make.sitting(further_refs=[other.ref])
    assert held.form_digest != other.digest
    return held


def seated(held: Sitting, *, count: int = 4) -> list[Entry]:
    return make.seated(held, [applications.accepted(n)[0] for n in range(1, count + 1)])


def test_forms_are_dealt_evenly_and_stand_in_the_history() -> None:
    held = with_two()

    entries = seated(held)

    assert Counter(e.form_digest for e in entries) == dict.fromkeys(queries.form_digests(held), 2)
    assert [history("entry", e.pk)[0].facts["form"] for e in entries] == [
        e.form_digest for e in entries
    ]
    (planned,) = history("sitting", held.pk)
    assert planned.facts["further"] == [held.further_forms.get().form.ref]
    assert queries.used_forms() >= {held.form.ref, held.further_forms.get().form.ref}


def test_the_same_form_named_twice_is_one() -> None:
    form = itembank.form(seed=77)

    held = make.sitting(form_ref=form.ref, further_refs=[form.ref])

    assert queries.form_digests(held) == (form.digest,)


def test_a_further_form_that_is_not_there_is_refused() -> None:
    with pytest.raises(StepRefused) as caught:
        make.sitting(further_refs=["0000000000"])

    assert caught.value.reasons == ("sitting.form_unknown",)
    assert not Sitting.objects.exists()


def test_each_device_gets_its_own_paper_and_one_code_opens_both() -> None:
    held = with_two()
    entries = seated(held)
    code = keys.sitting_code(held.ref, held.code_renewals)

    made = {e.form_digest: packages.ticket(e, handin="/serah", at=OPENS) for e in entries}

    assert len({said["package"]["sha256"] for said in made.values() if said}) == 2
    for digest, said in made.items():
        assert said is not None
        assert keys.read_ticket(said["ticket"]).form == keys.form_name(digest)
        name = said["package"]["url"].rpartition(".bin")[0].rpartition(".")[2]
        content = packages.package(held.ref, name)
        assert content == package.package(held, digest).content
        items = [i["n"] for c in package.open_with(content, code)["cases"] for i in c["items"]]
        assert sorted(items) == sorted(right.of_form(digest))


def test_everybody_is_marked_by_the_key_of_their_own_form() -> None:
    held = with_two()
    people = {n: applications.accepted(n) for n in (1, 2, 3, 4)}
    entries = make.seated(held, [application for application, _ in people.values()])
    make.opened(held)
    for entry, (_, candidate) in zip(entries, people.values(), strict=True):
        mine = make.mine(entry, candidate)
        actions.start(mine, by=candidate, at=OPENS)
        make.answered(mine, candidate, make.right(mine, range(1, 101)), at=OPENS)
        actions.hand_in(mine, by=candidate, at=OPENS)
    make.closed(held)

    while score_next(at=CLOSES, rng=random.Random(1)):
        continue

    scored = Entry.objects.filter(sitting=held).select_related("score")
    assert {(e.form_digest, e.score.points) for e in scored} == {
        (digest, 100) for digest in queries.form_digests(held)
    }


def test_who_began_on_one_form_gets_another_in_the_makeup() -> None:
    first = itembank.form(seed=88)
    held = make.sitting(form_ref=first.ref)
    application, candidate = applications.accepted(1)
    (entry,) = make.seated(held, [application])
    make.opened(held)
    entry = make.mine(entry, candidate)
    actions.start(entry, by=candidate, at=OPENS)
    actions.interrupt(entry, reason="Listrik padam", by=PUTU, at=OPENS)
    other = itembank.form(seed=89)

    for n in range(5):  # by lot alone it would be this one each time in one of 32 runs
        again = make.sitting(title=f"Susulan {n}", form_ref=first.ref, further_refs=[other.ref])
        (makeup,) = make.seated(again, [application], makeup=True)
        assert makeup.form_digest == other.digest
        actions.interrupt(makeup, reason="Batal", by=PUTU, at=OPENS)


def test_a_laptop_without_internet_hands_out_each_persons_own_paper(tmp_path: Path) -> None:
    held = with_two()
    entries = {e.ref: e for e in seated(held)}
    _, _, content = node.packed(tmp_path / "ende", held)

    with node.at_site(tmp_path / "ende"):
        load = node_actions.take_in(content)
        said = {s.held.attempt: node_queries.ticket(load, s, at=OPENS) for s in load.seats}
        sheets = {}
        for ref, ticket in said.items():
            name = ticket["package"]["url"].rpartition(".bin")[0].rpartition(".")[2]
            sheets[ref] = node_queries.package(held.ref, name)
            form = keys.read_ticket(ticket["ticket"]).form
            assert form == keys.form_name(entries[ref].form_digest)
        code = keys.sitting_code(held.ref, 0)
        papers = {ref: package.open_with(sheet or b"", code) for ref, sheet in sheets.items()}

    for ref, paper in papers.items():
        own = package.open_with(
            package.package(held, entries[ref].form_digest).content,
            keys.sitting_code(held.ref, 0),
        )
        assert paper == own
