"""A sitting goes out, answers come home: in any order, as often as one likes, cut off or changed."""

import json
import random
from dataclasses import fields, replace
from pathlib import Path

import pytest

from kompeten.exams.actions import receiving
from kompeten.exams.terms.carried import CarriedSeat
from kompeten.foundation.ledger import StepRefused, history
from kompeten.kernel.roles import Role
from kompeten.node import actions, queries
from kompeten.node.models import Parcel, Return, SiteNote
from kompeten.node.terms import NoteKind, ParcelRefused
from tests.make import node
from tests.make.actors import actor
from tests.make.exams import CLOSES, KARTIKA, OPENS
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
RNG = random.Random(5)


def test_what_went_out_can_be_opened_by_that_node_alone(tmp_path: Path) -> None:
    sitting, entries = node.seated()
    _, parcel, content = node.packed(tmp_path / "ende", sitting)
    node.card(tmp_path / "maumere", key="another laptop")

    with node.at_site(tmp_path / "ende"):
        load = actions.take_in(content)
        again = queries.loads()
    with (
        node.at_site(tmp_path / "maumere", key="another laptop"),
        pytest.raises(ParcelRefused, match=r"parcel\.other_node"),
    ):
        actions.take_in(content)

    assert (load.parcel, load.sitting.ref) == (parcel.ref, sitting.ref)
    assert {seat.held.attempt for seat in load.seats} == {entry.ref for entry in entries}
    assert again == [load]


def test_a_parcel_holds_no_key_of_the_items_and_no_identity_number(tmp_path: Path) -> None:
    sitting, entries = node.seated(1)
    _, _, content = node.packed(tmp_path / "ende", sitting)
    with node.at_site(tmp_path / "ende"):
        load = actions.take_in(content)

    paper = json.loads(load.sitting.paper)
    items = [item for case in paper["cases"] for item in case["items"]]
    assert set(paper) == {"title", "cases"}
    assert {name for case in paper["cases"] for name in case} == {"n", "text", "items"}
    assert {name for item in items for name in item} == {"n", "stem", "options"}
    assert {f.name for f in fields(CarriedSeat)} == {
        "attempt",
        "name",
        "extra",
        "key",
        "order",
        "form",
    }
    assert entries[0].person.name.encode() not in content


def test_seat_codes_stay_when_a_sitting_is_packed_again(tmp_path: Path) -> None:
    sitting, _ = node.seated()
    held, _, first = node.packed(tmp_path / "ende", sitting)
    _, second = actions.pack(sitting, held, by=KARTIKA, at=OPENS, rng=RNG)
    with node.at_site(tmp_path / "ende"):
        codes = [seat.code for seat in actions.take_in(first).seats]
        again = [seat.code for seat in actions.take_in(second).seats]
        loads = queries.loads()

    assert codes == again
    assert [load.packed for load in loads] == [round(OPENS.timestamp() * 1000)]


def test_answers_come_home_with_both_clocks(tmp_path: Path) -> None:
    _, entries, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        kept = node.worked(load)
        actions.note(NoteKind.INCIDENT, at=OPENS, text="listrik padam")
        content = actions.give_back(load, at=CLOSES)

    done = actions.unpack(content, by=KARTIKA, at=node.minutes_after(600))

    assert (done.rows, done.fresh, done.whole, done.refused) == (len(kept), len(kept), True, {})
    assert node.vault_of(entries) == set(kept)
    back = Return.objects.get()
    assert (back.node_at, back.hq_at) == (CLOSES, node.minutes_after(600))
    assert back.skew_ms == 0
    assert SiteNote.objects.get().said == {"text": "listrik padam"}
    parcel = Parcel.objects.get()
    assert [e.type for e in history("parcel", parcel.pk)] == ["parcel.opened", "parcel.returned"]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    _, entries, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        kept = node.worked(load)
        content = actions.give_back(load, at=CLOSES)
    actions.unpack(content, by=KARTIKA, at=CLOSES)

    done = actions.unpack(content, by=KARTIKA, at=node.minutes_after(700))

    assert (done.again, done.fresh, done.rows) == (True, 0, len(kept))
    assert Return.objects.count() == 1
    assert node.vault_of(entries) == set(kept)


