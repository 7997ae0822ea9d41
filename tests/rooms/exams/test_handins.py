"""Are answers that come by hand kept for good, once, and answered with a receipt that proves it?"""

import gzip
import random
from datetime import timedelta

import pytest

from kompeten.exams import actions
from kompeten.exams.actions import handins
from kompeten.exams.adapters import receipts
from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry
from kompeten.exams.queries import vault
from kompeten.exams.rules import handfile, handin
from kompeten.exams.terms.vault import RowKind, Unreadable, Via
from kompeten.foundation.ledger import drain_all, history
from kompeten.kernel.actors import STRANGER
from tests.make import byhand
from tests.make import exams as make
from tests.make.exams import OPENS, PUTU

pytestmark = pytest.mark.django_db
CHOICES = {1: "a", 2: "b", 7: "d", 100: "c"}
LATER = OPENS + timedelta(hours=5)


@pytest.fixture
def entry() -> Entry:
    """Return the seat of somebody whose phone has no line."""
    return make.one_seated()[0]


def links(_: Entry) -> list[list[object]]:
    return byhand.taps(CHOICES, since=OPENS)


def rows(entry: Entry) -> list[tuple[str, int, int, str]]:
    kept = (stored.row for stored in journal().of(entry.ref))
    return [(row.kind, row.first, row.last, row.via) for row in kept]


