"""What a coordinator sees of laptops, of what went out to them, and of what came back."""

import json
import random
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from kompeten.exams.actions import receiving
from kompeten.exams.models import Entry
from kompeten.exams.queries import board
from kompeten.exams.terms import EntryState
from kompeten.foundation import files
from kompeten.foundation.ledger import StepRefused, drain_all, history
from kompeten.kernel.roles import Role
from kompeten.node import actions, queries
from kompeten.node.models import Node, Parcel, Return
from kompeten.node.terms import CardOrder, NodeState, NoteKind, ParcelRefused
from tests.make import applications, exams, node
from tests.make.actors import actor
from tests.make.exams import CLOSES, KARTIKA, OPENS, PUTU
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
RNG = random.Random(6)
STRANGER = actor(Role.AUDITOR, account_id=9)


def card_text(folder: Path, **more: object) -> bytes:
    """Return a laptop's card as the file it brings, with more or other things in it."""
    return json.dumps(asdict(node.card(folder)) | more).encode()


def test_a_card_is_read_as_the_laptop_wrote_it(tmp_path: Path) -> None:
    card = node.card(tmp_path / "ende")
    text = json.dumps(asdict(card), indent=1).encode()

    assert queries.read_card(text) == card
    assert queries.read_card(b"\xef\xbb\xbf" + text + b"\n") == card


@pytest.mark.parametrize(
    "more",
    [
        {"ref": ["A"] * 10},
        {"ref": "A/../../../"},
        {"ref": "ABC\x00DEFGH1"},
        {"name": ["TUK Ende"]},
        {"name": "  "},
        {"name": "TUK\nEnde"},
        {"name": "x" * 81},
        {"seal": "zz" * 32},
        {"seal": " " + "ab" * 32},
        {"sign": "05" + "ab" * 32},
        {"sign": 7},
    ],
)
def test_what_is_no_card_is_refused_with_words(tmp_path: Path, more: dict[str, object]) -> None:
    with pytest.raises(ParcelRefused, match=r"card\.shape"):
        queries.read_card(card_text(tmp_path / "ende", **more))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"[]", b"3", b"\xff\xfe", b"[" * 4_000, b" " * 5_000]
)
def test_another_file_is_no_card(content: bytes) -> None:
    with pytest.raises(ParcelRefused, match=r"card\.shape"):
        queries.read_card(content)


def test_keys_that_are_none_make_no_laptop(tmp_path: Path) -> None:
    card = node.card(tmp_path / "ende")

    for broken in (replace(card, seal="00" * 32), replace(card, sign="02" + "ff" * 32)):
        with pytest.raises(StepRefused, match=r"card\.shape"):
            actions.register(broken, by=KARTIKA, at=MONDAY)
    assert not Node.objects.exists()


def test_a_laptop_is_listed_with_what_last_went_out_and_came_back(tmp_path: Path) -> None:
    sitting, _, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        node.worked(load)
        content = actions.give_back(load, at=CLOSES)
    actions.unpack(content, by=KARTIKA, at=node.minutes_after(600))
    fresh = actions.register(
        node.card(tmp_path / "alor", name="TUK Alor", key="2"), by=KARTIKA, at=OPENS
    )

    alor, ende = queries.laptops(PUTU)

    assert (alor.ref, alor.packed_at, alor.sitting, alor.came_at) == (fresh.ref, None, "", None)
    assert (ende.name, ende.sitting) == ("TUK Ende", sitting.title)
    assert (ende.registered_at, ende.packed_at) == (MONDAY, MONDAY)
    assert ende.came_at == node.minutes_after(600)
    assert queries.laptops(STRANGER) == []
    assert queries.laptop(fresh.ref, PUTU) is None
    assert queries.laptop(fresh.ref, KARTIKA) == fresh


def test_a_retired_laptop_stands_apart_and_what_it_kept_still_comes_home(tmp_path: Path) -> None:
    _, _, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        node.worked(load)
        content = actions.give_back(load, at=CLOSES)
    actions.end(Node.objects.get(), by=KARTIKA, at=CLOSES)

    done = actions.unpack(content, by=KARTIKA, at=CLOSES)

    assert queries.laptops(KARTIKA) == []
    assert [row.ended_at for row in queries.laptops(KARTIKA, state=NodeState.ENDED)] == [CLOSES]
    assert done.fresh > 0