def test_a_cut_off_file_gives_what_is_whole_and_the_rest_comes_later(tmp_path: Path) -> None:
    _, entries, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        kept = node.worked(load)
        content = actions.give_back(load, at=CLOSES)

    for length in (len(content) - 1, len(content) - 60):
        done = actions.unpack(content[:length], by=KARTIKA, at=CLOSES)
        assert (done.whole, done.rows) == (False, len(kept))
    with pytest.raises(ParcelRefused, match=r"parcel\.(shape|cut_off)"):
        actions.unpack(content[:200], by=KARTIKA, at=CLOSES)
    assert actions.unpack(content, by=KARTIKA, at=CLOSES).whole

    assert node.vault_of(entries) == set(kept)


@pytest.mark.parametrize("place", [10, 120, 300, -40, -1])
def test_a_changed_byte_is_refused_and_nothing_taken(tmp_path: Path, place: int) -> None:
    _, entries, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        node.worked(load)
        content = bytearray(actions.give_back(load, at=CLOSES))
    content[place] ^= 1

    with pytest.raises(ParcelRefused):
        actions.unpack(bytes(content), by=KARTIKA, at=CLOSES)

    assert node.vault_of(entries) == set()
    assert not Return.objects.exists()


def test_a_parcel_of_another_laptop_is_refused(tmp_path: Path) -> None:
    _, entries, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende", key="stolen name, other keys"):
        node.worked(load)
        content = actions.give_back(load, at=CLOSES)

    with pytest.raises(ParcelRefused, match=r"parcel\.changed"):
        actions.unpack(content, by=KARTIKA, at=CLOSES)

    assert node.vault_of(entries) == set()


def test_what_went_out_is_not_taken_for_what_comes_back(tmp_path: Path) -> None:
    sitting, _ = node.seated(1)
    _, _, content = node.packed(tmp_path / "ende", sitting)

    with pytest.raises(ParcelRefused, match=r"parcel\.other_way"):
        actions.unpack(content, by=KARTIKA, at=CLOSES)


def test_a_row_that_does_not_hold_together_stops_no_other(tmp_path: Path) -> None:
    _, entries, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        kept = node.worked(load)
        bad = replace(kept[1], head="f" * 64)
        receiving.journal().append([bad])
        content = actions.give_back(load, at=CLOSES)

    done = actions.unpack(content, by=KARTIKA, at=CLOSES)

    assert done.refused == {"message.hash": 1}
    assert node.vault_of(entries) == set(kept)


def test_only_planners_pack_and_strangers_take_nothing_in(tmp_path: Path) -> None:
    sitting, _entries = node.seated(1)
    held, _, content = node.packed(tmp_path / "ende", sitting)
    stranger = actor(Role.APPLICANT, account_id=9)

    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.pack(sitting, held, by=stranger, at=MONDAY, rng=RNG)
    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.unpack(content, by=stranger, at=MONDAY)

    actions.end(held, by=KARTIKA, at=MONDAY)
    with pytest.raises(StepRefused, match=r"node\.ended"):
        actions.pack(sitting, held, by=KARTIKA, at=MONDAY, rng=RNG)


def test_a_card_is_known_once_and_no_other_keys_take_its_name(tmp_path: Path) -> None:
    card = node.card(tmp_path / "ende")
    first = actions.register(card, by=KARTIKA, at=MONDAY)

    assert actions.register(card, by=KARTIKA, at=OPENS).pk == first.pk
    with pytest.raises(StepRefused, match=r"node\.other_keys"):
        actions.register(replace(card, seal="00" * 32), by=KARTIKA, at=OPENS)