def why(sent: str | bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        handins.receive(sent, by=PUTU, at=LATER)
    return caught.value.code


def test_a_file_is_kept_link_by_link_and_signed_for_to_its_last_head(entry: Entry) -> None:
    taken = handins.receive(byhand.file(entry.ref, links(entry)), by=PUTU, at=LATER)

    (text,) = taken.receipts
    said = receipts.verify(text, receipts.public_keys())
    assert rows(entry) == [(RowKind.SEGMENT, 1, 5, Via.FILE)]
    assert (said.attempt, said.chain, said.first, said.last) == (entry.ref, byhand.CHAIN, 1, 5)
    assert said.head == byhand.head(entry.ref, links(entry))
    assert (said.via, said.received) == (Via.FILE, round(LATER.timestamp() * 1000))
    assert (taken.attempt, taken.answered) == (entry.ref, 4)
    assert taken.words == handin.words(entry.ref, said.head)


def test_a_long_file_has_one_receipt_for_all_its_rows(entry: Entry) -> None:
    many = byhand.taps({n % 100 + 1: "a" for n in range(100)}, since=OPENS) * 12

    taken = handins.receive(byhand.file(entry.ref, many), by=PUTU, at=LATER)

    said = receipts.verify(taken.receipts[0], receipts.public_keys())
    assert len(rows(entry)) == 3
    assert (said.first, said.last, said.head) == (1, 1212, byhand.head(entry.ref, many))


def test_a_code_is_kept_and_signed_for(entry: Entry) -> None:
    text = byhand.code(entry.ref, CHOICES, since=OPENS)

    taken = handins.receive(text, by=PUTU, at=LATER)

    said = receipts.verify(taken.receipts[0], receipts.public_keys())
    assert rows(entry) == [(RowKind.STATED, 5, 5, Via.CODE)]
    assert said.chain == byhand.head(entry.ref, links(entry))[:16]
    assert taken.answered == 4
    assert vault.held(journal().of(entry.ref)).answers[7] == "d"


def test_code_and_file_of_one_device_have_the_same_words_and_never_count_twice(
    entry: Entry,
) -> None:
    code = handins.receive(byhand.code(entry.ref, CHOICES, since=OPENS), by=PUTU, at=LATER)
    file = handins.receive(byhand.file(entry.ref, links(entry)), by=PUTU, at=LATER)

    held = vault.held(journal().of(entry.ref))
    assert code.words == file.words
    assert {n: choice for n, choice in held.answers.items() if choice} == CHOICES
    assert (code.answered, file.answered) == (4, 4)


def test_frames_in_any_order_are_the_file(entry: Entry) -> None:
    content = gzip.compress(byhand.file(entry.ref, links(entry)))
    frames = handfile.cut(content, size=40) * 2
    random.Random(3).shuffle(frames)

    by_text = handins.receive("\n".join(frames), by=PUTU, at=LATER)
    by_address = handins.receive(
        " ".join(f"https://ujian.example/serah#{frame}" for frame in frames), by=PUTU, at=LATER
    )

    assert rows(entry) == [(RowKind.SEGMENT, 1, 5, Via.QR)]
    assert by_text.words == by_address.words


def test_some_of_the_frames_are_not_enough(entry: Entry) -> None:
    frames = handfile.cut(byhand.file(entry.ref, links(entry)))

    assert why(frames[0]) == "handin.frames_missing"
    assert rows(entry) == []


@pytest.mark.parametrize("way", ["code", "file", "frames"])
def test_the_same_again_changes_nothing_and_is_answered_in_the_same_way(
    entry: Entry, way: str
) -> None:
    file = byhand.file(entry.ref, links(entry))
    sent: str | bytes = {
        "code": byhand.code(entry.ref, CHOICES, since=OPENS),
        "file": file,
        "frames": "\n".join(handfile.cut(file)),
    }[way]

    first = handins.receive(sent, by=PUTU, at=LATER)
    again = handins.receive(sent, by=STRANGER, at=LATER + timedelta(hours=1))

    signed = [text.rpartition(".")[0] for text in (*first.receipts, *again.receipts)]
    assert signed[0] == signed[1]
    assert (again.received, again.words, again.answered) == (
        first.received, first.words, first.answered,
    )  # fmt: skip
    assert len(rows(entry)) == 1
    told = [e for e in history("entry", entry.pk) if e.type == "entry.brought_in"]
    assert [(e.actor_role, e.facts["links"]) for e in told] == [("invigilator", 5)]


def test_a_stranger_may_bring_a_code_since_its_tag_says_whose_it_is(entry: Entry) -> None:
    text = byhand.code(entry.ref, CHOICES, since=OPENS)

    handins.receive(f"https://ujian.example/serah#{text}", by=STRANGER, via=Via.QR, at=LATER)

    (event,) = [e for e in history("entry", entry.pk) if e.type == "entry.brought_in"]
    assert (event.actor_role, event.facts) == ("system", {"via": "qr", "links": 5})


def test_what_comes_after_the_sitting_was_closed_is_kept_too(entry: Entry) -> None:
    make.closed(make.opened(entry.sitting))

    taken = handins.receive(byhand.code(entry.ref, CHOICES, since=OPENS), by=PUTU, at=LATER)

    assert taken.answered == 4


def test_a_changed_sign_a_strange_file_and_an_empty_one_leave_nothing(entry: Entry) -> None:
    text = byhand.code(entry.ref, CHOICES, since=OPENS)
    other = make.one_seated(2)[0]

    assert why(text[:-1] + ("A" if text[-1] != "A" else "B")) in {"handin.tag", "handin.length"}
    assert why(text[:40]) == "handin.length"
    assert why("") == "handin.length"
    assert why("halo, ini jawaban saya!") == "handin.signs"
    assert why(b"\xff\xd8\xff\xe0 a photo") == "handin.file"
    assert why(b"%PDF-1.7 \x00") == "handin.file"
    assert why("{}") == "handin.file"
    assert why(byhand.file(entry.ref, [])) == "handin.empty"
    forged = byhand.file(entry.ref, links(entry)).replace(entry.ref.encode(), other.ref.encode())
    assert why(forged) == "handin.tag"
    assert rows(entry) == rows(other) == []


@pytest.mark.parametrize("way", ["code", "file"])
def test_what_was_brought_by_hand_is_handed_in_and_scored(entry: Entry, way: str) -> None:
    since = OPENS + timedelta(minutes=5)
    right = {n: str(choice) for n, choice in make.right(entry, range(1, 71)).items()}
    recorded = byhand.taps(right, since=since)
    last = recorded[-1]
    recorded.append(["h", 0, "", last[3] + 1000, last[4] + 1000])
    make.opened(entry.sitting)
    sent: str | bytes = byhand.file(entry.ref, recorded)
    if way == "code":
        sent = byhand.code(entry.ref, right, since=since)

    handins.receive(sent, by=PUTU, at=OPENS + timedelta(hours=2))
    actions.drain(at=OPENS + timedelta(hours=2, minutes=1))
    make.closed(entry.sitting)
    drain_all(at=LATER)

    entry.refresh_from_db()
    assert (entry.state, entry.score.points) == ("scored", 70)