def test_what_was_packed_is_kept_and_the_newer_of_two_for_one_laptop_counts(
    tmp_path: Path,
) -> None:
    sitting, entries = node.seated()
    held, first, content = node.packed(tmp_path / "ende", sitting)
    second, _ = actions.pack(sitting, held, by=KARTIKA, at=OPENS, rng=RNG)

    rows = queries.parcels(sitting)

    assert files.read(first.digest) == content
    assert files.read(second.digest)[:4] == b"KPP1"
    assert [(row.ref, row.replaced, row.seats) for row in rows] == [
        (second.ref, False, len(entries)),
        (first.ref, True, len(entries)),
    ]
    (event,) = history("parcel", first.pk)
    assert (event.facts["name"], event.facts["seats"]) == ("TUK Ende", 3)
    assert queries.parcel(first.ref, STRANGER) is None


def test_two_laptops_for_one_sitting_are_joined_and_none_writes_over_the_other(
    tmp_path: Path,
) -> None:
    sitting, entries = node.seated()
    loads, kept = [], []
    for name, seed in (("ende", 1), ("maumere", 2)):
        card = node.card(tmp_path / name, name=f"TUK {name}", key=name)
        held = actions.register(card, by=KARTIKA, at=MONDAY)
        _, content = actions.pack(sitting, held, by=KARTIKA, at=MONDAY, rng=RNG)
        with node.at_site(tmp_path / name, key=name):
            load = actions.take_in(content)
            rows = node.worked(load, seed=seed)
            back = actions.give_back(load, at=CLOSES)
        loads.append(load)
        kept.append((rows, back))

    for _, back in kept:
        actions.unpack(back, by=KARTIKA, at=CLOSES)

    first, second = ([seat.code for seat in load.seats] for load in loads)
    assert first == second
    assert node.vault_of(entries) == {row for rows, _ in kept for row in rows}
    assert [len(row.came) for row in queries.parcels(sitting)] == [1, 1]
    assert not any(row.replaced for row in queries.parcels(sitting))


def test_what_came_back_is_told_whole_and_only_to_those_who_take_in(tmp_path: Path) -> None:
    sitting, _, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        kept = node.worked(load)
        bad = replace(kept[1], head="f" * 64)
        actions.note(NoteKind.INCIDENT, at=OPENS, sitting=sitting.ref, text="listrik padam")
        actions.note(NoteKind.INCIDENT, at=OPENS, sitting="ANOTHER000", text="bukan sesi ini")
        receiving.journal().append([bad])
        content = actions.give_back(load, at=CLOSES)
    done = actions.unpack(content[:-30], by=PUTU, at=node.minutes_after(600))

    came = queries.came(done.digest, PUTU)

    assert came is not None
    assert (came.name, came.sitting, came.title) == ("TUK Ende", sitting.ref, sitting.title)
    assert (came.rows, came.fresh, came.whole) == (len(kept), len(kept), False)
    assert came.refused == {"message.hash": 1}
    assert (came.made_at, came.at) == (CLOSES, node.minutes_after(600))
    assert queries.came(done.digest, STRANGER) is None
    assert queries.came("0" * 64, PUTU) is None
    assert queries.noted(sitting) == []  # the notes stand in the last block, which was cut off

    actions.unpack(content, by=PUTU, at=node.minutes_after(700))
    assert [(n.kind, n.said["text"]) for n in queries.noted(sitting)] == [
        (NoteKind.INCIDENT, "listrik padam")
    ]


def test_of_two_who_bring_the_same_file_one_is_noted(tmp_path: Path) -> None:
    _, _, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        node.worked(load)
        content = actions.give_back(load, at=CLOSES)

    first = actions.unpack(content, by=KARTIKA, at=CLOSES)
    second = actions.unpack(content, by=PUTU, at=CLOSES)

    assert (first.again, second.again) == (False, True)
    assert first.digest == second.digest == Return.objects.get().digest
    parcel = Parcel.objects.get()
    assert [e.type for e in history("parcel", parcel.pk)] == ["parcel.opened", "parcel.returned"]


def test_what_came_back_after_the_closing_stands_on_the_board_without_waiting(
    tmp_path: Path,
) -> None:
    sitting, entries, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        node.worked(load, hands_in=True)
        content = actions.give_back(load, at=CLOSES)
    exams.opened(sitting)
    exams.actions.close_sitting(sitting, by=PUTU, at=CLOSES)
    drain_all(at=CLOSES)
    assert {row.state for row in board(sitting)} == {EntryState.ABSENT}

    actions.unpack(content, by=KARTIKA, at=node.minutes_after(600))
    drain_all(at=node.minutes_after(600))

    assert {row.state for row in board(sitting)} <= {EntryState.HANDED_IN, EntryState.SCORED}
    assert (
        Entry.objects.filter(pk__in=[e.pk for e in entries], state=EntryState.ABSENT).count() == 0
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "parcel.shape"),
        (b"%PDF-1.7 ...", "parcel.shape"),
        (b"KPP1", "parcel.shape"),
        (b"KPP1\xff\xff\xff\xff", "parcel.changed"),
        (b"KPP1\x00\x00\x00\x02[]", "parcel.shape"),
    ],
)
def test_a_file_that_is_no_parcel_is_refused_with_words(content: bytes, code: str) -> None:
    with pytest.raises(ParcelRefused) as refused:
        actions.unpack(content, by=KARTIKA, at=CLOSES)

    assert refused.value.code == code


@pytest.mark.parametrize("ref", ["A\x00B", "\ud800", "../../etc", "", "x" * 500])
def test_a_hostile_header_finds_no_parcel_and_breaks_nothing(ref: str) -> None:
    said = {"v": 1, "way": "back", "parcel": ref, "node": "A" * 10, "sitting": "B", "made": 1}
    head = json.dumps(said).encode()
    content = b"KPP1" + len(head).to_bytes(4, "big") + head

    with pytest.raises(ParcelRefused, match=r"parcel\.(shape|unknown)"):
        actions.unpack(content, by=KARTIKA, at=CLOSES)


def test_blocks_without_a_signature_are_refused_before_they_are_counted(tmp_path: Path) -> None:
    _, _, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        content = actions.give_back(load, at=CLOSES)
    head = 8 + int.from_bytes(content[4:8], "big")

    with pytest.raises(ParcelRefused, match=r"parcel\.changed"):
        actions.unpack(content[:head] + bytes(4) * 1_000, by=KARTIKA, at=CLOSES)


def test_cards_name_everybody_with_the_code_that_the_laptop_knows(tmp_path: Path) -> None:
    sitting, _, load = node.given(tmp_path / "ende", count=4)

    cards = queries.seat_cards(sitting)

    assert cards == queries.seat_cards_here(load)
    assert [card.number for card in cards] == [1, 2, 3, 4]
    assert [card.name for card in cards] == sorted(card.name for card in cards)
    assert len({card.code for card in cards}) == 4


def test_a_code_stays_when_others_come_and_go(tmp_path: Path) -> None:
    sitting, _entries = node.seated(3)
    before = queries.seat_codes(sitting)
    exams.seated(sitting, [applications.accepted(n)[0] for n in (4, 5)])

    after = queries.seat_codes(sitting)

    assert before.items() <= after.items()
    assert len(after) == 5


def test_cards_and_list_are_paper_for_any_number(tmp_path: Path) -> None:
    sitting, _ = node.seated(3)
    heading = queries.heading(sitting, address="http://192.168.1.10:8000/")
    cards = [replace(queries.seat_cards(sitting)[0], number=n) for n in range(1, 24)]

    by_name = queries.cards_pdf(cards, heading, at=MONDAY)
    by_code = queries.cards_pdf(cards, heading, order=CardOrder.CODE, at=MONDAY)
    door = queries.door_pdf(cards * 10, heading, at=MONDAY)

    assert heading.address == "http://192.168.1.10:8000"
    assert (heading.day, heading.hours) == ("Senin, 9 Maret 2026", "09.00 sampai 12.00 WIB")
    assert (sheets(by_name), sheets(by_code), sheets(door)) == (3, 3, 1)


def test_the_list_at_the_door_holds_no_code(tmp_path: Path) -> None:
    sitting, _ = node.seated(3)
    heading, cards = queries.heading(sitting, address=""), queries.seat_cards(sitting)
    others = [replace(card, code="00000") for card in cards]

    assert queries.door_pdf(cards, heading, at=MONDAY) == queries.door_pdf(
        others, heading, at=MONDAY
    )
    assert queries.cards_pdf(cards, heading, at=MONDAY) != queries.cards_pdf(
        others, heading, at=MONDAY
    )


def sheets(content: bytes) -> int:
    """Return how many pages a PDF has."""
    return int(PdfFileReader(BytesIO(content)).root["/Pages"]["/Count"])
